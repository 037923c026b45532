/// Load against the packaged server, and the numbers that come of it. Nothing of the product depends on
/// this package; it may read the clock and draw random numbers, because measuring is its work.
@NullMarked
package matchback.bench;

import org.jspecify.annotations.NullMarked;
