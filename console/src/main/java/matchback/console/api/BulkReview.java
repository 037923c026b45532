package matchback.console.api;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import matchback.console.ConsoleContext;
import matchback.console.api.Reviews.Result;
import matchback.console.api.Reviews.Word;
import matchback.ledger.Fact;
import matchback.ledger.Verdict;
import matchback.model.Reason;
import matchback.model.Subject;
import matchback.report.Item.PostbackItem;
import matchback.report.ListQuery;
import matchback.report.Problem;

/// One verdict on all held postbacks of a filter, oldest first, so many at a time.
public final class BulkReview {
    /// Postbacks taken in one call.
    public static final int ITEMS_MAX = 1000;

    private final ConsoleContext context;
    private final Reviews reviews;

    /// @param matched how many held postbacks fit the filter
    /// @param items those that were taken, at most [#ITEMS_MAX]
    public record Done(long matched, List<Item> items) {
        public long count(State state) {
            return items.stream().filter(item -> item.state() == state).count();
        }

        /// Postbacks that fit and wait for the next call.
        public long left() {
            return Math.max(0, matched - items.size());
        }
    }

    /// @param reason the one it was held for, or the new one when it was decided
    /// @param message what keeps it held; empty otherwise
    public record Item(PostbackItem postback, State state, String reason, String message) {}

    public enum State {
        /// In a dry run: it would be decided.
        READY,
        /// In a dry run: it would stay held unless the catalog has learnt what was missing.
        NEEDS_VALUE,
        DECIDED,
        /// Something must be known first.
        STILL_HELD,
        /// Somebody else decided it in the meantime.
        NOT_HELD
    }

    /// What was asked, or what is wrong with the filter.
    public sealed interface Filter {
        /// @param values that the question was read from
        record Valid(ListQuery query, Map<String, String> values) implements Filter {
            public Valid {
                values = Map.copyOf(values);
            }
        }

        record Invalid(List<Problem> problems) implements Filter {}
    }

    public BulkReview(ConsoleContext context) {
        this.context = context;
        this.reviews = new Reviews(context);
    }

    /// @param values of a list of postbacks: reason, sender, campaign, from, to, tz, q
    public static Filter filter(Map<String, String> values) {
        var all = new HashMap<>(values);
        all.put("decision", "held");
        all.put("sort", "at");
        all.put("limit", Integer.toString(ListQuery.LIMIT_MAX));
        return switch (ListQuery.parse(Fact.Kind.POSTBACK, all)) {
            case ListQuery.Parsed.Valid(var query) -> new Filter.Valid(query, all);
            case ListQuery.Parsed.Invalid(var problems) -> new Filter.Invalid(problems);
        };
    }

    /// How many held postbacks fit.
    public long count(Filter.Valid filter) {
        return context.reports().count(filter.query());
    }

    public Done run(Filter.Valid filter, Word word, boolean isDry) {
        long matched = count(filter);
        var items = new ArrayList<Item>();
        for (var postback : found(filter)) {
            items.add(isDry ? preview(postback, word) : review(postback, word));
        }
        return new Done(matched, List.copyOf(items));
    }

    /// Read whole before the first is decided: what is decided leaves the list.
    private List<PostbackItem> found(Filter.Valid first) {
        var page = context.reports().postbacks(first.query());
        var found = new ArrayList<>(page.items());
        var next = page.next();
        while (next != null && found.size() < ITEMS_MAX) {
            var values = new HashMap<>(first.values());
            values.put("cursor", next);
            next = null;
            if (filter(values) instanceof Filter.Valid(var query, _)) {
                page = context.reports().postbacks(query);
                found.addAll(page.items());
                next = page.next();
            }
        }
        return found.subList(0, Math.min(found.size(), ITEMS_MAX));
    }

    private static Item preview(PostbackItem postback, Word word) {
        var reason = Reason.ofCode(postback.reason());
        var missing =
                word.verdict() == Verdict.REJECT
                        ? Optional.<String>empty()
                        : reason.flatMap(Reviews::needed).filter(field -> !names(word, field));
        return missing.isEmpty()
                ? new Item(postback, State.READY, postback.reason(), "")
                : new Item(
                        postback,
                        State.NEEDS_VALUE,
                        postback.reason(),
                        "Unless the catalog knows it by now, its "
                                + missing.get()
                                + " must be named.");
    }

    private static boolean names(Word word, String field) {
        var correction = word.correction();
        return switch (field) {
            case "status" -> correction.status() != null;
            case "event" -> !correction.eventType().isEmpty();
            case "currency" -> !correction.currency().isEmpty();
            case "payout" -> correction.payoutMicros() != null;
            default -> true;
        };
    }

    private Item review(PostbackItem postback, Word word) {
        var subject =
                postback.clickId().isEmpty()
                        ? Subject.record(postback.recordId())
                        : new Subject(postback.clickId());
        return switch (reviews.review(subject, postback.recordId(), word)) {
            case Result.Decided(var report) ->
                    new Item(postback, State.DECIDED, report.outcome().reason().code(), "");
            case Result.StillHeld still ->
                    new Item(
                            postback,
                            State.STILL_HELD,
                            still.report().outcome().reason().code(),
                            still.message());
            case Result.NotHeld(var report) ->
                    new Item(postback, State.NOT_HELD, report.outcome().reason().code(), "");
            case Result.Missing() -> new Item(postback, State.NOT_HELD, postback.reason(), "");
        };
    }
}
