package matchback.store.embedded.duck;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import matchback.ledger.Ledger;
import matchback.ledger.kit.KitEvents;
import matchback.ledger.kit.KitRules;
import matchback.ledger.memory.MemoryLedger;
import matchback.ledger.memory.MemoryTables;
import matchback.ledger.testing.Await;
import matchback.report.FactStore;
import matchback.report.Metric;
import matchback.report.Projector;
import matchback.report.ProjectorConfig;
import matchback.report.Report;
import matchback.report.ReportQuery;
import matchback.report.Reports;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ProjectorTest {
    private static final ProjectorConfig QUICK =
            new ProjectorConfig(Duration.ofMillis(1), 256, Duration.ofMillis(1));
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir Path folder;

    private final KitEvents events = new KitEvents(1);
    private final MemoryTables tables = new MemoryTables();
    private final Ledger ledger = new MemoryLedger(tables, new KitRules(), "USD");
    private DuckFacts store;

    @BeforeEach
    void open() {
        store = DuckFacts.open(folder, DuckConfig.DEFAULT);
    }

    @AfterEach
    void close() {
        store.close();
        ledger.close();
    }

    private Projector started(FactStore into) {
        var projector = new Projector(ledger, into, QUICK);
        projector.start();
        return projector;
    }

    private void submit(int from, int to) {
        for (int i = from; i < to; i++) {
            var _ = ledger.submit(events.click("click" + i), null);
            if (i % 4 == 0) {
                var _ = ledger.submit(events.postback("click" + i), null);
            }
        }
    }

    private Report report() {
        var parameters =
                Map.of(
                        "group", "campaign,reason,day",
                        "metrics", "clicks,unique_clicks,cost,received",
                        "from", "2026-09-01",
                        "to", "2026-10-01");
        var query = ((ReportQuery.Parsed.Valid) ReportQuery.parse(parameters)).query();
        return new Reports(store, "USD", InstantSource.fixed(Instant.EPOCH)).report(query);
    }

    private String total(Metric metric) {
        return report().totals().of(metric).map(metric::text).orElse("none");
    }

    @Test
    void facts_of_the_ledger_come_into_the_columns() throws InterruptedException {
        submit(0, 1_000);

        try (var projector = started(store)) {
            assertThat(projector.awaitCaughtUp(LONG)).isTrue();
            assertThat(projector.lag()).isEqualTo(new Projector.Lag(0, 1_250, 0));
        }

        assertThat(total(Metric.CLICKS)).isEqualTo("1000");
        assertThat(total(Metric.RECEIVED)).isEqualTo("250");
        assertThat(total(Metric.COST)).isEqualTo("1.50");
    }

    @Test
    void what_is_committed_later_follows_by_itself() {
        try (var _ = started(store)) {
            submit(0, 10);
            Await.until("ten clicks", () -> total(Metric.CLICKS).equals("10"));

            submit(10, 25);

            Await.until("25 clicks", () -> total(Metric.CLICKS).equals("25"));
        }
    }

    @Test
    void stopped_and_started_again_it_goes_on_where_it_was() throws InterruptedException {
        for (int round = 0; round < 5; round++) {
            submit(round * 300, round * 300 + 300);
            try (var projector = started(store)) {
                // Closed in the middle of it, but for the last time.
                if (round == 4) {
                    assertThat(projector.awaitCaughtUp(LONG)).isTrue();
                }
            }
            if (round == 2) {
                store.close();
                store = DuckFacts.open(folder, DuckConfig.DEFAULT);
            }
        }

        assertThat(total(Metric.CLICKS)).isEqualTo("1500");
        assertThat(total(Metric.RECEIVED)).isEqualTo("375");
    }

    @Test
    void columns_that_were_deleted_come_back_the_same() throws InterruptedException {
        submit(0, 700);
        try (var projector = started(store)) {
            assertThat(projector.awaitCaughtUp(LONG)).isTrue();
        }
        var before = report();
        store.close();
        DuckFacts.discard(folder);
        store = DuckFacts.open(folder, DuckConfig.DEFAULT);
        assertThat(total(Metric.CLICKS)).isEqualTo("0");

        try (var projector = started(store)) {
            assertThat(projector.awaitCaughtUp(LONG)).isTrue();
        }

        assertThat(report()).isEqualTo(before);
        assertThat(before.rows()).isNotEmpty();
    }

    @Test
    void a_store_that_fails_is_tried_again_and_nothing_is_doubled() throws InterruptedException {
        submit(0, 200);
        var flaky = new FlakyFacts(store, 3);

        try (var projector = started(flaky)) {
            assertThat(projector.awaitCaughtUp(LONG)).isTrue();
            assertThat(projector.lag().failures()).isEqualTo(3);
        }

        assertThat(total(Metric.CLICKS)).isEqualTo("200");
    }

    @Test
    void a_batch_is_bounded() throws InterruptedException {
        submit(0, 3_000);
        var watched = new FlakyFacts(store, 0);

        try (var projector = started(watched)) {
            assertThat(projector.awaitCaughtUp(LONG)).isTrue();
        }

        assertThat(watched.largestBatch()).isBetween(100, 256);
        assertThat(total(Metric.CLICKS)).isEqualTo("3000");
    }

    @Test
    void columns_ahead_of_the_ledger_are_filled_again() throws InterruptedException {
        submit(0, 300);
        try (var projector = started(store)) {
            assertThat(projector.awaitCaughtUp(LONG)).isTrue();
        }
        var restored = new MemoryLedger(new MemoryTables(), new KitRules(), "USD");
        for (int i = 0; i < 20; i++) {
            var _ = restored.submit(events.click("other" + i), null);
        }

        try (var projector = new Projector(restored, store, QUICK)) {
            projector.start();
            Await.until("20 clicks", () -> total(Metric.CLICKS).equals("20"));
            assertThat(projector.awaitCaughtUp(LONG)).isTrue();
        }

        assertThat(total(Metric.CLICKS)).isEqualTo("20");
        restored.close();
    }

    @Test
    void closing_while_nothing_happens_does_not_wait() {
        var projector = started(store);

        projector.close();

        assertThat(store.query("SELECT count(*) FROM facts", List.of(), row -> row.number(0)))
                .containsExactly(0L);
    }
}
