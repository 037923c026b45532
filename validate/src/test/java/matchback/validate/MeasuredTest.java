package matchback.validate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;
import matchback.model.FraudCheck;
import matchback.model.catalog.Validation;
import matchback.model.catalog.Validation.Mode;
import matchback.model.catalog.Validation.Rule;
import matchback.simulation.Attack;
import matchback.simulation.Label;
import matchback.simulation.Shape;
import matchback.simulation.Traffic;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// How well attacks are found, and how much honest traffic is mistaken for one. The table in
/// docs/validation.md is what the long test prints.
final class MeasuredTest {
    private static final Instant FROM = Instant.parse("2026-03-02T00:00:00Z");
    private static final List<Label> ATTACKS =
            List.of(
                    Label.CLICK_INJECTION,
                    Label.CLICK_FLOODING,
                    Label.ADDRESS_CLUSTER,
                    Label.VALUE_STUFFING,
                    Label.MACHINE_RHYTHM);

    private static final double PRECISION = 0.95;
    private static final double RECALL = 0.9;
    private static final double HONEST_HELD = 0.005;

    /// Of the model without the checks that were made for an attack.
    private static final double MODEL_RECALL = 0.2;

    /// What came of one attack over all seeds.
    private static final class Sum {
        private int conversions;
        private int found;
        private int honest;
        private int honestFound;
        private int honestHeld;
        private final List<Duration> delays = new ArrayList<>();

        void add(Trial trial, Label attack) {
            conversions += trial.conversions(attack);
            found += trial.suspected(attack);
            honest += trial.conversions(Label.HONEST);
            honestFound += trial.suspected(Label.HONEST);
            honestHeld += trial.held(Label.HONEST);
            trial.timeToFlag().ifPresent(delays::add);
        }

        double precision() {
            return found == 0 ? 0 : (double) found / (found + honestFound);
        }

        double recall() {
            return (double) found / conversions;
        }

        Duration delay() {
            Collections.sort(delays);
            return delays.isEmpty() ? Duration.ZERO : delays.get(delays.size() / 2);
        }

        String row(Label attack) {
            return String.format(
                    Locale.ROOT,
                    "| %s | %,d | %.3f | %.3f | %d min | %.2f %% | %.2f %% |",
                    attack.word(),
                    conversions,
                    precision(),
                    recall(),
                    delay().toMinutes(),
                    100.0 * honestFound / honest,
                    100.0 * honestHeld / honest);
        }
    }

    @Test
    @Tag("long")
    void five_attacks_are_found_over_ten_seeds_that_nobody_has_seen() {
        measure(LongStream.rangeClosed(9201, 9210).toArray(), 20_000);
    }

    @Test
    @Tag("long")
    void the_model_alone_finds_most_of_what_it_was_not_made_for() {
        var measured =
                measured(
                        LongStream.rangeClosed(9201, 9210).toArray(),
                        20_000,
                        only(FraudCheck.UNUSUAL));

        measured.sums()
                .forEach((attack, sum) -> {
                    assertThat(sum.precision()).as(attack.word()).isGreaterThanOrEqualTo(PRECISION);
                    assertThat(sum.recall()).as(attack.word()).isGreaterThanOrEqualTo(MODEL_RECALL);
                });
        assertThat(measured.honestHeld()).isLessThanOrEqualTo(HONEST_HELD);
    }

    private static Validation only(FraudCheck wanted) {
        var rules = new HashMap<String, Rule>();
        for (var check : FraudCheck.values()) {
            var usual = Validation.DEFAULT.rule(check);
            var mode = check == wanted ? Mode.FLAG : Mode.OFF;
            rules.put(check.word(), new Rule(mode, usual.certainty(), usual.least()));
        }
        return new Validation(Validation.KEY, "Validation", "sub1", rules, 24, false);
    }

    @Test
    void five_attacks_are_found() {
        measure(new long[] {4712}, 8_000);
    }

    private static void measure(long[] seeds, double visitsPerDay) {
        var measured = measured(seeds, visitsPerDay, Validation.DEFAULT);

        measured.sums()
                .forEach((attack, sum) -> {
                    assertThat(sum.precision()).as(attack.word()).isGreaterThanOrEqualTo(PRECISION);
                    assertThat(sum.recall()).as(attack.word()).isGreaterThanOrEqualTo(RECALL);
                });
        assertThat(measured.honestHeld()).isLessThanOrEqualTo(HONEST_HELD);
    }

    private record Measured(Map<Label, Sum> sums, Sum clean) {
        double honestHeld() {
            return (double) clean.honestHeld / clean.honest;
        }
    }

    private static Measured measured(long[] seeds, double visitsPerDay, Validation settings) {
        var sums = new EnumMap<Label, Sum>(Label.class);
        var clean = new Sum();
        var nanos = new ArrayList<Long>();
        for (long seed : seeds) {
            var alone = Trial.of(traffic(seed, visitsPerDay, List.of()), settings);
            clean.add(alone, Label.HONEST);
            for (var attack : ATTACKS) {
                var trial =
                        Trial.of(
                                traffic(seed, visitsPerDay, List.of(attack(attack, seed))),
                                settings);
                sums.computeIfAbsent(attack, _ -> new Sum()).add(trial, attack);
                nanos.addAll(trial.nanos());
            }
        }
        print(seeds.length, sums, clean, nanos);
        return new Measured(sums, clean);
    }

    /// Every second one hides among the honest visits of a publisher.
    private static Attack attack(Label kind, long seed) {
        return new Attack(
                kind,
                "sim-push",
                seed % 2 == 0 ? "sim-push-03" : "sim-push-91",
                Duration.ofHours(30),
                Duration.ofHours(20),
                120);
    }

    private static Traffic traffic(long seed, double visitsPerDay, List<Attack> attacks) {
        return new Traffic(seed, Shape.usual(FROM, Duration.ofDays(4), visitsPerDay), attacks);
    }

    private static void print(int seeds, Map<Label, Sum> sums, Sum clean, List<Long> nanos) {
        Collections.sort(nanos);
        System.out.println(
                "| attack | conversions | precision | recall | first found after | honest marked |"
                        + " honest held |");
        System.out.println("|---|---|---|---|---|---|---|");
        sums.forEach((attack, sum) -> System.out.println(sum.row(attack)));
        System.out.printf(
                Locale.ROOT,
                "%d seeds; without an attack %,d honest conversions: %d marked, %d held;"
                        + " a conversion costs %.1f us on average, %.1f us in the middle, %.1f us for all but"
                        + " 1 in 100%n",
                seeds,
                clean.honest,
                clean.honestFound,
                clean.honestHeld,
                nanos.stream().mapToLong(Long::longValue).average().orElse(0) / 1000,
                nanos.get(nanos.size() / 2) / 1000.0,
                nanos.get(nanos.size() * 99 / 100) / 1000.0);
    }

    @Test
    void five_hundred_honest_conversions_behind_three_carrier_addresses_are_left_alone() {
        for (long seed = 1; seed <= 2; seed++) {
            var shape = Shape.usual(FROM, Duration.ofDays(1), 16_000).behindCarriers(1, 3);

            var trial = Trial.of(new Traffic(seed, shape, List.of()), Validation.DEFAULT);

            assertThat(trial.conversions(Label.HONEST)).isGreaterThan(500);
            assertThat(trial.suspected(Label.HONEST)).isZero();
            assertThat(trial.held(Label.HONEST)).isZero();
        }
    }
}
