package matchback.console.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import matchback.console.testing.FormSession;
import matchback.console.testing.TestingConsole;
import matchback.console.testing.Traffic;
import matchback.ledger.Event.BrowserReported;
import matchback.ledger.PersonalBlock;
import matchback.ledger.PersonalCodec;
import matchback.ledger.Sight;
import matchback.ledger.state.BrowserTrail;
import matchback.model.ClickId;
import matchback.model.Subject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Script, pixel and what browsers see, in the console and its API.
final class BrowserEventsTest {
    private final TestingConsole console = new TestingConsole();
    private final Traffic traffic = new Traffic(console);
    private final FormSession session = new FormSession(console);

    @AfterEach
    void close() {
        console.close();
    }

    private void saw(ClickId click, List<Sight> sights) {
        var personal =
                new PersonalBlock(
                        console.recordIds.next(),
                        new byte[16],
                        "192.0.2.7",
                        "Browser",
                        "POST",
                        "/e",
                        List.of(),
                        new byte[0],
                        Map.of("page_url", "https://shop.example/thanks"));
        console.ledger
                .submit(
                        new BrowserReported(
                                personal.recordId(),
                                console.clock.millis(),
                                console.ledger.catalog().version(),
                                Subject.click(click),
                                sights,
                                PersonalCodec.hash(personal)),
                        personal)
                .join();
    }

    @Test
    void reports_and_stories_have_what_browsers_saw() {
        var click = traffic.click();
        saw(
                click,
                List.of(
                        new Sight(Sight.PAGE_VIEW, -1, ""),
                        new Sight(Sight.SCROLL, 80, ""),
                        new Sight(Sight.ENGAGED, 90, "")));
        saw(
                click,
                List.of(
                        new Sight(Sight.PAGE_VIEW, -1, ""),
                        new Sight(Sight.SCROLL, 45, ""),
                        new Sight("signup", 0, "e-1")));
        console.awaitColumns();

        var metrics = "metrics=page_views,engaged,scroll_depth,browser_events";
        var all = console.get("/api/v1/report?group=campaign&" + metrics).json().path("rows");
        var byName = console.get("/api/v1/report?group=event&" + metrics).json().path("rows");
        var story = console.get("/api/v1/clicks/" + click).json();
        var page = session.get("/clicks/" + click).text();

        assertThat(all).hasSize(1);
        assertThat(all.path(0).path("page_views").asInt()).isEqualTo(2);
        assertThat(all.path(0).path("engaged").asInt()).isEqualTo(90);
        assertThat(all.path(0).path("scroll_depth").asText()).isEqualTo("62.500000");
        assertThat(all.path(0).path("browser_events").asInt()).isEqualTo(6);
        assertThat(byName).hasSize(4);
        assertThat(story.path("browserEvents")).hasSize(6);
        assertThat(story.path("browserEvents").path(1).path("amount").asInt()).isEqualTo(80);
        assertThat(story.path("browserEvents").path(5).path("eventId").asText()).isEqualTo("e-1");
        assertThat(story.path("browserEventsLeftOut").asInt()).isZero();
        assertThat(page)
                .contains(
                        "Seen in the browser",
                        "Scrolled to 80 % of the page",
                        "Active for 90",
                        "signup 0",
                        "https://shop.example/thanks");
    }

    @Test
    void what_is_beyond_the_limit_is_said() {
        var click = traffic.click();
        saw(click, Collections.nCopies(BrowserTrail.SIGHTS_MAX + 7, new Sight("a", -1, "")));

        var story = console.get("/api/v1/clicks/" + click).json();

        assertThat(story.path("browserEventsLeftOut").asInt()).isEqualTo(7);
        assertThat(session.get("/clicks/" + click).text())
                .contains("7 more events of the browser", "Beyond 200 of one click");
    }

    @Test
    void a_campaigns_page_leads_to_snippets_with_its_own_addresses() {
        traffic.click();

        var campaign = session.get("/campaigns/summer").text();
        var unseen = session.get("/campaigns/summer/script").text();
        console.vitals.pagesSeen(console.clock.instant().minus(Duration.ofSeconds(9)));
        var seen = session.get("/campaigns/summer/script").text();

        assertThat(campaign).contains("/campaigns/summer/script");
        assertThat(unseen)
                .contains(
                        "No page of this campaign has told anything",
                        "src=&#34;" + TestingConsole.PUBLIC_URL + "/m.js",
                        "data-campaign=&#34;summer",
                        "/pixel.gif?clickid=",
                        "/pixel.html?clickid=",
                        "script-src " + TestingConsole.PUBLIC_URL,
                        "data-consent=");
        assertThat(seen).contains("told something 9 s");
        assertThat(session.get("/campaigns/nowhere/script").status()).isEqualTo(404);
    }

    @Test
    void senders_and_destinations_say_how_far_a_browsers_word_goes() {
        console.post(
                "/api/v1/senders",
                """
                {"key":"shop","name":"Shop","browserReports":true,"browserPayouts":true}\
                """);

        var sender = console.get("/api/v1/senders/shop").json();
        var form = session.get("/senders/shop/edit").text();

        assertThat(sender.path("browserReports").asBoolean()).isTrue();
        assertThat(sender.path("browserPayouts").asBoolean()).isTrue();
        assertThat(form).contains("name=\"browserReports\"", "Take payouts that browsers name");
    }
}
