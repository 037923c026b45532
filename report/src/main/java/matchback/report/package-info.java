/// Stage four: from facts to answers.
///
/// In come the facts in the ledger. [matchback.report.Projector] carries them, on a thread of its
/// own, into a [matchback.report.FactStore]: one table, one row a fact, in columns.
/// [matchback.report.Reports] asks it: reports by dimension and metric, lists with a cursor, sums
/// of decisions by day, the numbers of the overview. There is one SQL with a thin seam for each
/// engine ([matchback.report.Dialect]).
///
/// What the names of a report mean stands in [matchback.report.Measure] (what is summed, over which
/// rows), [matchback.report.Metric] (what is made of the sums) and [matchback.report.Dimension].
/// What always holds:
///
/// * The columns are a read model: they can be thrown away and filled again from the ledger, and
///   nothing here is the only copy of anything.
/// * Only sums come out of SQL, exact; ratios are computed here, to 6 digits, half up.
/// * Times are epoch milliseconds, UTC. A time zone is a way to look, laid over them by the rules
///   of the JDK (the engine's own zone data is never asked).
/// * What a user wrote reaches SQL as a parameter, never as text.
@NullMarked
package matchback.report;

import org.jspecify.annotations.NullMarked;
