package matchback.server.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/// The numbers of the hour, as the report gives them.
final class Summary {
    private static final List<String> DECISIONS =
            List.of("counted", "updated", "duplicate", "held", "refused");

    private static final int NOTE_CHARS_MAX = 100;

    private final ApiClient api;
    private final String console;
    private final PrintStream out;

    /// @param console its URL, without a slash at the end
    Summary(ApiClient api, String console, PrintStream out) {
        this.api = api;
        this.console = console;
        this.out = out;
    }

    /// One line of what has come in so far.
    String soFar() {
        var totals = report("campaign", "clicks,conversions,revenue").path("totals");
        return String.format(
                Locale.ROOT,
                "%,6d clicks  %,4d conversions  revenue %9s  %3.0f deliveries waiting",
                totals.path("clicks").asLong(),
                totals.path("conversions").asLong(),
                money(totals, "revenue"),
                metric(line -> line.startsWith("matchback_deliver_waiting ")));
    }

    /// Deliveries that still wait for their destination.
    long waiting() {
        return (long) metric(line -> line.startsWith("matchback_deliver_waiting "));
    }

    /// Records that are not in the report yet.
    long behind() {
        return (long) metric(line -> line.startsWith("matchback_report_lag_records "));
    }

    void print() {
        out.println("The hour in numbers\n");
        var report = report("campaign", "clicks,conversions,cr,revenue,cost,profit,roi,epc");
        out.printf(
                "  %-16s %7s %6s %7s %10s %10s %10s%n",
                "campaign", "clicks", "conv.", "CR", "revenue", "cost", "profit");
        for (var row : report.path("rows")) {
            row(row.path("campaign").asText(), row);
        }
        row("total", report.path("totals"));
        decisions();
        deliveries();
    }

    private void row(String name, JsonNode row) {
        out.printf(
                Locale.ROOT,
                "  %-16s %,7d %,6d %6.2f%% %10s %10s %10s%n",
                name,
                row.path("clicks").asLong(),
                row.path("conversions").asLong(),
                row.path("cr").asDouble() * 100,
                money(row, "revenue"),
                money(row, "cost"),
                money(row, "profit"));
    }

    private void decisions() {
        var totals = report("sender", "received," + String.join(",", DECISIONS)).path("totals");
        var sum = new StringBuilder();
        long all = 0;
        for (var decision : DECISIONS) {
            long count = totals.path(decision).asLong();
            all += count;
            sum.append(sum.isEmpty() ? "" : " + ").append(count).append(' ').append(decision);
        }
        out.printf(
                "%n  postbacks: %d received = %s%s%n",
                totals.path("received").asLong(),
                sum,
                totals.path("received").asLong() == all ? "" : "  (THE SUM IS WRONG)");
    }

    private void deliveries() {
        out.printf(
                Locale.ROOT,
                "  told to traffic sources and destinations: %.0f times, after %.0f tries that failed while one was down%n",
                metric(line -> line.contains("deliver_attempts_total{result=\"delivered\"}")),
                metric(line -> line.contains("deliver_attempts_total{result=\"retry\"}")));
        destinations();
        deadLetters();
    }

    private void destinations() {
        for (var destination : api.read("/api/v1/destinations").path("items")) {
            var health =
                    api.read(
                            "/api/v1/destinations/%s/health"
                                    .formatted(destination.path("key").asText()));
            out.printf(
                    Locale.ROOT,
                    "    %-20s %s, %s%% accepted%n",
                    destination.path("name").asText(),
                    health.path("standing").asText(),
                    health.path("lastDay").path("acceptedPercent").asText());
        }
    }

    private void deadLetters() {
        for (var letter : api.read("/api/v1/deliveries?state=dead&limit=5").path("items")) {
            out.printf(
                    "  dead letter to %s, answered %s: %s%n",
                    letter.path("destination").asText(),
                    letter.path("httpStatus").asText(),
                    beginning(letter.path("detail").asText()));
        }
        out.printf(
                "  who is told what, and dead letters to send again: %s/destinations%n%n", console);
    }

    private static String beginning(String text) {
        return text.length() <= NOTE_CHARS_MAX ? text : text.substring(0, NOTE_CHARS_MAX) + " …";
    }

    private JsonNode report(String group, String metrics) {
        return api.read("/api/v1/report?group=%s&metrics=%s".formatted(group, metrics));
    }

    private double metric(Predicate<String> wanted) {
        return api.consoleGet("/metrics")
                .body()
                .lines()
                .filter(wanted)
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private static String money(JsonNode row, String name) {
        return String.format(Locale.ROOT, "%,.2f", row.path(name).asDouble());
    }
}
