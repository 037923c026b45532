package matchback.store.embedded.duck;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import matchback.ledger.Column;
import matchback.ledger.Fact;
import matchback.ledger.Fact.Kind;
import matchback.model.RecordId;
import matchback.report.Positions;
import matchback.report.alert.RefusalCheck;
import matchback.report.alert.SilenceCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What senders do by day and by night, over two weeks, and what the checks say of it.
class AlertChecksTest {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private static final Duration FORTNIGHT = Duration.ofDays(14);

    @TempDir Path folder;

    private final List<Fact> facts = new ArrayList<>();
    private DuckFacts store;
    private SilenceCheck silence;
    private RefusalCheck refusals;

    @BeforeEach
    void open() {
        store = DuckFacts.open(folder, new DuckConfig(1, 64, 2));
        silence = new SilenceCheck(store, sender -> "The " + sender);
        refusals = new RefusalCheck(store, sender -> "The " + sender);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void a_sender_that_stops_at_its_busy_hour_is_missed_soon() {
        steady("network", NOON.minus(FORTNIGHT), NOON, Duration.ofMinutes(2), 1);
        write();

        assertThat(silence.look(millis(NOON.plus(Duration.ofMinutes(10))))).isEmpty();
        assertThat(silence.look(millis(NOON.plus(Duration.ofMinutes(30)))))
                .singleElement()
                .satisfies(condition -> {
                    assertThat(condition.key()).isEqualTo("network");
                    assertThat(condition.headline())
                            .startsWith("The network has not reported since 2026-11-01T11:5");
                    assertThat(condition.evidence().getFirst())
                            .contains("it usually reports", "at the least", "(the last 13 days)");
                    assertThat(condition.href()).isEqualTo("/postbacks?sender=network");
                });
        assertThat(silence.look(millis(NOON.plus(Duration.ofDays(2))))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1})
    void nights_weekends_and_slow_senders_are_no_silence(long seed) {
        var from = NOON.minus(Duration.ofDays(15));
        for (var day = from; day.isBefore(NOON); day = day.plus(Duration.ofDays(1))) {
            var morning = day.minus(Duration.ofHours(4));
            boolean isSunday =
                    day.atOffset(java.time.ZoneOffset.UTC).getDayOfWeek().getValue() == 7;
            if (!isSunday) {
                steady(
                        "office",
                        morning,
                        morning.plus(Duration.ofHours(9)),
                        Duration.ofMinutes(3),
                        seed);
            }
        }
        steady("slow", from, NOON, Duration.ofHours(3), seed);
        steady(
                "young",
                NOON.minus(Duration.ofHours(30)),
                NOON.minus(Duration.ofHours(1)),
                Duration.ofMinutes(1),
                seed);
        write();

        for (int minute = 0; minute < 24 * 60; minute += 31) {
            assertThat(
                            silence.look(
                                    millis(
                                            NOON.minus(Duration.ofHours(4))
                                                    .plusSeconds(60L * minute))))
                    .as("minute %d", minute)
                    .isEmpty();
        }
    }

    @Test
    void a_reason_that_takes_over_is_told_with_its_share_and_its_beginning() {
        steady(
                "network",
                NOON.minus(FORTNIGHT),
                NOON.minus(Duration.ofMinutes(25)),
                Duration.ofMinutes(1),
                1);
        for (int i = 0; i < 24; i++) {
            postback(
                    "network",
                    NOON.minus(Duration.ofMinutes(25)).plusSeconds(60L * i),
                    i % 12 == 5 ? "new_conversion" : "unresolved_macro");
        }
        write();

        assertThat(refusals.look(millis(NOON)))
                .singleElement()
                .satisfies(condition -> {
                    assertThat(condition.key()).isEqualTo("network:unresolved_macro");
                    assertThat(condition.headline())
                            .matches(
                                    "The network: \\d+ % refused as unresolved_macro since 2026-11-01T11:35:00Z");
                    assertThat(condition.evidence().get(1))
                            .contains("22 refused unresolved_macro", "counted new_conversion");
                    assertThat(condition.since())
                            .isEqualTo(millis(Instant.parse("2026-11-01T11:35:00Z")));
                });
        assertThat(refusals.look(millis(NOON.plus(Duration.ofMinutes(70))))).isEmpty();
    }

    @Test
    void what_was_always_refused_is_no_news_and_few_are_no_jump() {
        var from = NOON.minus(FORTNIGHT);
        for (int i = 0; i < 14 * 24 * 30; i++) {
            postback(
                    "noisy",
                    from.plusSeconds(120L * i),
                    i % 3 == 0 ? "foreign_click_id" : "new_conversion");
        }
        steady("calm", from, NOON, Duration.ofMinutes(5), 2);
        for (int i = 0; i < 6; i++) {
            postback("calm", NOON.minusSeconds(60L * i), "forged_click_id");
        }
        write();

        assertThat(refusals.look(millis(NOON))).isEmpty();
    }

    /// Reports at random times, so many a span as are told, none of them later than `to`.
    private void steady(String sender, Instant from, Instant to, Duration every, long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var at = from;
        while (at.isBefore(to)) {
            postback(sender, at, "new_conversion");
            at = at.plusMillis((long) (-Math.log(1 - random.nextDouble()) * every.toMillis()) + 1);
        }
    }

    private void postback(String sender, Instant at, String reason) {
        var decision = reason.equals("new_conversion") ? "counted" : "refused";
        facts.add(
                new Fact.Builder()
                        .text(Column.SENDER, sender)
                        .text(Column.DECISION, decision)
                        .text(Column.REASON, reason)
                        .build(
                                Kind.POSTBACK,
                                RecordId.of(millis(at), facts.size(), 1),
                                0,
                                1,
                                millis(at)));
    }

    private void write() {
        store.append(facts, Positions.NONE);
    }

    private static long millis(Instant at) {
        return at.toEpochMilli();
    }
}
