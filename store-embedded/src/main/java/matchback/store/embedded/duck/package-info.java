/// The columns for reports on one machine: a DuckDB file, `reports.duckdb` in the data folder.
///
/// [matchback.store.embedded.duck.DuckFacts] is the only class other packages need. The projector's
/// thread writes, on a connection of its own; questions come from any thread, each on a connection
/// of its own, on which it sees the facts as of its beginning. The file is a read model: when it
/// cannot be read, or was laid out by another build, it is thrown away, and the projector fills a
/// new one from the ledger.
@NullMarked
package matchback.store.embedded.duck;

import org.jspecify.annotations.NullMarked;
