package matchback.console.pages;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import matchback.ledger.Fact.Kind;
import matchback.model.catalog.Campaign;
import matchback.model.catalog.Offer;
import matchback.model.catalog.Permission;
import matchback.report.Item.ClickItem;
import matchback.report.Item.ConversionItem;
import matchback.report.Item.PostbackItem;
import matchback.report.ListQuery;

/// How far a campaign is on its way to the first conversion: the newest click, the newest
/// conversion, and what came from those who report them and was not counted.
///
/// @param campaign its key
/// @param clickId of the newest click; empty without one
/// @param conversionHref of the newest conversion's click; empty without one
/// @param troubles newest first
public record Waiting(
        String campaign,
        String tryIt,
        String clickId,
        When clickAt,
        String conversionHref,
        When conversionAt,
        Cash payout,
        List<PostbackRow> troubles) {

    /// Postbacks of earlier days say nothing about the one that is tried now.
    private static final Duration LOOKED_BACK = Duration.ofHours(1);

    private static final int TROUBLES_MAX = 3;
    private static final List<String> UNCOUNTED = List.of("refused", "held", "duplicate");

    public boolean hasClick() {
        return !clickId.isEmpty();
    }

    public boolean isDone() {
        return !conversionHref.isEmpty();
    }

    /// What it is called, and what is read out when it changes.
    public String announce(Texts texts) {
        return texts.of(
                isDone() ? "waiting.done" : hasClick() ? "waiting.clicked" : "waiting.nothing");
    }

    static Waiting of(Visit visit, Campaign campaign) {
        var reports = visit.site().context().reports();
        var click =
                reports
                        .clicks(query(Kind.CLICK, 1, Map.of("campaign", campaign.key())))
                        .items()
                        .stream()
                        .findFirst();
        var conversion =
                reports
                        .conversions(query(Kind.CONVERSION, 1, Map.of("campaign", campaign.key())))
                        .items()
                        .stream()
                        .findFirst();
        return new Waiting(
                campaign.key(),
                Advice.click(visit, campaign),
                click.map(ClickItem::clickId).orElse(""),
                click.map(item -> visit.formats().when(item.at().toEpochMilli())).orElse(When.NONE),
                conversion.map(item -> "/clicks/" + Visit.encode(item.clickId())).orElse(""),
                conversion
                        .map(item -> visit.formats().when(item.at().toEpochMilli()))
                        .orElse(When.NONE),
                conversion.map(item -> cash(visit, item)).orElse(Cash.NONE),
                conversion.isPresent()
                                || !visit.caller()
                                        .map(caller -> caller.may(Permission.LOGS))
                                        .orElse(false)
                        ? List.of()
                        : troubles(visit, campaign));
    }

    private static Cash cash(Visit visit, ConversionItem item) {
        return visit.formats().cash(item.payout(), item.currency());
    }

    /// Of all senders: a postback that names a wrong sender's address belongs here too.
    private static List<PostbackRow> troubles(Visit visit, Campaign campaign) {
        var senders =
                campaign.offerKeys().stream()
                        .flatMap(key ->
                                visit.catalog().offer(key).flatMap(Offer::senderKey).stream())
                        .toList();
        var from = visit.formats().now() - LOOKED_BACK.toMillis();
        return visit
                .site()
                .context()
                .reports()
                .postbacks(query(Kind.POSTBACK, 50, Map.of()))
                .items()
                .stream()
                .filter(item -> item.at().toEpochMilli() >= from)
                .filter(item -> UNCOUNTED.contains(item.decision()))
                .filter(item -> isMaybeOf(item, campaign, senders))
                .limit(TROUBLES_MAX)
                .map(item -> Lists.postback(visit, item))
                .toList();
    }

    /// One whose click was not found names no campaign.
    private static boolean isMaybeOf(PostbackItem item, Campaign campaign, List<String> senders) {
        return item.campaign().isEmpty()
                ? item.sender().isEmpty() || senders.contains(item.sender())
                : item.campaign().equals(campaign.key());
    }

    private static ListQuery query(Kind kind, int limit, Map<String, String> filters) {
        var values = new TreeMap<>(filters);
        values.put("limit", Integer.toString(limit));
        return switch (ListQuery.parse(kind, values)) {
            case ListQuery.Parsed.Valid(var query) -> query;
            case ListQuery.Parsed.Invalid(var problems) ->
                    throw new IllegalStateException(problems.toString());
        };
    }
}
