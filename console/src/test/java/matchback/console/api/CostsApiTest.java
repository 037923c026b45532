package matchback.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import matchback.console.testing.PaidClicks;
import matchback.console.testing.Reply;
import matchback.console.testing.TestingConsole;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Costs that are stated afterwards: by call, by file, replaced, undone, and spread over clicks.
final class CostsApiTest {
    private static final List<String> GROUPINGS =
            List.of(
                    "campaign",
                    "creative",
                    "sub1",
                    "day",
                    "hour",
                    "weekday",
                    "country,sub1",
                    "campaign,day",
                    "campaign,creative,sub1");
    private static final List<String> ZONES =
            List.of("UTC", "Asia/Kathmandu", "Australia/Lord_Howe", "America/New_York");
    private static final Instant FIRST = Instant.parse("2026-03-05T00:00:00Z");
    private static final Instant LAST = Instant.parse("2026-04-10T00:00:00Z");

    private final TestingConsole console = new TestingConsole();

    @AfterEach
    void close() {
        console.close();
    }

    private Reply handIn(String query, String csv) {
        return console.send(
                console.withToken("/api/v1/costs/csv" + query)
                        .header("Content-Type", "text/csv")
                        .POST(BodyPublishers.ofString(csv)));
    }

    private JsonNode report(String query) {
        console.awaitColumns();
        return console.get("/api/v1/report?from=2026-03-01&to=2026-04-20&limit=100000" + query)
                .json();
    }

    private BigDecimal cost(String query) {
        return new BigDecimal(report("&metrics=cost" + query).path("totals").path("cost").asText());
    }

    @Test
    void a_stated_cost_stands_in_for_that_of_the_clicks_and_can_be_taken_back() {
        var clicks = new PaidClicks(console, 1);
        long at = FIRST.plusSeconds(3600).toEpochMilli();
        clicks.at(at, "spring", 1_000_000);
        clicks.at(at + 1, "spring", -1);
        clicks.at(at + 2, "summer", 2_000_000);

        var first =
                console.post(
                        "/api/v1/costs",
                        """
                        {"campaign":"The Spring Campaign","date":"2026-03-05","amount":"0.01"}
                        """);
        var inForce = report("&metrics=cost,roi&group=campaign");
        var same =
                console.post(
                        "/api/v1/costs",
                        "{\"campaign\":\"spring\",\"date\":\"2026-03-05\",\"amount\":\"0.01\"}");
        var second =
                console.post(
                        "/api/v1/costs",
                        """
                        {"campaign":"spring","firstDay":"2026-03-01","lastDay":"2026-03-31",
                         "amount":5, "note":"invoice 7"}
                        """);
        var replaced = cost("");
        var undone =
                console.post("/api/v1/costs/" + second.json().path("id").asText() + "/undo", "");
        var restored = cost("");

        assertThat(first.status()).as(first.text()).isEqualTo(201);
        assertThat(first.json().path("slice").path("campaign").asText()).isEqualTo("spring");
        assertThat(inForce.path("rows").toString())
                .isEqualTo(
                        "[{\"campaign\":\"summer\",\"cost\":\"2.00\",\"roi\":\"-1.000000\","
                                + "\"cost_coverage\":\"1.000000\"},"
                                + "{\"campaign\":\"spring\",\"cost\":\"0.01\","
                                + "\"roi\":\"-1.000000\",\"cost_coverage\":\"1.000000\"}]");
        assertThat(same.status()).isEqualTo(200);
        assertThat(same.json().path("id")).isEqualTo(first.json().path("id"));
        assertThat(second.json().path("replaced").asInt()).isEqualTo(1);
        assertThat(replaced).isEqualByComparingTo("7");
        assertThat(undone.status()).as(undone.text()).isEqualTo(204);
        assertThat(restored).isEqualByComparingTo("2.01");
        var states = console.get("/api/v1/costs?campaign=spring&sort=event_at").json();
        assertThat(states.findValuesAsText("state"))
                .containsExactlyInAnyOrder("in_force", "undone");
        assertThat(states.findValuesAsText("note")).contains("invoice 7");
        var again =
                console.post("/api/v1/costs/" + second.json().path("id").asText() + "/undo", "");
        assertThat(again.status()).isEqualTo(409);
    }

    @Test
    void what_is_added_comes_on_top_and_what_nobody_clicked_is_a_row_of_its_own() {
        var clicks = new PaidClicks(console, 2);
        clicks.at(FIRST.toEpochMilli(), "spring", 1_000_000);

        console.post(
                "/api/v1/costs",
                """
                {"campaign":"spring","date":"2026-03-05","amount":"3","mode":"add"}
                """);
        console.post(
                "/api/v1/costs",
                """
                {"campaign":"autumn","creative":"lonely","from":"2026-03-06T12:00",
                 "to":"2026-03-07","tz":"Asia/Kathmandu","amount":"7.77"}
                """);

        var rows = report("&group=campaign,creative&metrics=clicks,cost&sort=-cost").path("rows");
        assertThat(rows.get(0).path("creative").asText()).isEqualTo("lonely");
        assertThat(rows.get(0).path("clicks").asInt()).isZero();
        assertThat(rows.get(0).path("cost").asText()).isEqualTo("7.77");
        assertThat(rows.get(1).path("cost").asText()).isEqualTo("4.00");
        assertThat(cost("&campaign=autumn")).isEqualByComparingTo("7.77");
        assertThat(cost("&creative=other")).isEqualByComparingTo("0");
    }

    @Test
    void a_call_that_is_sent_again_states_nothing_again() {
        new PaidClicks(console, 3);
        var body =
                "{\"campaign\":\"spring\",\"date\":\"2026-03-05\",\"amount\":1,\"mode\":\"add\"}";

        var replies =
                List.of("k-1", "k-1", "k-2").stream()
                        .map(key ->
                                console.send(
                                        console.withToken("/api/v1/costs")
                                                .header("Idempotency-Key", key)
                                                .header("Content-Type", "application/json")
                                                .POST(
                                                        BodyPublishers.ofString(
                                                                key.equals("k-2")
                                                                        ? body.replace("1,", "2,")
                                                                        : body))))
                        .toList();

        assertThat(replies.get(1).json()).isEqualTo(replies.get(0).json());
        assertThat(replies.get(1).header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(cost("")).isEqualByComparingTo("3");
    }

    @Test
    void what_is_wrong_is_told_by_field() {
        new PaidClicks(console, 4);

        var reply =
                console.post(
                        "/api/v1/costs",
                        """
                        {"campaign":"winter","firstDay":"5.3.2026","lastDay":"2026-03-04",
                         "tz":"Mars","amount":"-1","currency":"EURO","mode":"more"}
                        """);
        var unknown = console.post("/api/v1/costs", "{\"campain\":\"spring\",\"amount\":1}");
        var noRate =
                console.post(
                        "/api/v1/costs",
                        """
                        {"campaign":"spring","date":"2026-03-04","amount":"1","currency":"EUR"}
                        """);
        var backwards =
                console.post(
                        "/api/v1/costs",
                        """
                        {"campaign":"spring","from":"2026-03-04","to":"2026-03-04","amount":"1"}
                        """);

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.fields())
                .containsExactlyInAnyOrder(
                        "campaign", "tz", "firstDay", "amount", "currency", "mode");
        assertThat(unknown.error("campain")).contains("campaign");
        assertThat(noRate.error("currency")).contains("EUR", "2026-03-01");
        assertThat(backwards.error("to")).contains("end");
    }

    @ParameterizedTest
    @CsvSource({"11, Europe/Berlin", "12, Asia/Kathmandu", "13, Australia/Lord_Howe"})
    void a_month_in_euros_adds_up_to_the_cent_in_every_grouping(long seed, String zone) {
        console.clock.advance(Duration.ofDays(50));
        console.post("/api/v1/exchange-rates", "{\"key\":\"EUR\",\"rate\":\"1.085217\"}");
        var clicks = new PaidClicks(console, seed);
        clicks.between(FIRST, LAST, 500);
        var month = month(clicks, zone, "");
        var changed = month(clicks, zone, "1");

        var preview = handIn("?dryRun=true&currency=EUR&tz=" + zone, month).json();
        var untouched = cost("");
        var first = handIn("?currency=EUR&tz=" + zone, month).json();
        assertAddsUp(first);
        var again = handIn("?currency=EUR&tz=" + zone, month).json();
        var other = handIn("?currency=EUR&tz=" + zone, changed).json();
        assertAddsUp(other);

        assertThat(preview.path("cost")).isEqualTo(first.path("cost"));
        assertThat(preview.path("statements")).isEqualTo(first.path("statements"));
        assertThat(untouched).isLessThan(new BigDecimal("100"));
        assertThat(first.path("known").asInt()).isZero();
        assertThat(again.path("known")).isEqualTo(first.path("statements"));
        assertThat(other.path("replaced")).isEqualTo(first.path("statements"));
        var history = console.get("/api/v1/costs?cost_state=replaced&limit=500").json();
        assertThat(history.path("items")).hasSize(first.path("statements").asInt());
        var before = report("&group=campaign,creative,day&metrics=cost,cost_coverage&tz=" + zone);
        console.rebuildColumns();
        assertThat(report("&group=campaign,creative,day&metrics=cost,cost_coverage&tz=" + zone))
                .isEqualTo(before);
    }

    /// A row for each campaign and day of the zone, some days twice, and clicks of other days left
    /// alone.
    private static String month(PaidClicks clicks, String zone, String more) {
        var csv = new StringBuilder("Day;Campaign name;Amount spent;Clicks\n");
        var last = LAST.atZone(ZoneId.of(zone)).toLocalDate();
        for (var day = LocalDate.of(2026, 3, 3); !day.isAfter(last); day = day.plusDays(1)) {
            for (var campaign : PaidClicks.CAMPAIGNS) {
                for (int rows = 1 + clicks.random().nextInt(2); rows > 0; rows--) {
                    csv.append(day)
                            .append(";")
                            .append(campaign)
                            .append(";")
                            .append(more + clicks.random().nextInt(90))
                            .append(",")
                            .append(10 + clicks.random().nextInt(90))
                            .append(" €;17\n");
                }
            }
        }
        return csv.toString();
    }

    /// All clicks are of campaigns and days of the file, so its sum is that of all cost.
    private void assertAddsUp(JsonNode taken) {
        assertThat(taken.path("refused").asInt()).as(taken.toString()).isZero();
        assertThat(taken.path("unreadColumns").toString()).isEqualTo("[\"Clicks\"]");
        var sum = new BigDecimal(taken.path("cost").asText());
        for (var grouping : GROUPINGS) {
            for (var tz : ZONES) {
                var report = report("&metrics=cost,cost_coverage&group=" + grouping + "&tz=" + tz);
                var rows =
                        report.path("rows").findValuesAsText("cost").stream()
                                .map(BigDecimal::new)
                                .reduce(BigDecimal.ZERO, BigDecimal::add);
                assertThat(rows).as("%s in %s", grouping, tz).isEqualByComparingTo(sum);
                assertThat(report.path("totals").path("cost").decimalValue().signum()).isZero();
                assertThat(new BigDecimal(report.path("totals").path("cost").asText()))
                        .isEqualByComparingTo(sum);
                assertThat(report.path("totals").path("cost_coverage").asText())
                        .isEqualTo("1.000000");
            }
        }
    }

    @Test
    void every_row_of_a_file_comes_back_with_what_became_of_it() {
        new PaidClicks(console, 5);
        var csv =
                """
                date,last day,campaign,creative,spend (usd),currency
                2026-03-05,,spring,ad-1,1.50,
                2026-03-05,,spring,ad-1,2.25,
                2026-03-06,,wintr,ad-1,1,
                2026-03-06,,summer,,much,
                2026-03-06,,summer,ad-2,1,GBP
                """;

        var reply =
                console.send(
                        console.withToken("/api/v1/costs/csv?note=week+10")
                                .header("Content-Type", "text/csv")
                                .header("Accept", "text/csv")
                                .POST(BodyPublishers.ofString(csv)));

        assertThat(reply.header("Content-Disposition")).contains("costs-result.csv");
        var lines = reply.text().lines().toList();
        assertThat(lines.get(0)).endsWith("result_slice,result_cost,result_statement");
        assertThat(lines.get(1)).contains("2,stated,New; one cost with 1 other row", "3.75");
        assertThat(lines.get(3)).contains("refused", "There is no campaign");
        assertThat(lines.get(4)).contains("refused", "is no amount");
        assertThat(lines.get(5)).contains("refused", "GBP");
        assertThat(cost("")).isEqualByComparingTo("3.75");
        assertThat(handIn("", "who,what\na,b\n").json().path("detail").asText()).contains("amount");
        assertThat(handIn("", "amount,date\n1,2026-03-05\n").json().path("detail").asText())
                .contains("campaign");
    }

    @Test
    void rows_of_one_slice_that_overlap_contradict_each_other() {
        new PaidClicks(console, 6);
        var csv =
                """
                first_day,last_day,campaign,cost
                2026-03-01,2026-03-31,spring,100
                2026-03-05,2026-03-05,spring,5
                2026-03-05,2026-03-05,summer,5
                """;

        var taken = handIn("", csv).json();

        assertThat(taken.path("statements").asInt()).isEqualTo(2);
        assertThat(taken.path("items").toString()).contains("overlaps that of line 2");
        assertThat(cost("")).isEqualByComparingTo("105");
    }
}
