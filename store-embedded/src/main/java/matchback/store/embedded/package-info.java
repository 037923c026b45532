/// The engine for one machine: the ledger and the keyed state on RocksDB, the reporting columns on
/// DuckDB. It fulfils the ports of the ledger and the query contract of reporting, and proves it by
/// running their contract kit. Only this package sees a database driver; what it promises is that a
/// record it has acknowledged survives the loss of power.
@NullMarked
package matchback.store.embedded;

import org.jspecify.annotations.NullMarked;
