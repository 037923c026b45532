/// Tests of the columns on real DuckDB, and of reports against sums made by hand.
@NullMarked
package matchback.store.embedded.duck;

import org.jspecify.annotations.NullMarked;
