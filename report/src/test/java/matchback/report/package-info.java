/// Tests of reading questions; the answers are tested on the engines.
@NullMarked
package matchback.report;

import org.jspecify.annotations.NullMarked;
