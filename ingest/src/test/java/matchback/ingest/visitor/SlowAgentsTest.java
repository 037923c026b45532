package matchback.ingest.visitor;

import static matchback.ingest.testing.TestingTracker.campaign;
import static matchback.ingest.testing.TestingTracker.offer;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import matchback.ingest.IngestConfig;
import matchback.ingest.testing.TestingTracker;
import matchback.model.catalog.Entity;
import org.junit.jupiter.api.Test;

final class SlowAgentsTest {
    private static final Entity[] SHOP = {
        offer("shop", "https://shop.example/?c={clickid}"), campaign("spring", 7, "shop")
    };

    /// The rules never finish loading: nobody waits for them longer than for the ledger.
    @Test
    void a_visitor_whose_agent_takes_too_long_goes_on_without() {
        try (var loading = Agents.start(new CompletableFuture<AgentReader>()::join, 10, 10)) {
            goesOn(loading);
        }
    }

    @Test
    void so_does_one_whose_agent_cannot_be_read() {
        try (var failing = Agents.start(Optional.of(Path.of("there-is-none.yaml")))) {
            goesOn(failing);
        }
    }

    private static void goesOn(Agents agents) {
        var visitors = new Visitors(agents, Addresses.UNKNOWN, DataCentres.NONE);
        try (var tracker = new TestingTracker(IngestConfig.DEFAULT, visitors, SHOP)) {
            var reply = tracker.get("/c/spring", "User-Agent: SomeBot/1");

            assertThat(reply.status()).isEqualTo(302);
            assertThat(tracker.clicks().getLast().bot()).isEqualTo("user_agent");
            assertThat(tracker.metrics().agentsUnread()).isEqualTo(1);
        }
    }
}
