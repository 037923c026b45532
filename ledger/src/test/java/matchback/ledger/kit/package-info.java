/// The contract every engine of the ledger must fulfil, as tests:
/// [matchback.ledger.kit.LedgerContract] is run by each engine against itself, with rules of its
/// own that are small and use everything.
@NullMarked
package matchback.ledger.kit;

import org.jspecify.annotations.NullMarked;
