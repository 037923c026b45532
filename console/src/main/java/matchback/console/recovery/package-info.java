/// Requests that a proxy in front of the tracking listener could not hand on, taken afterwards with
/// their own time.
///
/// In come [matchback.ledger.intake.Missed] requests, read from the proxy's log by whoever runs
/// this; [matchback.console.recovery.Recovery] tries them out or takes them, in their order. A
/// request is known by its line of the log, so the same log a second time changes nothing.
@NullMarked
package matchback.console.recovery;

import org.jspecify.annotations.NullMarked;
