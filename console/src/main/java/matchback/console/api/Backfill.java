package matchback.console.api;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import matchback.console.ConsoleContext;
import matchback.ledger.Event.DeliveryAsked;
import matchback.ledger.Event.Wish;
import matchback.ledger.Fact;
import matchback.ledger.Snapshot;
import matchback.ledger.state.ClickState;
import matchback.ledger.state.ConversionState;
import matchback.ledger.state.SubjectState;
import matchback.model.RecordIds;
import matchback.model.Subject;
import matchback.model.catalog.Destination;
import matchback.model.catalog.Silence;
import matchback.report.Item.ConversionItem;
import matchback.report.ListQuery;
import matchback.report.Problem;
import org.jspecify.annotations.Nullable;

/// Tells a destination of conversions that were counted before it was there. Whatever it was told
/// of already is left alone, so it can be run twice.
public final class Backfill {
    /// Conversions that are looked at in one call.
    public static final int ITEMS_MAX = 20_000;

    private final ConsoleContext context;
    private final RecordIds ids;

    /// What was read of a period.
    public sealed interface Read {
        /// @param values that the query was read from
        record Valid(ListQuery query, Map<String, String> values) implements Read {}

        record Invalid(List<Problem> problems) implements Read {}
    }

    /// @param matched conversions of the period that were looked at
    /// @param told in a dry run: would be
    /// @param untold why the others are not, the most frequent first
    /// @param next cursor at which the next call goes on; null when this was the last
    public record Done(int matched, int told, List<Untold> untold, @Nullable String next) {
        public Done {
            untold = List.copyOf(untold);
        }
    }

    /// @param why `told` when it was told already, `hopeless` when the destination would refuse it,
    ///   `gone` when the conversion is no longer known, or a word of [Silence]
    /// @param message of the first of them
    public record Untold(String why, String message, int count) {}

    /// Counts reasons, each with the first message as an example.
    private static final class Tally {
        private final Map<String, String> messages = new HashMap<>();
        private final Map<String, Integer> counts = new HashMap<>();

        void add(String why, String message) {
            messages.putIfAbsent(why, message);
            counts.merge(why, 1, Integer::sum);
        }

        List<Untold> frequent() {
            return counts.entrySet().stream()
                    .map(entry ->
                            new Untold(
                                    entry.getKey(),
                                    messages.getOrDefault(entry.getKey(), ""),
                                    entry.getValue()))
                    .sorted(Comparator.comparingInt(Untold::count).reversed())
                    .toList();
        }
    }

    /// A conversion that can be told.
    private record Fit(Subject subject, int conversion) {}

    public Backfill(ConsoleContext context) {
        this.context = context;
        this.ids = new RecordIds(context.clock(), context.random());
    }

    /// @param period `from`, `to`, `tz` and `cursor`, as far as they are given: when conversions
    ///   were first reported
    public static Read period(Map<String, String> period) {
        var values = new HashMap<>(period);
        values.put("sort", "at");
        values.put("limit", Integer.toString(ListQuery.LIMIT_MAX));
        return switch (ListQuery.parse(Fact.Kind.CONVERSION, values)) {
            case ListQuery.Parsed.Valid(var query) -> new Read.Valid(query, values);
            case ListQuery.Parsed.Invalid(var problems) -> new Read.Invalid(problems);
        };
    }

    /// @param by who wants it
    public Done run(Destination destination, Read.Valid period, boolean isDry, String by) {
        int matched = 0;
        int told = 0;
        var untold = new Tally();
        String next = null;
        Optional<ListQuery> query = Optional.of(period.query());
        while (query.isPresent() && matched < ITEMS_MAX) {
            var page = context.reports().conversions(query.get());
            var fits = fits(destination, page.items(), untold);
            if (!isDry) {
                tell(destination, fits, by);
            }
            matched += page.items().size();
            told += fits.size();
            next = page.next();
            query = after(period, next);
        }
        return new Done(matched, told, untold.frequent(), next);
    }

    private static Optional<ListQuery> after(Read.Valid period, @Nullable String cursor) {
        if (cursor == null) {
            return Optional.empty();
        }
        var values = new HashMap<>(period.values());
        values.put("cursor", cursor);
        return period(values) instanceof Read.Valid(var query, _)
                ? Optional.of(query)
                : Optional.empty();
    }

    private List<Fit> fits(Destination destination, List<ConversionItem> items, Tally untold) {
        var fits = new ArrayList<Fit>();
        try (var snapshot = context.ledger().snapshot()) {
            for (var item : items) {
                if (item.clickId().isEmpty()) {
                    untold.add("no_click", "it has no click: Apple reports none");
                    continue;
                }
                var subject = new Subject(item.clickId());
                var state = new SubjectState(snapshot.state(subject), subject);
                var conversion =
                        state.conversions().stream()
                                .filter(made -> made.id().equals(item.conversionId()))
                                .findFirst();
                var click = state.click();
                if (conversion.isEmpty() || click.isEmpty()) {
                    untold.add("gone", "the conversion is no longer known");
                } else if (!state.deliveries(conversion.get().number(), destination.address())
                        .isEmpty()) {
                    untold.add("told", "it was told already");
                } else if (isFit(destination, click.get(), conversion.get(), untold)
                        && isTaken(destination, snapshot, subject, conversion.get(), untold)) {
                    fits.add(new Fit(subject, conversion.get().number()));
                }
            }
        }
        return fits;
    }

    private static boolean isFit(
            Destination destination, ClickState click, ConversionState conversion, Tally untold) {
        var candidate = conversion.candidate(click);
        var moment = Destination.momentOf(conversion.status());
        var silence = Silence.of(destination, candidate, moment, false);
        silence.ifPresent(
                why -> untold.add(why.code(), why.sentence(destination, candidate, moment)));
        return silence.isEmpty();
    }

    private boolean isTaken(
            Destination destination,
            Snapshot snapshot,
            Subject subject,
            ConversionState conversion,
            Tally untold) {
        var hopeless = context.desk().hopeless(destination, snapshot, subject, conversion.number());
        hopeless.ifPresent(note -> untold.add("hopeless", note));
        return hopeless.isEmpty();
    }

    private void tell(Destination destination, List<Fit> fits, String by) {
        var asked = new ArrayList<CompletableFuture<?>>();
        for (var fit : fits) {
            asked.add(
                    context.ledger()
                            .submit(
                                    new DeliveryAsked(
                                            ids.next(),
                                            context.clock().millis(),
                                            context.ledger().catalog().version(),
                                            fit.subject(),
                                            Wish.TELL,
                                            fit.conversion(),
                                            destination.address(),
                                            by),
                                    null));
        }
        asked.forEach(CompletableFuture::join);
    }
}
