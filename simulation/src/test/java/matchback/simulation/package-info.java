@NullMarked
package matchback.simulation;

import org.jspecify.annotations.NullMarked;
