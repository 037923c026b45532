/// Stage three: from intent to an answer. In come the deliveries that attribution left in the
/// outbox; out go requests to destinations, each with its own queue, limits and breaker, repeated
/// on a schedule until the destination has the conversion or refuses it for good. Each attempt is
/// again an event in the ledger, so that a restart goes on where the last one stopped.
///
/// [Dispatcher] decides who is sent to when: one thread owns all its state and never blocks on a
/// destination. Each destination has a [Lane]: its gate, its rate, its access token, what is under
/// way. [Loader] takes what is due off the outbox, an [Adapter] turns it into a request (one small
/// class for each kind of destination), [Carrier] sends it and sorts out the answer, [Clerk] writes
/// down what came of each delivery. Some destinations take first and look afterwards: the
/// [Inquirer] asks these later what became of it. A [Courier] carries the request; [GuardedClient]
/// is the one that does it over HTTP and refuses addresses that nobody should be made to call.
///
/// What always holds: an attempt counts only once its event is durable, so a crash between the two
/// sends the same delivery again with the same event id (at least once); a delivery is never under
/// way twice in one process; time comes from the clock and the timer that were handed in.
@NullMarked
package matchback.deliver;

import org.jspecify.annotations.NullMarked;
