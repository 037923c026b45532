package matchback.store.embedded.duck;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import matchback.ledger.Column;
import matchback.ledger.Fact;
import matchback.ledger.Fact.Kind;
import matchback.model.RecordId;
import matchback.report.ListQuery;
import matchback.report.Positions;
import matchback.report.ReportQuery;
import matchback.report.Reports;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Prints how long things take; asserts nothing about it. `-Dclicks=10000000` for more of them.
@Tag("long")
class SpeedTest {
    private static final int CLICKS = Integer.getInteger("clicks", 1_000_000);
    private static final int BATCH = 20_000;
    private static final Instant START = Instant.parse("2026-10-02T00:00:00Z");
    private static final long SPAN = Duration.ofDays(30).toMillis();
    private static final InstantSource NOW =
            InstantSource.fixed(Instant.parse("2026-10-31T23:00:00Z"));

    @TempDir Path folder;

    private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);

    @Test
    void a_month_of_clicks() {
        try (var store = DuckFacts.open(folder, DuckConfig.DEFAULT)) {
            fill(store);
            var reports = new Reports(store, "USD", NOW);
            report(reports, "by campaign", Map.of("group", "campaign"));
            report(reports, "by day in Kathmandu", Map.of("group", "day", "tz", "Asia/Kathmandu"));
            report(
                    reports,
                    "by hour in New York",
                    Map.of("group", "hour", "tz", "America/New_York"));
            report(
                    reports,
                    "top 100 of sub1",
                    Map.of("group", "sub1", "limit", "100", "sort", "-clicks"));
            report(reports, "three dimensions", Map.of("group", "campaign,country,device"));
            report(reports, "one country", Map.of("group", "campaign", "country", "c7"));
            time(
                    "latest 50 conversions",
                    () -> reports.conversions(ListQuery.newest(Kind.CONVERSION, 50)));
            time("latest 50 clicks", () -> reports.clicks(ListQuery.newest(Kind.CLICK, 50)));
            time("overview", () -> reports.overview(java.time.ZoneOffset.UTC, 10));
            replace(store, "a batch of 200 new facts", CLICKS + 1, 200, 0);
            replace(store, "200 facts of the last hour again", CLICKS - 1_000, 200, 1);
            replace(store, "200 facts of all the month again", 0, 200, CLICKS / 200);
        }
    }

    private void fill(DuckFacts store) {
        long begin = System.nanoTime();
        var batch = new ArrayList<Fact>();
        int rows = 0;
        for (int i = 0; i < CLICKS; i++) {
            batch.add(click(i));
            if (i % 100 == 0) {
                batch.add(conversion(i, 2));
            }
            if (batch.size() >= BATCH || i == CLICKS - 1) {
                store.append(batch, Positions.NONE.with(0, i + 1L));
                rows += batch.size();
                batch.clear();
            }
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        System.out.printf(
                "append: %d rows in %.1f s, %.0f rows/s%n", rows, seconds, rows / seconds);
    }

    private static long at(int i) {
        return START.toEpochMilli() + SPAN / CLICKS * i;
    }

    private Fact.Builder dimensions(int i) {
        var picks = new java.util.SplittableRandom(i);
        return new Fact.Builder()
                .text(Column.CLICK_ID, "06D5X7G%025d".formatted(i))
                .text(Column.CAMPAIGN, "campaign-" + picks.nextInt(50))
                .text(Column.SOURCE, "source-" + picks.nextInt(8))
                .text(Column.OFFER, "offer-" + picks.nextInt(20))
                .text(Column.CREATIVE, "creative-" + picks.nextInt(500))
                .text(Column.EXTERNAL_ID, Long.toHexString(picks.nextLong()))
                .text(Column.COUNTRY, "c" + picks.nextInt(60))
                .text(Column.DEVICE, "d" + picks.nextInt(4))
                .text(Column.OS, "os" + picks.nextInt(6))
                .text(Column.SUB1, "zone-" + picks.nextInt(50_000))
                .number(Column.CLICK_AT, at(i));
    }

    private Fact click(int i) {
        return dimensions(i)
                .number(Column.IS_UNIQUE, random.nextInt(3) > 0 ? 1 : 0)
                .number(Column.IS_BOT, random.nextInt(20) == 0 ? 1 : 0)
                .number(Column.COST, random.nextLong(1_000, 90_000))
                .build(Kind.CLICK, RecordId.of(at(i), i, i), 0, 1, at(i));
    }

    private Fact conversion(int i, long version) {
        return dimensions(i)
                .text(Column.STATUS, "approved")
                .text(Column.CURRENCY, "USD")
                .text(Column.TXID, "tx" + i)
                .number(Column.REVENUE, random.nextLong(1_000_000, 90_000_000))
                .build(Kind.CONVERSION, RecordId.of(at(i), i, -i - 1L), 1, version, at(i));
    }

    private static void report(Reports reports, String what, Map<String, String> parameters) {
        var all = new java.util.HashMap<>(parameters);
        all.put("from", "2026-10-02");
        all.put("to", "2026-11-01");
        var query = ((ReportQuery.Parsed.Valid) ReportQuery.parse(all)).query();
        time(what, () -> reports.report(query).rows());
    }

    private static void time(String what, Runnable work) {
        var millis = new double[9];
        for (int i = 0; i < millis.length; i++) {
            long begin = System.nanoTime();
            work.run();
            millis[i] = (System.nanoTime() - begin) / 1e6;
        }
        Arrays.sort(millis);
        System.out.printf("%s: median %.1f ms, worst %.1f ms%n", what, millis[4], millis[8]);
    }

    private void replace(DuckFacts store, String what, int first, int number, int step) {
        var versions = new long[] {2};
        time(
                what,
                () -> {
                    versions[0]++;
                    var facts = new ArrayList<Fact>();
                    for (int i = 0; i < number; i++) {
                        int which =
                                (first + i * step) / 100 * 100
                                        + (step == 0 ? (int) versions[0] * 1_000_000 + i : 0);
                        facts.add(conversion(which, versions[0]));
                    }
                    store.append(List.copyOf(facts), Positions.NONE.with(0, CLICKS + versions[0]));
                });
    }
}
