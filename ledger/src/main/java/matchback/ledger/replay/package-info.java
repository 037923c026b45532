/// Replay: what was taken in is decided again by the rules of now.
@NullMarked
package matchback.ledger.replay;

import org.jspecify.annotations.NullMarked;
