/// Stage two: from what happened to what it means. In comes the keyed state of a click and the next
/// event of the ledger; out come a decision with its reason, the facts for reporting and the intents
/// for delivery. Everything here is a pure function of its arguments: no clock, no chance, no file, no
/// socket, so that a replay of the same history gives the same decisions. Sees only the model and the
/// ledger; what other stages know reaches it as an event.
@NullMarked
package matchback.attribute;

import org.jspecify.annotations.NullMarked;
