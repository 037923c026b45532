package matchback.deliver;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import matchback.deliver.Consignment.Load;
import matchback.ledger.Event.AttemptResult;

/// What follows from an answer for each delivery of a request.
///
/// @param ends those it says something about
/// @param again those that are sent once more at once, no try burnt
record Sorting(List<End> ends, List<Consignment> again) {
    record End(Load load, Verdict verdict) {}

    static Sorting of(Consignment sent, Judgement judgement) {
        return switch (judgement) {
            case Judgement.All(var verdict) -> all(sent, verdict);
            case Judgement.Each(var verdicts) -> each(sent, verdicts);
            case Judgement.Without without -> without(sent, without);
            case Judgement.Halve(var ofOne) ->
                    sent.loads().size() == 1
                            ? all(sent, ofOne)
                            : new Sorting(List.of(), sent.halves());
        };
    }

    /// How many it took.
    int delivered() {
        return (int)
                ends.stream()
                        .filter(end -> end.verdict().result() == AttemptResult.DELIVERED)
                        .count();
    }

    /// What it says about the destination: one verdict for each sign, the gravest last. Who names
    /// the deliveries it does not like is alive.
    List<Verdict> signs() {
        var bySign = new EnumMap<Verdict.Sign, Verdict>(Verdict.Sign.class);
        for (var end : ends) {
            bySign.putIfAbsent(end.verdict().sign(), end.verdict());
        }
        if (!again.isEmpty()) {
            bySign.putIfAbsent(Verdict.Sign.ALIVE, Verdict.ALIVE);
        }
        return List.copyOf(bySign.values());
    }

    static Sorting all(Consignment sent, Verdict verdict) {
        return new Sorting(
                sent.loads().stream().map(load -> new End(load, verdict)).toList(), List.of());
    }

    private static Sorting each(Consignment sent, List<Verdict> verdicts) {
        if (verdicts.size() != sent.loads().size()) {
            throw new IllegalArgumentException(
                    verdicts.size() + " verdicts on " + sent.loads().size() + " parcels");
        }
        var ends = new ArrayList<End>();
        for (int i = 0; i < verdicts.size(); i++) {
            ends.add(new End(sent.loads().get(i), verdicts.get(i)));
        }
        return new Sorting(ends, List.of());
    }

    private static Sorting without(Consignment sent, Judgement.Without without) {
        var ends = new ArrayList<End>();
        var others = new ArrayList<Load>();
        for (int i = 0; i < sent.loads().size(); i++) {
            var load = sent.loads().get(i);
            var verdict = without.refused().get(i);
            if (verdict == null) {
                others.add(load);
            } else {
                ends.add(new End(load, verdict));
            }
        }
        if (ends.isEmpty()) {
            // It would be sent as it was, for ever.
            throw new IllegalArgumentException("refused because of none of its parcels");
        }
        return new Sorting(ends, others.isEmpty() ? List.of() : List.of(sent.of(others)));
    }
}
