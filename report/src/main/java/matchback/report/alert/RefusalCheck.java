package matchback.report.alert;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import matchback.ledger.Fact.Kind;
import matchback.model.Reason;
import matchback.report.FactStore;
import matchback.report.Kinds;

/// A reason for refusing or holding takes a much larger share of a sender's postbacks in the last
/// hour than in the two weeks before yesterday.
public final class RefusalCheck implements Check {
    private static final Duration WINDOW = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration PAST = Duration.ofDays(15);
    private static final long STEP_MILLIS = Duration.ofMinutes(5).toMillis();

    private static final int LEAST_MIN = 10;
    private static final double TIMES_MIN = 3;
    private static final double RISE_MIN = 0.1;

    /// An accident of once in half a thousand million at the most.
    private static final double NATS_MIN = 20;

    private static final Set<String> BAD = Set.of("refused", "held");
    private static final int REASONS_NAMED_MAX = 4;

    private final FactStore store;
    private final UnaryOperator<String> names;

    /// @param sender empty when it is not known whose the postbacks were
    /// @param step number of five minutes since 1970; 0 for all of the past
    private record Count(String sender, String decision, String reason, long step, long number) {}

    /// @param byReason how many of them were refused or held for it
    private record Past(long number, Map<String, Long> byReason) {
        static final Past NONE = new Past(0, Map.of());

        /// Never nothing: what was not seen so far may still be usual.
        double share(String reason) {
            return (byReason.getOrDefault(reason, 0L) + 0.5) / (number + 1);
        }
    }

    /// @param names what people call a sender, by its key
    public RefusalCheck(FactStore store, UnaryOperator<String> names) {
        this.store = store;
        this.names = names;
    }

    @Override
    public Set<AlertKind> kinds() {
        return Set.of(AlertKind.REFUSALS);
    }

    @Override
    public List<Condition> look(long now) {
        var past = past(now);
        var today = counts(now - DAY.toMillis(), now, STEP_MILLIS);
        var found = new ArrayList<Condition>();
        today.stream()
                .collect(Collectors.groupingBy(Count::sender, TreeMap::new, Collectors.toList()))
                .forEach((sender, counts) ->
                        found.addAll(
                                jumps(sender, counts, past.getOrDefault(sender, Past.NONE), now)));
        return found;
    }

    private List<Condition> jumps(String sender, List<Count> day, Past past, long now) {
        long from = (now - WINDOW.toMillis()) / STEP_MILLIS;
        var hour = day.stream().filter(count -> count.step() > from).toList();
        long all = hour.stream().mapToLong(Count::number).sum();
        var byReason = new TreeMap<String, Long>();
        hour.stream()
                .filter(count -> BAD.contains(count.decision()))
                .forEach(count -> byReason.merge(count.reason(), count.number(), Long::sum));
        var found = new ArrayList<Condition>();
        byReason.forEach((reason, number) -> {
            double before = past.share(reason);
            if (isJump(number, all, before)) {
                long since = since(day, reason, (double) number / all);
                found.add(condition(sender, reason, hour, number, all, past, since));
            }
        });
        return found;
    }

    /// Whether so many of so many are far more than usual, and no accident: the second by the
    /// Chernoff bound of the binomial distribution.
    static boolean isJump(long number, long all, double before) {
        double share = (double) number / all;
        return number >= LEAST_MIN
                && share >= TIMES_MIN * before
                && share - before >= RISE_MIN
                && all * divergence(share, before) >= NATS_MIN;
    }

    /// Kullback and Leibler's, in nats.
    private static double divergence(double share, double before) {
        double yes = share == 0 ? 0 : share * Math.log(share / before);
        double no = share == 1 ? 0 : (1 - share) * Math.log((1 - share) / (1 - before));
        return yes + no;
    }

    /// The beginning of the unbroken run of five minutes, up to now, in each of which the reason
    /// has at least half the share it has now.
    private static long since(List<Count> day, String reason, double share) {
        NavigableMap<Long, long[]> steps = new TreeMap<>();
        for (var count : day) {
            var of = steps.computeIfAbsent(count.step(), _ -> new long[2]);
            of[1] += count.number();
            if (count.reason().equals(reason)) {
                of[0] += count.number();
            }
        }
        long since = steps.lastKey();
        boolean isBegun = false;
        for (var step : steps.descendingMap().entrySet()) {
            boolean isSo = step.getValue()[0] >= share / 2 * step.getValue()[1];
            if (!isSo && isBegun) {
                break;
            }
            if (isSo) {
                isBegun = true;
                since = step.getKey();
            }
        }
        return since * STEP_MILLIS;
    }

    private Condition condition(
            String sender,
            String reason,
            List<Count> hour,
            long number,
            long all,
            Past past,
            long since) {
        var who = sender.isEmpty() ? "Postbacks of no known sender" : names.apply(sender);
        var decision =
                hour.stream()
                        .filter(count -> count.reason().equals(reason))
                        .findFirst()
                        .map(Count::decision)
                        .orElse("refused");
        var headline =
                "%s: %s %s as %s since %s"
                        .formatted(
                                who,
                                percent(number, all),
                                decision,
                                reason,
                                Instant.ofEpochMilli(since).truncatedTo(ChronoUnit.MINUTES));
        return new Condition(
                AlertKind.REFUSALS,
                sender + ':' + reason,
                headline,
                List.of(
                        "In the last hour %d of %d; before, %s of %d in two weeks."
                                .formatted(
                                        number,
                                        all,
                                        percent(
                                                past.byReason().getOrDefault(reason, 0L),
                                                past.number()),
                                        past.number()),
                        "The last hour: " + parts(hour) + ".",
                        Optional.of(reason)
                                .flatMap(Reason::ofCode)
                                .map(found -> found.message() + ' ' + found.advice())
                                .orElse(reason)),
                "/postbacks?reason=" + reason + (sender.isEmpty() ? "" : "&sender=" + sender),
                since);
    }

    /// What became of them, the most frequent first.
    private static String parts(List<Count> hour) {
        var byReason =
                hour.stream()
                        .collect(
                                Collectors.groupingBy(
                                        count -> count.decision() + ' ' + count.reason(),
                                        TreeMap::new,
                                        Collectors.summingLong(Count::number)));
        var sorted =
                byReason.entrySet().stream()
                        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                        .toList();
        var named =
                sorted.stream()
                        .limit(REASONS_NAMED_MAX)
                        .map(entry -> entry.getValue() + " " + entry.getKey())
                        .collect(Collectors.joining(", "));
        long others = sorted.stream().skip(REASONS_NAMED_MAX).mapToLong(Map.Entry::getValue).sum();
        return others == 0 ? named : named + ", " + others + " others";
    }

    private static String percent(long part, long all) {
        double percent = all == 0 ? 0 : 100.0 * part / all;
        return String.format(
                Locale.ROOT, percent > 0 && percent < 10 ? "%.1f %%" : "%.0f %%", percent);
    }

    private Map<String, Past> past(long now) {
        var bySender = new TreeMap<String, Past>();
        counts(now - PAST.toMillis(), now - DAY.toMillis(), 0).stream()
                .collect(Collectors.groupingBy(Count::sender))
                .forEach((sender, counts) ->
                        bySender.put(
                                sender,
                                new Past(
                                        counts.stream().mapToLong(Count::number).sum(),
                                        counts.stream()
                                                .filter(count -> BAD.contains(count.decision()))
                                                .collect(
                                                        Collectors.groupingBy(
                                                                Count::reason,
                                                                Collectors.summingLong(
                                                                        Count::number))))));
        return bySender;
    }

    /// @param stepMillis width of the steps; 0 for no steps
    private List<Count> counts(long from, long to, long stepMillis) {
        var step = stepMillis == 0 ? "0" : store.dialect().quotient("fact_at", stepMillis);
        var sql =
                """
                SELECT coalesce(sender, '') AS of_sender, decision, coalesce(reason, '') AS why,
                    %s AS step, count(*)
                FROM %s
                WHERE kind = %d AND fact_at > ? AND fact_at <= ?
                GROUP BY of_sender, decision, why, step
                """
                        .formatted(
                                step, store.dialect().latestFacts(), Kinds.number(Kind.POSTBACK));
        return store
                .query(
                        sql,
                        List.of(from, to),
                        row ->
                                new Count(
                                        row.text(0),
                                        row.text(1),
                                        row.text(2),
                                        row.number(3),
                                        row.number(4)))
                .stream()
                .sorted(Comparator.comparingLong(Count::step))
                .toList();
    }
}
