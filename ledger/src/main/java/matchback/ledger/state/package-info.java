/// What is known of a subject: the records in keyed state, their keys and their form in bytes.
///
/// The rules write them through [matchback.ledger.state.SubjectState]; delivery and the console
/// read them through the same class over a snapshot. Nobody else knows a key.
@NullMarked
package matchback.ledger.state;

import org.jspecify.annotations.NullMarked;
