package matchback.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import matchback.console.testing.TestingConsole;
import matchback.console.testing.Traffic;
import matchback.ledger.Event.AttemptResult;
import matchback.model.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Lists, reports and sums, from the columns.
final class ReportsApiTest {
    private final TestingConsole console = new TestingConsole();
    private final Traffic traffic = new Traffic(console);

    @AfterEach
    void close() {
        console.close();
    }

    private void oneClickTwoConversions() {
        var id = traffic.click();
        traffic.postback(id, "payout=12.50&txid=A1&status=approved");
        traffic.postback(id, "payout=12.50&txid=A1&status=approved");
        traffic.refused(Reason.UNRESOLVED_MACRO, "clickid={CLICKID}");
        traffic.postback(id, "payout=12,,5x&txid=A2");
        traffic.attempt(id, AttemptResult.DELIVERED, 200, "ok");
        console.awaitColumns();
    }

    @Test
    void the_report_shows_one_click_two_conversions_and_their_revenue() {
        oneClickTwoConversions();

        var report =
                console.get(
                                "/api/v1/report?group=campaign"
                                        + "&metrics=clicks,conversions,revenue,cr,roi")
                        .json();

        assertThat(report.path("rows").toString())
                .isEqualTo(
                        "[{\"campaign\":\"summer\",\"clicks\":1,\"conversions\":2,"
                                + "\"revenue\":\"22.50\",\"cr\":\"2.000000\","
                                + "\"roi\":\"449.000000\","
                                + "\"cost_coverage\":\"1.000000\"}]");
        assertThat(report.path("totals").path("revenue").asText()).isEqualTo("22.50");
        assertThat(report.path("currency").asText()).isEqualTo("USD");
        assertThat(report.path("tz").asText()).isEqualTo("Z");
        assertThat(report.path("from").asText()).isEqualTo("2026-02-23T00:00:00Z");
        assertThat(report.path("to").asText()).isEqualTo("2026-03-02T00:00:00Z");
    }

    @Test
    void the_period_before_stands_beside_each_row() {
        traffic.click("zone 1");
        console.clock.advance(Duration.ofDays(1).plusMinutes(1));
        traffic.click("zone 1");
        traffic.click("zone 2");
        console.awaitColumns();
        var question =
                "/api/v1/report?group=sub1&metrics=clicks,cr&sort=sub1&compare=previous"
                        + "&from=2026-03-02&to=2026-03-03";

        var report = console.get(question).json();
        var file = console.get(question + "&format=csv");

        assertThat(report.path("rows").toString())
                .isEqualTo(
                        "[{\"sub1\":\"zone 1\",\"clicks\":1,\"cr\":\"0.000000\","
                                + "\"previous\":{\"clicks\":1,\"cr\":\"0.000000\"}},"
                                + "{\"sub1\":\"zone 2\",\"clicks\":1,\"cr\":\"0.000000\","
                                + "\"previous\":{\"clicks\":0,\"cr\":null}}]");
        assertThat(report.path("previous").toString())
                .isEqualTo(
                        "{\"totals\":{\"clicks\":1,\"cr\":\"0.000000\"},"
                                + "\"from\":\"2026-03-01T00:00:00Z\","
                                + "\"to\":\"2026-03-01T12:01:00Z\"}");
        assertThat(file.text().split("\r\n", -1))
                .containsExactly(
                        "sub1,clicks,cr,previous_clicks,previous_cr",
                        "zone 1,1,0.000000,1,0.000000",
                        "zone 2,1,0.000000,0,",
                        "");
        assertThat(console.get("/api/v1/report?compare=last").error("compare"))
                .contains("previous");
    }

    @Test
    void a_zone_moves_the_days() {
        var report = console.get("/api/v1/report?group=day&tz=Asia/Tokyo").json();

        assertThat(report.path("tz").asText()).isEqualTo("Asia/Tokyo");
        assertThat(report.path("from").asText()).isEqualTo("2026-02-23T00:00:00+09:00");
        assertThat(report.path("to").asText()).isEqualTo("2026-03-02T00:00:00+09:00");
    }

    @Test
    void bad_questions_are_told_by_parameter() {
        var reply =
                console.get("/api/v1/report?group=campain&metrics=clicks&from=never&format=xml");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.fields()).containsExactlyInAnyOrder("format", "group", "from");
        assertThat(reply.error("group")).contains("campaign");
    }

    @Test
    void csv_runs_no_formula() {
        traffic.click("=cmd|' /C calc'!A0");
        traffic.click("a,\"b\"");
        traffic.click("-");
        console.awaitColumns();

        var reply = console.get("/api/v1/report?group=sub1&metrics=clicks&sort=sub1&format=csv");

        assertThat(reply.header("Content-Type")).isEqualTo("text/csv; charset=utf-8");
        assertThat(reply.header("Content-Disposition")).contains("report.csv");
        assertThat(reply.text().split("\r\n", -1))
                .contains("sub1,clicks", "'=cmd|' /C calc'!A0,1", "\"a,\"\"b\"\"\",1", "-,1", "");
    }

    @Test
    void received_is_the_sum_of_the_decisions() {
        oneClickTwoConversions();

        var sums = console.get("/api/v1/sums").json();

        assertThat(sums.path("items")).hasSize(2);
        for (var item : sums.path("items")) {
            assertThat(item.path("day").asText()).isEqualTo("2026-03-01");
            assertThat(item.path("received").asLong())
                    .isEqualTo(
                            item.path("counted").asLong()
                                    + item.path("updated").asLong()
                                    + item.path("duplicate").asLong()
                                    + item.path("held").asLong()
                                    + item.path("refused").asLong());
        }
        assertThat(sums.path("totals").toString())
                .isEqualTo(
                        "{\"received\":4,\"counted\":2,\"updated\":0,\"duplicate\":1,\"held\":0,"
                                + "\"refused\":1}");
        assertThat(console.get("/api/v1/sums?from=soon").status()).isEqualTo(400);
        assertThat(console.get("/api/v1/sums?from=2026-03-02&to=2026-03-02").error("to"))
                .isNotEmpty();
    }

    @Test
    void lists_show_what_happened() {
        oneClickTwoConversions();

        var postbacks = console.get("/api/v1/postbacks?reason=duplicate_transaction").json();
        var conversions = console.get("/api/v1/conversions?campaign=summer&sort=-revenue").json();
        var deliveries = console.get("/api/v1/deliveries?state=delivered").json();
        var clicks = console.get("/api/v1/clicks?q=ext-1").json();

        assertThat(postbacks.path("items")).hasSize(1);
        assertThat(postbacks.path("items").path(0).path("decision").asText())
                .isEqualTo("duplicate");
        assertThat(conversions.path("items").findValuesAsText("payout"))
                .containsExactly("12.50", "10.00");
        assertThat(conversions.path("next").isNull()).isTrue();
        assertThat(deliveries.path("items")).hasSize(1);
        assertThat(deliveries.path("items").path(0).path("httpStatus").asInt()).isEqualTo(200);
        assertThat(clicks.path("items").path(0).path("cost").asText()).isEqualTo("0.05");
        assertThat(clicks.path("items").path(0).path("traits").path("sub1").asText())
                .isEqualTo("zone 7");
    }

    @Test
    void a_list_goes_on_where_the_page_before_ended() {
        for (int i = 0; i < 5; i++) {
            traffic.click("zone " + i);
        }
        console.awaitColumns();

        var zones = new ArrayList<String>();
        var cursor = "";
        do {
            var page = console.get("/api/v1/clicks?limit=2" + cursor).json();
            page.path("items")
                    .forEach(item -> zones.add(item.path("traits").path("sub1").asText()));
            cursor = page.path("next").isNull() ? "" : "&cursor=" + page.path("next").asText();
        } while (!cursor.isEmpty());

        assertThat(zones)
                .containsExactlyInAnyOrder("zone 0", "zone 1", "zone 2", "zone 3", "zone 4");
    }

    @Test
    void a_list_names_what_it_does_not_know() {
        var reply = console.get("/api/v1/postbacks?decsion=held&limit=0");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.fields()).containsExactlyInAnyOrder("decsion", "limit");
        assertThat(reply.error("decsion")).contains("decision");
    }

    @Test
    void one_postback_is_explained_by_its_record() {
        var id = traffic.click();
        var counted = traffic.postback(id, "payout=12.50&txid=A1");
        var refused = traffic.refused(Reason.UNRESOLVED_MACRO, "clickid={CLICKID}");

        var atOnce = console.get("/api/v1/postbacks/" + refused.recordId());
        var withClick = console.get("/api/v1/postbacks/" + counted.recordId() + "?clickId=" + id);
        console.awaitColumns();
        var later = console.get("/api/v1/postbacks/" + counted.recordId());

        assertThat(atOnce.json().path("reason").asText()).isEqualTo("unresolved_macro");
        assertThat(atOnce.json().path("advice").asText()).isNotEmpty();
        assertThat(atOnce.json().path("request").path("target").asText())
                .isEqualTo("/postback?clickid={CLICKID}");
        assertThat(withClick.json().path("decision").asText()).isEqualTo("counted");
        assertThat(later.json()).isEqualTo(withClick.json());
        assertThat(console.get("/api/v1/postbacks/" + "0".repeat(32)).status()).isEqualTo(404);
        assertThat(console.get("/api/v1/postbacks/x").status()).isEqualTo(404);
    }

    @Test
    void all_reasons_are_listed_with_what_to_do() {
        var items = console.get("/api/v1/reasons").json().path("items");

        assertThat(items.findValuesAsText("code"))
                .containsExactlyElementsOf(
                        List.of(Reason.values()).stream().map(Reason::code).toList());
        assertThat(items.findValuesAsText("advice")).doesNotContain("");
    }
}
