package matchback.store.embedded.duck;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import matchback.ledger.Column;
import matchback.ledger.Fact;
import matchback.ledger.Fact.Kind;
import matchback.model.RecordId;
import matchback.report.DailyCosts.Day;

/// Stated costs, spread over the clicks one by one.
final class SpreadByHand {
    /// What is added at a click, or where there is none.
    ///
    /// @param place the click, or something with its dimensions
    record Part(Fact place, BigDecimal amount, boolean makesKnown) {}

    private final List<Fact> clicks;
    private final Map<RecordId, Long> added = new HashMap<>();
    private final Map<RecordId, Long> daily = new HashMap<>();
    private final Set<RecordId> replaced = new HashSet<>();
    private final List<Part> parts = new ArrayList<>();

    private SpreadByHand(List<Fact> facts, boolean withBots) {
        this.clicks =
                facts.stream()
                        .filter(fact -> fact.kind() == Kind.CLICK)
                        .filter(fact ->
                                withBots || fact.numbers().getOrDefault(Column.IS_BOT, 0L) == 0)
                        .sorted(
                                Comparator.comparingLong((Fact f) -> f.recordId().high())
                                        .thenComparingLong(f -> f.recordId().low()))
                        .toList();
    }

    static List<Part> parts(List<Fact> facts, List<Day> days, boolean withBots) {
        var spread = new SpreadByHand(facts, withBots);
        var stated =
                facts.stream()
                        .filter(fact -> fact.kind() == Kind.COST)
                        .filter(fact -> "in_force".equals(fact.texts().get(Column.COST_STATE)))
                        .toList();
        stated.forEach(spread::state);
        days.forEach(day -> spread.day(day, stated));
        spread.clicks.forEach(spread::click);
        return spread.parts;
    }

    private void state(Fact stated) {
        var slice = slice(stated);
        boolean replaces = "replace".equals(stated.texts().get(Column.COST_MODE));
        long amount = stated.numbers().getOrDefault(Column.COST, 0L);
        var hit = hit(slice, from(stated), to(stated));
        share(hit, amount, added);
        if (replaces) {
            hit.forEach(click -> replaced.add(click.recordId()));
        }
        if (hit.isEmpty()) {
            alone(slice, from(stated), amount);
        }
    }

    private void day(Day day, List<Fact> stated) {
        var slice = Map.of(Column.CAMPAIGN, day.campaign());
        long from = day.from().toEpochMilli();
        var hit = hit(slice, from, day.to().toEpochMilli());
        share(hit, day.micros(), daily);
        boolean isCovered =
                stated.stream()
                        .anyMatch(s ->
                                slice(s).equals(slice)
                                        && "replace".equals(s.texts().get(Column.COST_MODE))
                                        && from(s) <= from
                                        && to(s) > from);
        if (hit.isEmpty() && !isCovered) {
            alone(slice, from, day.micros());
        }
    }

    private static long from(Fact stated) {
        return stated.numbers().getOrDefault(Column.COST_FROM, 0L);
    }

    private static long to(Fact stated) {
        return stated.numbers().getOrDefault(Column.COST_TO, 0L);
    }

    private static Map<Column, String> slice(Fact stated) {
        var slice = new HashMap<Column, String>();
        for (var word : stated.texts().getOrDefault(Column.COST_SHAPE, "").split(",", -1)) {
            var column = Column.ofWord(word).orElseThrow();
            slice.put(column, stated.texts().getOrDefault(column, ""));
        }
        return slice;
    }

    private List<Fact> hit(Map<Column, String> slice, long from, long to) {
        return clicks.stream()
                .filter(click -> click.at() >= from && click.at() < to)
                .filter(click ->
                        slice.entrySet().stream()
                                .allMatch(value ->
                                        click.texts()
                                                .getOrDefault(value.getKey(), "-")
                                                .equals(value.getValue())))
                .toList();
    }

    private static void share(List<Fact> hit, long amount, Map<RecordId, Long> into) {
        for (int i = 0; i < hit.size(); i++) {
            long part = amount / hit.size() + (i < amount % hit.size() ? 1 : 0);
            into.merge(hit.get(i).recordId(), part, Long::sum);
        }
    }

    private void alone(Map<Column, String> slice, long at, long amount) {
        if (amount > 0) {
            var place = new Fact.Builder();
            slice.forEach(place::text);
            parts.add(
                    new Part(
                            place.build(Kind.CLICK, new RecordId(0, 0), 0, 1, at),
                            BigDecimal.valueOf(amount, 6),
                            false));
        }
    }

    private void click(Fact click) {
        var id = click.recordId();
        if (!added.containsKey(id) && !daily.containsKey(id)) {
            return;
        }
        var own = click.numbers().get(Column.COST);
        long amount = added.getOrDefault(id, 0L);
        if (replaced.contains(id)) {
            amount -= own == null ? 0 : own;
        } else {
            amount += daily.getOrDefault(id, 0L);
        }
        parts.add(new Part(click, BigDecimal.valueOf(amount, 6), own == null));
    }
}
