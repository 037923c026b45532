/// What clicks cost, as a person or an invoice says afterwards.
///
/// In come a form's fields, a call's or a file's rows; [matchback.console.cost.CostWords] makes
/// wishes of them, [matchback.console.cost.CostDesk] takes those to the ledger, and
/// [matchback.console.cost.CostFile] goes through whole files, upon a sandbox first. What becomes
/// of a statement, and whom it replaces, is the rules' to say; how it is spread over the clicks is
/// the reports'.
@NullMarked
package matchback.console.cost;

import org.jspecify.annotations.NullMarked;
