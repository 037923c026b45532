package matchback.ingest.http;

import static matchback.ingest.testing.TestingTracker.campaign;
import static matchback.ingest.testing.TestingTracker.offer;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import matchback.ingest.IngestConfig;
import matchback.ingest.IngestConfig.AddressHeader;
import matchback.ingest.IngestConfig.Proxies;
import matchback.ingest.testing.TestingTracker;
import matchback.ingest.visitor.AddressFileWriter;
import matchback.ingest.visitor.Addresses;
import matchback.ingest.visitor.Agents;
import matchback.ingest.visitor.DataCentres;
import matchback.ingest.visitor.Visitors;
import matchback.model.catalog.Entity;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KnownVisitorsTest {
    private static final String PHONE =
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML,"
                    + " like Gecko) Mobile/21F90 Instagram 335.0.8.25.95";

    private static final Entity[] SHOP = {
        offer("shop", "https://shop.example/?c={clickid}"), campaign("spring", 7, "shop")
    };

    @TempDir static Path folder;
    private static Agents agents;
    private static Visitors visitors;

    @BeforeAll
    static void open() throws IOException {
        var file = folder.resolve("city.mmdb");
        new AddressFileWriter("Test-City")
                .add(
                        "198.51.100.0/24",
                        Map.of(
                                "country", Map.of("iso_code", "DE"),
                                "city", Map.of("names", Map.of("en", "Munich"))))
                .write(file, Instant.EPOCH);
        agents = Agents.start(Optional.empty());
        agents.awaitRules();
        visitors =
                new Visitors(
                        agents,
                        Addresses.open(Optional.of(file), Optional.empty(), folder.resolve("own")),
                        DataCentres.NONE);
    }

    @AfterAll
    static void close() {
        agents.close();
    }

    /// Behind a proxy on this machine; patient, so that a busy machine tells the same.
    private static IngestConfig config(Duration clickWait) {
        var given = IngestConfig.DEFAULT;
        return new IngestConfig(
                given.bind(),
                given.port(),
                given.loops(),
                null,
                given.onLedgerFailure(),
                clickWait,
                given.postbackWait(),
                given.limits(),
                new Proxies(
                        List.of("127.0.0.0/8"),
                        AddressHeader.X_FORWARDED_FOR,
                        Map.of("country", "CF-IPCountry", "isp", "X-Isp")),
                null,
                given.doubtfulPerSecond(),
                given.doubtfulBurst());
    }

    @Test
    void a_click_says_device_place_and_app_from_the_first_time_on() {
        try (var tracker = new TestingTracker(config(Duration.ofSeconds(30)), visitors, SHOP)) {
            for (int i = 0; i < 2; i++) {
                var reply =
                        tracker.get(
                                "/c/spring",
                                "User-Agent: " + PHONE,
                                "X-Forwarded-For: 198.51.100.7",
                                "CF-IPCountry: FR",
                                "X-Isp: Example Mobile");
                assertThat(reply.status()).isEqualTo(302);
            }

            assertThat(tracker.clicks())
                    .hasSize(2)
                    .allSatisfy(click ->
                            assertThat(click.traits())
                                    .containsOnly(
                                            Map.entry("device", "phone"),
                                            Map.entry("os", "iOS"),
                                            Map.entry("os_version", "iOS 17"),
                                            Map.entry("browser", "Instagram"),
                                            Map.entry("browser_version", "Instagram 335"),
                                            Map.entry("in_app", "instagram"),
                                            Map.entry("country", "DE"),
                                            Map.entry("city", "Munich"),
                                            Map.entry("isp", "Example Mobile")));
            assertThat(tracker.metrics().agentsUnread()).isZero();
        }
    }

    @Test
    void a_listed_crawler_is_redirected_and_flagged_with_its_category() {
        try (var tracker = new TestingTracker(config(Duration.ofSeconds(30)), visitors, SHOP)) {
            var reply = tracker.get("/c/spring", "User-Agent: facebookexternalhit/1.1");

            assertThat(reply.status()).isEqualTo(302);
            assertThat(tracker.clicks().getLast().bot()).isEqualTo("social_preview");
        }
    }
}
