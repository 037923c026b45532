package matchback.console.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import matchback.console.testing.FormSession;
import matchback.console.testing.Reply;
import matchback.console.testing.TestingConsole;
import matchback.model.catalog.Campaign;
import matchback.model.catalog.Offer;
import matchback.model.catalog.Sender;
import matchback.model.catalog.TrafficSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A campaign with all it needs from one form, sent without a script.
final class FirstCampaignTest {
    private static final Pattern ONCE = Pattern.compile("name=\"once\" value=\"([0-9a-f]+)\"");

    private final TestingConsole console = new TestingConsole();
    private final FormSession session = new FormSession(console);

    @AfterEach
    void close() {
        console.close();
    }

    private String once() {
        var found = ONCE.matcher(session.get("/start").text());
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private Reply make(String once, String... more) {
        var fields =
                new ArrayList<>(
                        List.of(
                                "once",
                                once,
                                "source",
                                "other",
                                "sourceName",
                                "Push",
                                "sender",
                                "other",
                                "senderName",
                                "Shop",
                                "url",
                                "https://offer.example/?aff_sub={clickid}",
                                "name",
                                "Spring",
                                "costModel",
                                "cpc"));
        for (int i = 0; i < more.length; i += 2) {
            int at = fields.indexOf(more[i]);
            if (at >= 0) {
                fields.set(at + 1, more[i + 1]);
            } else {
                fields.add(more[i]);
                fields.add(more[i + 1]);
            }
        }
        return session.post("/start", fields.toArray(String[]::new));
    }

    private int entities() {
        var catalog = console.ledger.catalog();
        return catalog.all(TrafficSource.class).size()
                + catalog.all(Sender.class).size()
                + catalog.all(Offer.class).size()
                + catalog.all(Campaign.class).size();
    }

    @Test
    void one_form_makes_source_sender_offer_and_campaign() {
        var page = make(once(), "payout", "12.50", "currency", "EUR", "cost", "0.05");

        assertThat(page.status()).as(page.text()).isEqualTo(200);
        var catalog = console.ledger.catalog();
        var campaign = catalog.campaign("spring").orElseThrow();
        assertThat(campaign.sourceKey()).contains("push");
        assertThat(campaign.costMicros()).isEqualTo(50_000);
        var offer = catalog.offer(campaign.offerKeys().iterator().next()).orElseThrow();
        assertThat(offer.senderKey()).contains("shop");
        assertThat(offer.payoutMicros()).isEqualTo(12_500_000);
        assertThat(catalog.sender("shop").orElseThrow().security().path()).isNotNull();
        assertThat(page.text())
                .contains(TestingConsole.PUBLIC_URL + "/c/spring")
                .containsPattern("/postback/shop\\.[0-9a-f]{32}\\?")
                .contains("shown once", "Waiting for the first click");
    }

    @Test
    void the_postback_url_has_the_networks_own_macros() {
        var page = make(once(), "source", "new:evadav", "sender", "new:everflow");

        assertThat(page.status()).as(page.text()).isEqualTo(200);
        var sender = console.ledger.catalog().all(Sender.class).values().iterator().next();
        var expected =
                console.get("/api/v1/senders/" + sender.key())
                        .json()
                        .path("postbackTemplate")
                        .asText()
                        .replaceFirst("^.*\\?", "?")
                        .replace("&", "&amp;");
        assertThat(sender.template()).isEqualTo("everflow");
        assertThat(page.text()).contains(expected);
        assertThat(console.ledger.catalog().all(TrafficSource.class).values())
                .allMatch(source -> "evadav".equals(source.template()));
    }

    @Test
    void what_is_there_already_is_used_and_not_made_again() {
        make(once());

        var page = make(once(), "name", "Autumn", "source", "own:push", "sender", "own:shop");

        assertThat(page.status()).as(page.text()).isEqualTo(200);
        assertThat(page.text()).contains("known already").doesNotContain("shown once");
        assertThat(console.ledger.catalog().all(TrafficSource.class)).hasSize(1);
        assertThat(console.ledger.catalog().all(Sender.class)).hasSize(1);
        assertThat(console.ledger.catalog().campaign("autumn").orElseThrow().sourceKey())
                .contains("push");
    }

    @Test
    void nothing_is_made_when_one_part_is_wrong() {
        var page = make(once(), "url", "ftp://offer.example/", "cost", "a lot");

        assertThat(page.status()).isEqualTo(422);
        assertThat(page.text()).contains("Nothing is made yet", "aria-invalid=\"true\"");
        assertThat(entities()).isZero();
    }

    @Test
    void what_is_missing_is_said_beside_its_field() {
        var page = session.post("/start", "once", once(), "sender", "other");

        assertThat(page.status()).isEqualTo(422);
        assertThat(page.text())
                .contains(
                        "Choose one",
                        "A name is needed.",
                        "The page that visitors are sent to is needed.");
        assertThat(entities()).isZero();
    }

    @Test
    void a_template_asks_for_what_it_needs_of_the_account() {
        var first = make(once(), "source", "new:propellerads", "sourceName", "");

        assertThat(first.status()).isEqualTo(422);
        assertThat(first.text()).contains("name=\"templateValues.aid\"");
        assertThat(entities()).isZero();
        var second =
                make(
                        once(),
                        "source",
                        "new:propellerads",
                        "sourceName",
                        "",
                        "templateValues.aid",
                        "3001",
                        "templateValues.tid",
                        "12");
        assertThat(second.status()).as(second.text()).isEqualTo(200);
        assertThat(console.ledger.catalog().source("propellerads").orElseThrow().postback())
                .get()
                .asString()
                .contains("aid=3001");
    }

    @Test
    void a_form_that_is_sent_again_makes_nothing_twice() {
        var once = once();
        make(once);
        int made = entities();

        var again = make(once);

        assertThat(again.status()).isEqualTo(303);
        assertThat(again.header("Location")).isEqualTo("/campaigns/spring");
        assertThat(entities()).isEqualTo(made);
    }
}
