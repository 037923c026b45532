package matchback.validate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import matchback.ledger.Catalogs;
import matchback.ledger.Rebuild;
import matchback.ledger.Snapshot.Head;
import matchback.model.FraudCheck;
import matchback.model.Reason;
import matchback.model.catalog.Quarantine;
import matchback.model.catalog.Validation;
import matchback.model.catalog.Validation.Mode;
import matchback.model.catalog.Validation.Rule;
import matchback.simulation.Attack;
import matchback.simulation.Label;
import matchback.simulation.Shape;
import matchback.simulation.Traffic;
import matchback.simulation.Visit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Validation beside a ledger: traffic goes through the real rules, the watch reads and writes.
final class WatchTest {
    private static final Instant FROM = Instant.parse("2026-03-02T00:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PUBLISHER = "sim-push-99";

    private final Rehearsed rehearsed = new Rehearsed();
    private Watch watch = watch();

    private Watch watch() {
        return new Watch(rehearsed.ledger, rehearsed.recordIds(), rehearsed.clock, Duration.ZERO);
    }

    @AfterEach
    void stop() {
        watch.close();
        rehearsed.close();
    }

    private static Traffic injection() {
        return new Traffic(
                5,
                Shape.usual(FROM, Duration.ofHours(14), 6000),
                List.of(
                        new Attack(
                                Label.CLICK_INJECTION,
                                "sim-push",
                                PUBLISHER,
                                Duration.ofHours(4),
                                Duration.ofHours(8),
                                60)));
    }

    /// Reads along with the traffic, as it does beside a server.
    private void runWatched(Traffic traffic) {
        watch.start();
        rehearsed.run(
                traffic,
                act -> {
                    if (!(act instanceof Visit)) {
                        caughtUp();
                    }
                });
        caughtUp();
    }

    private void caughtUp() {
        try {
            assertThat(watch.awaitCaughtUp(PATIENCE)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void what_is_found_stands_in_the_ledger_with_its_figures_and_rebuilds_byte_for_byte() {
        runWatched(injection());

        var suspicions = rehearsed.suspicions(Label.CLICK_INJECTION);
        var counted =
                rehearsed.counted.values().stream().filter(Label.CLICK_INJECTION::equals).count();
        assertThat(counted).isGreaterThan(40);
        assertThat(suspicions.stream().filter(s -> s.check() == FraudCheck.INJECTION).count())
                .isGreaterThanOrEqualTo(counted * 9 / 10);
        assertThat(suspicions).allMatch(s -> s.evidence().matches(".*\\d+ of the last \\d+.*"));
        assertThat(rehearsed.suspicions(Label.HONEST)).isEmpty();
        assertThat(rehearsed.held).isEmpty();
        assertThat(watch.work().conversions()).isEqualTo(rehearsed.counted.size());
        assertRebuilds();
    }

    private void assertRebuilds() {
        var before =
                Rebuild.FOLDED.stream()
                        .map(table -> Rebuild.digest(rehearsed.tables, table))
                        .toList();
        for (var table : Rebuild.FOLDED) {
            rehearsed.tables.clear(table);
        }
        Rebuild.run(
                rehearsed.tables,
                rehearsed.rules,
                new Catalogs(rehearsed.tables, "USD"),
                rehearsed.tables::apply,
                _ -> {});
        var after =
                Rebuild.FOLDED.stream()
                        .map(table -> Rebuild.digest(rehearsed.tables, table))
                        .toList();
        assertThat(after).isEqualTo(before);
    }

    @Test
    void a_second_watch_learns_the_same_and_says_nothing_twice() {
        runWatched(injection());
        watch.close();
        var heads = heads();

        rehearsed.now.set(FROM.plus(Duration.ofHours(14)).toEpochMilli());
        watch = watch();
        watch.start();
        caughtUp();

        assertThat(watch.work().conversions()).isEqualTo(rehearsed.counted.size());
        assertThat(watch.work().found()).containsKey(FraudCheck.INJECTION);
        assertThat(heads()).isEqualTo(heads);
    }

    private List<Long> heads() {
        try (var snapshot = rehearsed.ledger.snapshot()) {
            return IntStream.range(0, 64).mapToObj(snapshot::head).map(Head::offset).toList();
        }
    }

    @Test
    void a_check_that_may_hold_puts_the_publisher_into_quarantine() {
        rehearsed.now.set(FROM.toEpochMilli());
        rehearsed.set(settings(Map.of("injection", new Rule(Mode.HOLD, 7, 5))));

        runWatched(injection());

        assertThat(rehearsed.held)
                .hasSizeGreaterThan(20)
                .allMatch(outcome -> outcome.reason() == Reason.FRAUD_INJECTION)
                .allMatch(outcome -> outcome.detail().contains("of the last"));
        assertThat(quarantines()).hasSize(1);
        var quarantine = quarantines().getFirst();
        assertThat(quarantine.publisher()).isEqualTo(PUBLISHER);
        assertThat(quarantine.until() - quarantine.from())
                .isEqualTo(Duration.ofHours(24).toMillis());
        assertRebuilds();
    }

    private List<Quarantine> quarantines() {
        return List.copyOf(rehearsed.ledger.catalog().all(Quarantine.class).values());
    }

    @Test
    void a_quarantine_that_a_person_ended_is_not_begun_again_before_its_time() {
        rehearsed.now.set(FROM.toEpochMilli());
        rehearsed.set(settings(Map.of("injection", new Rule(Mode.HOLD, 7, 5))));
        watch.start();
        rehearsed.run(
                injection(),
                act -> {
                    if (!(act instanceof Visit)) {
                        caughtUp();
                        quarantines().stream()
                                .filter(quarantine -> !quarantine.archived())
                                .forEach(quarantine -> rehearsed.set(quarantine.ended()));
                    }
                });

        assertThat(rehearsed.held).isEmpty();
        assertThat(quarantines()).hasSize(1);
    }

    @Test
    void what_other_settings_would_find_is_told_and_nothing_is_written() {
        rehearsed.run(injection(), _ -> {});
        var heads = heads();

        var found = whatIf(Map.of());
        var strict = whatIf(Map.of("injection", new Rule(Mode.FLAG, 30, 200)));
        var off = whatIf(Map.of("injection", new Rule(Mode.OFF, 7, 5)));

        assertThat(found.conversions()).isEqualTo(rehearsed.counted.size());
        assertThat(found.found().get(FraudCheck.INJECTION)).isGreaterThan(40);
        assertThat(found.first()).isNotEmpty();
        assertThat(found.isCut()).isFalse();
        assertThat(strict.found()).doesNotContainKey(FraudCheck.INJECTION);
        assertThat(off.found()).doesNotContainKey(FraudCheck.INJECTION);
        assertThat(heads()).isEqualTo(heads);
    }

    private WhatIf.Result whatIf(Map<String, Rule> rules) {
        var to = FROM.plus(Duration.ofDays(30)).toEpochMilli();
        return WhatIf.of(rehearsed.ledger, settings(rules), FROM.toEpochMilli(), to);
    }

    private static Validation settings(Map<String, Rule> rules) {
        return new Validation(Validation.KEY, "Validation", "sub1", rules, 24, false);
    }
}
