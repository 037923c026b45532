/// Stage four: from facts to answers. In come the facts in the ledger; they are laid out in columns and
/// asked by one SQL with a thin seam for each engine's dialect. The columns are a read model: they can
/// be thrown away and rebuilt from the ledger at any time, and nothing here is the only copy of
/// anything.
@NullMarked
package matchback.report;

import org.jspecify.annotations.NullMarked;
