package matchback.console.api;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import matchback.console.ConsoleContext;
import matchback.ledger.Event.DeliveryAsked;
import matchback.ledger.Event.Wish;
import matchback.ledger.Fact;
import matchback.ledger.state.DeadLetters;
import matchback.ledger.state.DeliveryState.Progress;
import matchback.ledger.state.SubjectState;
import matchback.model.RecordIds;
import matchback.model.Subject;
import matchback.report.Item.DeliveryItem;
import matchback.report.ListQuery;
import matchback.report.Problem;
import org.jspecify.annotations.Nullable;

/// Sends dead letters again: one, or those of a destination that fit a filter.
public final class Resend {
    /// Dead letters that are looked at in one call.
    public static final int ITEMS_MAX = 50_000;

    /// So many reasons are told apart.
    private static final int REASONS_MAX = 20;

    private final ConsoleContext context;
    private final RecordIds ids;

    /// Which dead letters of one destination.
    ///
    /// @param query for the list of them
    /// @param values that the query was read from
    public record Filter(ListQuery query, Map<String, String> values) {}

    /// What was read of a filter.
    public sealed interface Read {
        record Valid(Filter filter) implements Read {}

        record Invalid(List<Problem> problems) implements Read {}
    }

    /// What became of a dead letter.
    public enum Result {
        RESENT,
        /// Its destination was told since what became of the conversion: it must not hear the old
        /// news last.
        SUPERSEDED,
        /// It is no dead letter, or there is no such delivery.
        NOT_DEAD
    }

    /// @param matched dead letters that fit
    /// @param resent in a dry run: would be
    /// @param left dead letters that fit and were not looked at
    /// @param reasons why the matched ones are dead, the most frequent first
    public record Done(
            int matched, int resent, int superseded, long left, List<DeadReasons.Reason> reasons) {
        public Done {
            reasons = List.copyOf(reasons);
        }
    }

    public Resend(ConsoleContext context) {
        this.context = context;
        this.ids = new RecordIds(context.clock(), context.random());
    }

    /// @param address of the destination
    /// @param given `from`, `to` and `tz`, when the deliveries were made, and `httpStatus` and
    ///   `note` of the last answer; each as far as it is given
    public static Read filter(String address, Map<String, String> given) {
        var values = new HashMap<>(given);
        values.put("destination", address);
        values.put("state", Progress.DEAD.word());
        values.put("sort", "at");
        values.put("limit", Integer.toString(ListQuery.LIMIT_MAX));
        return switch (ListQuery.parse(Fact.Kind.DELIVERY, values)) {
            case ListQuery.Parsed.Valid(var query) -> new Read.Valid(new Filter(query, values));
            case ListQuery.Parsed.Invalid(var problems) -> new Read.Invalid(problems);
        };
    }

    /// @param by who wants it
    public Done run(Filter filter, boolean isDry, String by) {
        long all = context.reports().count(filter.query());
        long seen = 0;
        var counts = new EnumMap<Result, Integer>(Result.class);
        var reasons = new DeadReasons();
        Optional<ListQuery> next = Optional.of(filter.query());
        while (next.isPresent() && seen < ITEMS_MAX) {
            var page = context.reports().deliveries(next.get());
            seen += page.items().size();
            var letters = page.items();
            letters.forEach(reasons::add);
            var results = results(letters);
            if (!isDry) {
                resend(letters, results, by);
            }
            results.forEach(result -> counts.merge(result, 1, Integer::sum));
            next = after(filter, page.next());
        }
        int resent = counts.getOrDefault(Result.RESENT, 0);
        int superseded = counts.getOrDefault(Result.SUPERSEDED, 0);
        return new Done(
                resent + superseded,
                resent,
                superseded,
                Math.max(0, all - seen),
                reasons.frequent(REASONS_MAX));
    }

    private static Optional<ListQuery> after(Filter filter, @Nullable String cursor) {
        if (cursor == null) {
            return Optional.empty();
        }
        var values = new HashMap<>(filter.values());
        values.put("cursor", cursor);
        return ListQuery.parse(Fact.Kind.DELIVERY, values)
                        instanceof ListQuery.Parsed.Valid(var query)
                ? Optional.of(query)
                : Optional.empty();
    }

    private void resend(List<DeliveryItem> letters, List<Result> results, String by) {
        var asked = new ArrayList<CompletableFuture<?>>();
        for (int i = 0; i < letters.size(); i++) {
            if (results.get(i) == Result.RESENT) {
                asked.add(ask(subject(letters.get(i)), letters.get(i).number(), by));
            }
        }
        asked.forEach(CompletableFuture::join);
    }

    private List<Result> results(List<DeliveryItem> letters) {
        try (var snapshot = context.ledger().snapshot()) {
            return letters.stream()
                    .map(letter -> {
                        var subject = subject(letter);
                        return result(
                                new SubjectState(snapshot.state(subject), subject),
                                letter.number());
                    })
                    .toList();
        }
    }

    private static Subject subject(DeliveryItem letter) {
        return letter.clickId().isEmpty()
                ? Subject.record(letter.recordId())
                : new Subject(letter.clickId());
    }

    private static Result result(SubjectState state, int number) {
        if (DeadLetters.resendable(state, number).isPresent()) {
            return Result.RESENT;
        }
        return state.delivery(number).filter(d -> d.progress() == Progress.DEAD).isPresent()
                ? Result.SUPERSEDED
                : Result.NOT_DEAD;
    }

    /// Sends one dead letter again.
    ///
    /// @param by who wants it
    public Result one(Subject subject, int number, String by) {
        Result before;
        try (var snapshot = context.ledger().snapshot()) {
            before = result(new SubjectState(snapshot.state(subject), subject), number);
        }
        if (before == Result.RESENT) {
            ask(subject, number, by).join();
        }
        return before;
    }

    private CompletableFuture<?> ask(Subject subject, int number, String by) {
        return context.ledger()
                .submit(
                        new DeliveryAsked(
                                ids.next(),
                                context.clock().millis(),
                                context.ledger().catalog().version(),
                                subject,
                                Wish.RESEND,
                                number,
                                "",
                                by),
                        null);
    }
}
