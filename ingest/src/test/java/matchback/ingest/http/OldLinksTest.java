package matchback.ingest.http;

import static matchback.ingest.testing.TestingTracker.campaign;
import static matchback.ingest.testing.TestingTracker.offer;
import static matchback.ingest.testing.TestingTracker.sender;
import static matchback.ingest.testing.TestingTracker.source;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import matchback.ingest.IngestConfig;
import matchback.ingest.testing.RawClient.Reply;
import matchback.ingest.testing.TestingTracker;
import matchback.model.catalog.Campaign.CostModel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tracking links of other trackers, opened after their domain has moved here.
final class OldLinksTest {
    private static final String SHOP = "https://shop.example/?c={clickid}&z={sub1}";
    private static final String ID = "/7f2b5a5e-1b7c-4e0a-9d52-0a4f0c6f1e11";

    private final TestingTracker tracker =
            new TestingTracker(
                    source("push", Map.of("sub1", "zone", "externalId", "ref_id")),
                    sender("net", Map.of()),
                    offer("shop", SHOP),
                    campaign("spring", 7, "push", CostModel.NONE, null, "shop")
                            .withOldLinks(
                                    List.of(ID, "/click.php?key=a1", "/click?key=b2", "/8Fk2Bq")),
                    campaign("autumn", 8, "shop").withOldLinks(List.of("/click.php?key=a2")));

    @AfterEach
    void stop() {
        tracker.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ID + "?zone=z7&ref_id=e1",
                ID + "/?zone=z7&ref_id=e1",
                "/click.php?key=a1&zone=z7&ref_id=e1",
                "/click.php?zone=z7&key=a1&ref_id=e1",
                "/click?key=b2&zone=z7&ref_id=e1",
                "/8Fk2Bq?zone=z7&ref_id=e1"
            })
    void lead_to_the_campaign_that_is_named_for_them(String target) {
        var reply = tracker.get(target);

        assertThat(reply.status()).isEqualTo(302);
        var click = tracker.clicks().getLast();
        assertThat(location(reply))
                .isEqualTo("https://shop.example/?c=" + click.subject().text() + "&z=z7");
        assertThat(click.campaign()).isEqualTo("spring");
        assertThat(click.externalId()).isEqualTo("e1");
    }

    private static String location(Reply reply) {
        return reply.header("Location");
    }

    @Test
    void the_key_tells_binoms_links_apart() {
        tracker.get("/click.php?key=a2");

        assertThat(tracker.clicks().getLast().campaign()).isEqualTo("autumn");
    }

    @Test
    void do_not_stand_in_the_way_of_postbacks() {
        var id = tracker.clickId("spring");

        var reply = tracker.get("/click.php?key=a1&cnv_id=" + id);

        assertThat(reply.body()).isEqualTo("counted: new_conversion\n");
    }

    @Test
    void that_lead_nowhere_are_no_clicks() {
        var before = tracker.clicks().size();

        assertThat(tracker.get("/click.php?key=none").status()).isEqualTo(404);
        assertThat(tracker.get("/nothing").status()).isEqualTo(404);
        assertThat(tracker.get("/click.php").status()).isEqualTo(404);
        assertThat(tracker.get("/robots.txt").status()).isEqualTo(200);
        assertThat(tracker.clicks()).hasSize(before);
    }

    @Test
    void that_nobody_named_go_to_the_fallback_and_nothing_else_does() {
        var defaults = TestingTracker.PATIENT;
        var config =
                new IngestConfig(
                        defaults.bind(),
                        0,
                        1,
                        "https://fallback.example/",
                        defaults.onLedgerFailure(),
                        defaults.clickWait(),
                        defaults.postbackWait(),
                        defaults.limits(),
                        defaults.proxies(),
                        null,
                        50,
                        500);
        var moved = campaign("spring", 7, "shop").withOldLinks(List.of("/8Fk2Bq"));
        try (var with = new TestingTracker(config, offer("shop", SHOP), moved);
                var without =
                        new TestingTracker(
                                config, offer("shop", SHOP), campaign("spring", 7, "shop"))) {
            assertThat(with.get("/9Gl3Cr").header("Location"))
                    .isEqualTo("https://fallback.example/");
            assertThat(with.get("/click.php?key=x").status()).isEqualTo(302);
            assertThat(with.get("/robots.txt").status()).isEqualTo(200);
            assertThat(with.get("/favicon.ico").status()).isEqualTo(404);
            assertThat(with.get("/wp/login").status()).isEqualTo(404);
            assertThat(without.get("/9Gl3Cr").status()).isEqualTo(404);
        }
    }

    @Test
    void of_an_archived_campaign_lead_nowhere() {
        var campaign = tracker.ledger().catalog().campaign("autumn").orElseThrow();
        tracker.put(campaign.with(true));

        assertThat(tracker.get("/click.php?key=a2").status()).isEqualTo(404);
    }
}
