/// Tests of validation, on simulated traffic.
@NullMarked
package matchback.validate;

import org.jspecify.annotations.NullMarked;
