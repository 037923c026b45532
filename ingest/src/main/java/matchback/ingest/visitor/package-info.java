/// What is known of a visitor from the user agent and the address alone: device, system and browser
/// ([matchback.ingest.visitor.Agents]), place and provider ([matchback.ingest.visitor.Addresses]),
/// and by which sign one is taken for a bot ([matchback.ingest.visitor.Visitors]).
///
/// Comes in: texts and addresses. Goes out: traits, by the words of [matchback.ledger.Column], and
/// the reasons of bots. Knows no request and no click. Event loops ask; what takes longer than a
/// look into memory, reading a user agent nobody showed before, is done by a thread of its own.
@NullMarked
package matchback.ingest.visitor;

import org.jspecify.annotations.NullMarked;
