/// Stage three: from intent to an answer. In come the intents that attribution left in the ledger; out
/// go requests to destinations, each with its own queue, limits and breaker, repeated on a schedule
/// until the destination has the conversion or refuses it for good. Each attempt and its outcome is
/// again an event in the ledger, so that a restart goes on where the last one stopped.
@NullMarked
package matchback.deliver;

import org.jspecify.annotations.NullMarked;
