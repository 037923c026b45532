package matchback.console.api;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import matchback.console.ConsoleContext;
import matchback.ledger.Column;
import matchback.ledger.Fact;
import matchback.ledger.state.ReportState;
import matchback.ledger.state.SubjectState;
import matchback.model.ClickIds;
import matchback.model.Reason;
import matchback.model.RecordId;
import matchback.model.Status;
import matchback.model.Subject;
import matchback.model.trace.StepKind;
import matchback.report.Item.PostbackItem;
import matchback.report.ListQuery;
import matchback.report.Page;
import matchback.report.RecordIdRange;

/// The list of postbacks. A search for a record or click id also finds what the columns do not have
/// yet: whoever has an answer at hand finds its postback at once.
public final class PostbackSearch {
    private static final int FRESH_MAX = 50;

    private final ConsoleContext context;

    public PostbackSearch(ConsoleContext context) {
        this.context = context;
    }

    /// The newest postbacks of a sender, as far as the columns have them.
    public static List<RecordId> recent(ConsoleContext context, String sender, int max) {
        var query =
                new ListQuery(
                        Fact.Kind.POSTBACK,
                        null,
                        null,
                        Map.of(Column.SENDER, sender),
                        null,
                        "",
                        ListQuery.Sort.NEWEST_FIRST,
                        max,
                        null);
        return context.reports().postbacks(query).items().stream()
                .map(PostbackItem::recordId)
                .toList();
    }

    public Page<PostbackItem> page(ListQuery query) {
        var page = context.reports().postbacks(query);
        return isPlainSearch(query) ? withFresh(page, query) : page;
    }

    /// Other questions than a search alone are answered by the columns alone.
    private static boolean isPlainSearch(ListQuery query) {
        return !query.search().isEmpty()
                && query.filters().isEmpty()
                && query.recordId() == null
                && query.from() == null
                && query.to() == null
                && query.after() == null
                && query.sort().equals(ListQuery.Sort.NEWEST_FIRST);
    }

    private Page<PostbackItem> withFresh(Page<PostbackItem> page, ListQuery query) {
        var known = page.items().stream().map(PostbackItem::recordId).collect(Collectors.toSet());
        var fresh =
                found(query.search())
                        .filter(report -> !known.contains(report.recordId()))
                        .filter(report -> isNewer(report, page))
                        .map(PostbackSearch::item)
                        .toList();
        if (fresh.isEmpty()) {
            return page;
        }
        var items = new ArrayList<>(fresh);
        items.addAll(page.items());
        return new Page<>(items, page.next());
    }

    /// What is older stands on a later page.
    private static boolean isNewer(ReportState report, Page<PostbackItem> page) {
        return page.next() == null
                || report.receivedAt() >= page.items().getFirst().at().toEpochMilli();
    }

    private Stream<ReportState> found(String search) {
        var finder = new PostbackFinder(context);
        var byRecord =
                ids(search).stream()
                        .map(finder::find)
                        .flatMap(Optional::stream)
                        .map(found -> found.story().report());
        return Stream.concat(byRecord, ofClick(search))
                .sorted((one, other) -> Long.compare(other.receivedAt(), one.receivedAt()))
                .distinct()
                .limit(FRESH_MAX);
    }

    private List<RecordId> ids(String search) {
        var range = RecordIdRange.ofPrefix(search);
        if (range.isEmpty()) {
            return List.of();
        }
        try (var snapshot = context.ledger().snapshot()) {
            return snapshot.postbacks(range.get().from(), range.get().to(), FRESH_MAX);
        }
    }

    private Stream<ReportState> ofClick(String search) {
        var id = ClickIds.canonical(search);
        if (!(context.ids().read(id, context.clock().millis())
                instanceof ClickIds.Reading.Authentic(var click))) {
            return Stream.empty();
        }
        var subject = Subject.click(click);
        try (var snapshot = context.ledger().snapshot()) {
            return new SubjectState(snapshot.state(subject), subject).reports().stream();
        }
    }

    private static PostbackItem item(ReportState report) {
        var outcome = report.outcome();
        var payout = outcome.payout();
        return new PostbackItem(
                report.recordId(),
                Instant.ofEpochMilli(report.receivedAt()),
                outcome.reason().decision().word(),
                outcome.reason().code(),
                outcome.warnings().stream().map(Reason::code).toList(),
                outcome.detail(),
                report.sender(),
                report.feed().word(),
                outcome.clickId(),
                outcome.conversionId(),
                outcome.campaign(),
                outcome.source(),
                "",
                outcome.event(),
                Optional.ofNullable(outcome.status()).map(Status::word).orElse(""),
                txid(report),
                payout == null ? null : new BigDecimal(payout.plain()),
                payout == null ? "" : payout.currency());
    }

    private static String txid(ReportState report) {
        return report.outcome().steps().stream()
                .filter(step -> step.kind() == StepKind.TXID_READ)
                .findFirst()
                .map(step -> step.value("value"))
                .orElse("");
    }
}
