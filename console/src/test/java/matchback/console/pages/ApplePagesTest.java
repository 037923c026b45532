package matchback.console.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import matchback.console.testing.FormSession;
import matchback.console.testing.Reply;
import matchback.console.testing.TestingConsole;
import matchback.ledger.Event.PostbackReceived;
import matchback.ledger.PersonalBlock;
import matchback.model.Feed;
import matchback.model.RecordId;
import matchback.model.Subject;
import matchback.model.apple.ApplePostback;
import matchback.model.apple.ApplePostback.Coarse;
import matchback.model.apple.ApplePostback.Gain;
import matchback.model.apple.ApplePostback.Protocol;
import matchback.model.apple.AppleReport;
import matchback.model.apple.Proof;
import matchback.model.catalog.AppleApp.Value;
import matchback.model.catalog.AppleSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Apps whose installs Apple reports, by form and by API, and the pages of what is reported.
final class ApplePagesTest {
    private static final String APP = "525463029";

    private final TestingConsole console = new TestingConsole();
    private final FormSession session = new FormSession(console);

    @AfterEach
    void close() {
        console.close();
    }

    private Reply campaign(String key) {
        return console.post(
                "/api/v1/campaigns",
                "{\"key\":\"%s\",\"name\":\"%<s\",\"offers\":[]}".formatted(key));
    }

    private Reply app() {
        campaign("summer");
        return console.post(
                "/api/v1/apple-apps",
                """
                {"key":"525463029","name":"Game",
                 "sources":[{"identifier":"5239","campaign":"summer"}],
                 "values":[{"value":"0-9","event":"install"},
                           {"window":2,"value":"HIGH","event":"rebill","revenue":"2"}],
                 "forwardUrls":["https://mmp.example/skan"]}
                """);
    }

    /// A winning postback of the app.
    private RecordId install(String id, int value) {
        var record = console.recordIds.next();
        var report =
                new AppleReport(
                        new ApplePostback(
                                Protocol.SKADNETWORK,
                                "4.0",
                                id,
                                "example123.skadnetwork",
                                Long.parseLong(APP),
                                "5239",
                                0,
                                true,
                                Gain.INSTALL,
                                value,
                                null,
                                "click",
                                "",
                                "",
                                false),
                        Proof.APPLE);
        var postback =
                new PostbackReceived(
                        record,
                        console.clock.millis(),
                        console.ledger.catalog().version(),
                        Subject.record(record),
                        Feed.APPLE,
                        report.sender(),
                        "",
                        "",
                        "",
                        null,
                        "",
                        report.params(),
                        List.of(),
                        List.of(),
                        new byte[32]);
        var personal =
                new PersonalBlock(
                        record,
                        new byte[16],
                        "203.0.113.9",
                        "",
                        "POST",
                        "/.well-known/skadnetwork/report-attribution/",
                        List.of(),
                        "{}".getBytes(StandardCharsets.UTF_8));
        console.ledger.submit(postback, personal).join();
        return record;
    }

    @Test
    void the_form_takes_lines_and_shows_them_again() {
        // given
        campaign("summer");
        campaign("winter");

        // when
        var saved =
                session.post(
                        "/apple/new",
                        "name",
                        "Game",
                        "key",
                        APP,
                        "sources",
                        "5239 = summer\nexample123.skadnetwork 07=winter\n",
                        "fallbackCampaign",
                        "winter",
                        "values",
                        "0-9 = install\n10 - 63 = purchase 4.99\n2 high = rebill 2\n",
                        "forwardUrls",
                        "https://mmp.example/skan\n");
        var app = console.ledger.catalog().appleApp(APP).orElseThrow();
        var form = session.get("/apple/" + APP).text();

        // then
        assertThat(saved.status()).isEqualTo(303);
        assertThat(app.sources())
                .containsExactly(
                        new AppleSource(null, "5239", "summer"),
                        new AppleSource("example123.skadnetwork", "07", "winter"));
        assertThat(app.values())
                .containsExactly(
                        new Value(null, 0, 9, null, "install", 0),
                        new Value(null, 10, 63, null, "purchase", 4_990_000),
                        new Value(2, null, null, Coarse.HIGH, "rebill", 2_000_000));
        assertThat(app.addresses()).containsExactly("apple:525463029-1");
        assertThat(form)
                .contains("5239 = summer\nexample123.skadnetwork 07 = winter")
                .contains("10-63 = purchase 4.99\n2 high = rebill 2.00")
                .contains("https://mmp.example/skan");
    }

    @Test
    void lines_that_say_nothing_are_marked_and_kept() {
        // when
        var answer =
                session.post(
                        "/apple/new",
                        "name",
                        "Game",
                        "key",
                        "game",
                        "sources",
                        "52390 = nowhere",
                        "values",
                        "sometimes",
                        "forwardUrls",
                        "mmp.example");

        // then
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text())
                .contains("id=\"key-error\"", "id=\"sources-error\"", "id=\"values-error\"")
                .contains("id=\"forwardUrls-error\"", "52390 = nowhere", "sometimes");
    }

    @Test
    void the_api_names_each_field_that_is_wrong() {
        // when
        var answer =
                console.post(
                        "/api/v1/apple-apps",
                        """
                        {"key":"525463029","name":"Game",
                         "sources":[{"identifier":"39","campaign":"nowhere"},{"identifier":"x"}],
                         "values":[{"value":"0-40","event":"install"},
                                   {"value":"40-63","event":"purchase"},
                                   {"value":"64","event":"purchase"},
                                   {"window":3,"value":"1","event":"purchase"},
                                   {"value":"low","event":"Buy it!"}]}
                        """);

        // then
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("errors"))
                .extracting(error -> error.path("field").asText())
                .containsExactlyInAnyOrder(
                        "sources[0].campaign",
                        "sources[1].identifier",
                        "sources[1].campaign",
                        "values[1].value",
                        "values[2].value",
                        "values[3].window",
                        "values[3].value",
                        "values[4].event");
    }

    @Test
    void a_campaign_that_an_app_names_stays() {
        // given
        assertThat(app().status()).isEqualTo(201);

        // when
        var kept = console.delete("/api/v1/campaigns/summer");
        var gone = console.delete("/api/v1/apple-apps/" + APP);
        var then = console.delete("/api/v1/campaigns/summer");

        // then
        assertThat(kept.status()).isEqualTo(409);
        assertThat(kept.text()).contains("apple app \\\"525463029\\\"");
        assertThat(gone.status()).isEqualTo(204);
        assertThat(then.status()).isEqualTo(204);
    }

    @Test
    void what_came_is_told_apart_and_leads_to_its_postback() {
        // given
        app();
        var counted = install("id-1", 5);
        install("id-1", 9);
        install("id-2", 40);
        console.awaitColumns();

        // when
        var page = session.get("/apple").text();
        var one = session.get("/apple?app=" + APP).text();
        var conversions = session.get("/conversions").text();
        var deliveries = session.get("/deliveries").text();

        // then
        assertThat(page)
                .contains(">Game</a>", "/.well-known/appattribution/report-attribution/")
                .contains("example123.skadnetwork", "<td>5239</td>", "<td>summer</td>")
                .contains("<td>Won</td>", "duplicate_report: This was reported before");
        assertThat(one).contains("<td>Won</td>");
        assertThat(conversions).contains("href=\"/postbacks/" + counted + "\"");
        assertThat(deliveries).contains("Game, copies 1", "href=\"/apple/525463029\"");
        assertThat(session.get("/postbacks/" + counted).text())
                .contains("Source identifier 5239 stands for campaign")
                .doesNotContain("href=\"/clicks/\"");
    }

    @Test
    void a_conversion_without_a_click_is_not_edited_and_told_to_nobody() {
        // given
        app();
        var counted = install("id-1", 5);
        console.awaitColumns();

        // when
        var edited = console.post("/api/v1/conversions/" + counted + "/edit", "{\"payout\":\"7\"}");

        // then
        assertThat(edited.status()).isEqualTo(422);
        assertThat(edited.text()).contains("without a click");
    }

    @Test
    void an_app_that_is_missing_is_added_from_its_postback() {
        // given
        var held = install("id-1", 5);

        // when
        var postback = session.get("/postbacks/" + held).text();
        var form = session.get("/apple/new?app=" + APP).text();

        // then
        assertThat(postback).contains("href=\"/apple/new?app=525463029\"", "Add the app 525463029");
        assertThat(form).contains("value=\"525463029\"");
    }

    @Test
    void without_an_app_the_page_says_what_to_do() {
        // when
        var page = session.get("/apple").text();

        // then
        assertThat(page).contains("href=\"/apple/new\"", "Add the app with its App Store id");
    }
}
