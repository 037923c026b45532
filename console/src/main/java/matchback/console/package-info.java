/// The operator's room: pages and the JSON API on the console listener. It asks reporting and the
/// ledger for what it shows and puts changes of the catalog into the ledger as events. Pages and
/// API run on virtual threads and may block; every page is one record, and its template reads
/// nothing else.
@NullMarked
package matchback.console;

import org.jspecify.annotations.NullMarked;
