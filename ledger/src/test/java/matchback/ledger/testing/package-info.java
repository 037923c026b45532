/// Fakes and tools that tests of several modules share.
@NullMarked
package matchback.ledger.testing;

import org.jspecify.annotations.NullMarked;
