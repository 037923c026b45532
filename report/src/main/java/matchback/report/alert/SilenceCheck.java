package matchback.report.alert;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import matchback.ledger.Fact.Kind;
import matchback.report.FactStore;
import matchback.report.Kinds;

/// A sender that reported on all of the past days between these two times of day, and often, does
/// not today: each sender and each time of day is judged by its own past, so that nights and slow
/// senders are no alert.
public final class SilenceCheck implements Check {
    private static final int DAYS_MAX = 14;
    private static final int DAYS_MIN = 3;

    /// With so many expected, none at all is an accident once in 22,000 times, and on the leanest
    /// of the days there were still some.
    private static final int EXPECTED_MIN = 10;

    private static final int LEAST_MIN = 3;
    private static final Duration SILENCE_MIN = Duration.ofMinutes(15);
    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

    private final FactStore store;
    private final UnaryOperator<String> names;

    private record Heard(String sender, long first, long last) {}

    /// @param names what people call a sender, by its key
    public SilenceCheck(FactStore store, UnaryOperator<String> names) {
        this.store = store;
        this.names = names;
    }

    @Override
    public Set<AlertKind> kinds() {
        return Set.of(AlertKind.SENDER_SILENT);
    }

    @Override
    public List<Condition> look(long now) {
        var found = new ArrayList<Condition>();
        for (var heard : heard(now)) {
            if (now - heard.last() >= SILENCE_MIN.toMillis()) {
                silence(heard, now).ifPresent(found::add);
            }
        }
        return found;
    }

    private List<Heard> heard(long now) {
        var sql =
                """
                SELECT sender, min(fact_at), max(fact_at) FROM %s
                WHERE kind = %d AND fact_at >= ? AND fact_at <= ? AND coalesce(sender, '') <> ''
                GROUP BY sender ORDER BY sender
                """
                        .formatted(store.dialect().latestFacts(), Kinds.number(Kind.POSTBACK));
        return store.query(
                sql,
                List.of(now - (DAYS_MAX + 1) * DAY_MILLIS, now),
                row -> new Heard(row.text(0), row.number(1), row.number(2)));
    }

    private Optional<Condition> silence(Heard heard, long now) {
        // A silence of more than a day is compared with what the last day would have been.
        long from = Math.max(heard.last(), now - DAY_MILLIS);
        int days = (int) Math.min(DAYS_MAX, (from - heard.first()) / DAY_MILLIS);
        int before = (int) Math.ceilDiv(from - heard.last(), DAY_MILLIS);
        if (days - before < DAYS_MIN) {
            return Optional.empty();
        }
        // Days on which it was silent already say nothing of what is usual.
        var counts = counts(heard.sender(), from, now, days).subList(before, days);
        double usual = counts.stream().mapToLong(count -> count).average().orElse(0);
        long least = counts.stream().mapToLong(count -> count).min().orElse(0);
        return usual >= EXPECTED_MIN && least >= LEAST_MIN
                ? Optional.of(condition(heard, now - from, usual, least, counts.size()))
                : Optional.empty();
    }

    /// How many there were between the same times of day, on each of the days before.
    private List<Long> counts(String sender, long from, long to, int days) {
        var sql =
                """
                SELECT %s AS days_ago, count(*) FROM %s
                WHERE kind = %d AND sender = ? AND fact_at > ? AND fact_at <= ?
                    AND (%d - fact_at) %% %d < ?
                GROUP BY days_ago
                """
                        .formatted(
                                store.dialect().quotient("(" + to + " - fact_at)", DAY_MILLIS),
                                store.dialect().latestFacts(),
                                Kinds.number(Kind.POSTBACK),
                                to,
                                DAY_MILLIS);
        var counts = new ArrayList<>(Collections.nCopies(days, 0L));
        store.query(
                sql,
                List.of(sender, from - days * DAY_MILLIS, to - DAY_MILLIS, to - from),
                row -> counts.set(Math.toIntExact(row.number(0)) - 1, row.number(1)));
        return counts;
    }

    private Condition condition(Heard heard, long window, double usual, long least, int days) {
        var last = Instant.ofEpochMilli(heard.last()).truncatedTo(ChronoUnit.SECONDS);
        return new Condition(
                AlertKind.SENDER_SILENT,
                heard.sender(),
                names.apply(heard.sender()) + " has not reported since " + last,
                List.of(
                        String.format(
                                Locale.ROOT,
                                "At this time of day it usually reports %.0f times in %s, at the"
                                        + " least %d times (the last %d days).",
                                usual,
                                Spans.text(Duration.ofMillis(window)),
                                least,
                                days),
                        "Ask it whether its postbacks are sent, and where to; try its postback URL"
                                + " in the test bench."),
                "/postbacks?sender=" + heard.sender(),
                heard.last());
    }
}
