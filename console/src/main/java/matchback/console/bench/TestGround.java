package matchback.console.bench;

import java.util.Optional;
import matchback.model.catalog.Campaign;
import matchback.model.catalog.Offer;

/// Where tests are made: the way to the doors, from inside. Both calls wait.
public interface TestGround {

    /// A click that is marked as a test.
    ///
    /// @param offerUrl where its visitor would have been sent; empty without an offer
    record TestClick(String id, String offerUrl) {}

    /// What the listener answered.
    ///
    /// @param receipt record id of what it stored; empty when it stored nothing
    record Reply(int status, String body, String receipt) {}

    /// Nobody answered.
    final class NoAnswer extends RuntimeException {
        private static final long serialVersionUID = 1;

        public NoAnswer(String message, Throwable cause) {
            super(message, cause);
        }
    }

    TestClick click(Optional<Campaign> campaign, Optional<Offer> offer);

    /// Sends `GET target` to the tracking listener, as a test. Throws [NoAnswer].
    Reply get(String target);
}
