package matchback.store.embedded.duck;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import matchback.ledger.Column;
import matchback.ledger.Fact;
import matchback.ledger.Fact.Kind;
import matchback.model.RecordId;
import matchback.report.DailyCosts;
import matchback.report.Period;

/// Costs of a seed, stated for slices of [SampleFacts] and by the day: those that stand in for the
/// clicks' own never overlap within a slice, as the rules have it.
final class SampleCosts implements DailyCosts {
    private static final List<Column> COLUMNS =
            List.of(Column.CAMPAIGN, Column.SOURCE, Column.CREATIVE, Column.SUB1, Column.SUB20);
    private static final int PERIODS = 4;

    private final RandomGenerator random;
    private final long from;
    private final long to;
    private final List<Fact> facts = new ArrayList<>();
    private final List<Day> days = new ArrayList<>();

    SampleCosts(RandomGenerator random, Instant from, Instant to, int slices) {
        this.random = random;
        this.from = from.toEpochMilli();
        this.to = to.toEpochMilli();
        var shapes = new LinkedHashMap<Map<Column, String>, Boolean>();
        while (shapes.size() < slices) {
            shapes.putIfAbsent(slice(), random.nextInt(3) == 0);
        }
        shapes.forEach(this::state);
        var zone = java.time.ZoneId.of("Australia/Lord_Howe");
        for (var day = from.atZone(zone).toLocalDate();
                random.nextInt(12) > 0 && day.atStartOfDay(zone).toInstant().isBefore(to);
                day = day.plusDays(1)) {
            days.add(
                    new Day(
                            "campaign-" + (1 + random.nextInt(2)),
                            day.atStartOfDay(zone).toInstant(),
                            day.plusDays(1).atStartOfDay(zone).toInstant(),
                            random.nextLong(100_000_000)));
        }
    }

    List<Fact> facts() {
        return facts;
    }

    List<Day> days() {
        return days;
    }

    @Override
    public List<Day> within(Period period) {
        return days.stream()
                .filter(day -> day.from().isBefore(period.to()) && day.to().isAfter(period.from()))
                .toList();
    }

    private Map<Column, String> slice() {
        var slice = new TreeMap<Column, String>();
        for (int n = 1 + random.nextInt(2); n > 0; n--) {
            var column = COLUMNS.get(random.nextInt(COLUMNS.size()));
            int value = random.nextInt(4);
            slice.put(
                    column,
                    value == 0 ? "-" : value == 3 ? "nobody" : SampleFacts.value(column, value));
        }
        return slice;
    }

    private void state(Map<Column, String> slice, boolean isAddition) {
        long length = (to - from) / PERIODS;
        for (int i = 0; i < PERIODS; i++) {
            long start = from + i * length + random.nextLong(length / 4);
            long end =
                    isAddition
                            ? start + 1 + random.nextLong(2 * length)
                            : from + (i + 1) * length - random.nextLong(length / 4);
            add(slice, start, end, isAddition, "in_force");
            if (random.nextInt(3) == 0) {
                add(slice, start, end, isAddition, random.nextBoolean() ? "replaced" : "undone");
            }
        }
    }

    private void add(
            Map<Column, String> slice, long start, long end, boolean isAddition, String state) {
        var fact = new Fact.Builder();
        slice.forEach(fact::text);
        long later = to + Duration.ofDays(1).toMillis();
        facts.add(
                fact.text(
                                Column.COST_SHAPE,
                                String.join(
                                        ",", slice.keySet().stream().map(Column::word).toList()))
                        .number(Column.COST_FROM, start)
                        .number(Column.COST_TO, end)
                        .number(Column.COST, random.nextLong(900_000_000))
                        .text(Column.COST_MODE, isAddition ? "add" : "replace")
                        .text(Column.COST_STATE, state)
                        .build(
                                Kind.COST,
                                RecordId.of(later, random.nextInt(), random.nextLong()),
                                0,
                                1,
                                start));
    }
}
