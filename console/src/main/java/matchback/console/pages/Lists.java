package matchback.console.pages;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import matchback.console.api.PostbackSearch;
import matchback.console.pages.Filters.Choice;
import matchback.ledger.Fact.Kind;
import matchback.ledger.Outcome;
import matchback.model.Decision;
import matchback.model.FraudCheck;
import matchback.model.Reason;
import matchback.model.Status;
import matchback.model.catalog.Campaign;
import matchback.model.catalog.Sender;
import matchback.report.Item.ConversionItem;
import matchback.report.Item.PostbackItem;
import matchback.report.ListQuery;
import matchback.report.Page;

/// Builds the lists of conversions and postbacks.
final class Lists {
    static final String CURSOR = "cursor";
    static final String SEARCH = "q";

    /// Said of the sender, not of the single postback: it would stand in every row.
    static final Set<String> SENDERS_OWN = Set.of(Reason.UNSIGNED_SENDER.code());

    void conversions(Visit visit) {
        var texts = visit.texts();
        var filters =
                filters(
                        visit,
                        "/conversions",
                        choice(visit, "status", "word.status", statuses(visit)),
                        choice(
                                visit,
                                "campaign",
                                "word.campaign",
                                Options.all(visit, Campaign.class)),
                        choice(visit, "sender", "word.sender", Options.all(visit, Sender.class)),
                        choice(visit, "suspicion", "word.suspicion", suspicions(visit)));
        var page = new Page<ConversionItem>(List.of(), null);
        if (query(visit, Kind.CONVERSION, filters) instanceof ListQuery.Parsed.Valid(var query)) {
            page = visit.site().context().reports().conversions(query);
        }
        visit.show(
                visit.site()
                        .templates()
                        .conversions(
                                new ConversionsPage(
                                        visit.frame(
                                                texts.of("nav.conversions"), Section.CONVERSIONS),
                                        filters,
                                        page.items().stream()
                                                .map(item -> conversion(visit, item))
                                                .toList(),
                                        nothing(visit, filters, "conversions.none"),
                                        pager(visit, page))));
    }

    static ConversionRow conversion(Visit visit, ConversionItem item) {
        var names = new Names(visit.catalog());
        return new ConversionRow(
                item.conversionId(),
                visit.formats().when(item.at().toEpochMilli()),
                names.campaign(item.campaign()),
                "/campaigns/" + item.campaign(),
                names.offer(item.offer()),
                names.source(item.source()),
                names.sender(item.sender()),
                item.event(),
                item.status(),
                visit.formats().cash(item.payout(), item.currency()),
                item.txid(),
                item.feed(),
                item.clickId(),
                item.doubt().checks(),
                visit.formats().sentence(item.doubt().evidence()));
    }

    /// Words of the checks to choose from, and any of them.
    static List<Option> suspicions(Visit visit) {
        return Stream.concat(
                        Stream.of(Option.of(ListQuery.ANY, visit.texts().of("validation.any"))),
                        Arrays.stream(FraudCheck.values())
                                .map(check ->
                                        Option.of(
                                                check.word(),
                                                visit.texts().of("check." + check.word()))))
                .toList();
    }

    void postbacks(Visit visit) {
        var texts = visit.texts();
        var decisions =
                Arrays.stream(Decision.values())
                        .map(d -> Option.of(d.word(), texts.of("word." + d.word())))
                        .toList();
        var reasons =
                Arrays.stream(Reason.values())
                        .filter(reason -> !reason.isWarning())
                        .map(reason -> Option.of(reason.code(), reason.code()))
                        .sorted((a, b) -> a.value().compareTo(b.value()))
                        .toList();
        var senders = new ArrayList<>(Options.all(visit, Sender.class));
        senders.add(Option.of("-", texts.of("postback.sender_unknown")));
        var filters =
                filters(
                        visit,
                        "/postbacks",
                        choice(visit, "decision", "word.decision", decisions),
                        choice(visit, "reason", "word.reason", reasons),
                        choice(visit, "sender", "word.sender", senders));
        var page = new Page<PostbackItem>(List.of(), null);
        if (query(visit, Kind.POSTBACK, filters) instanceof ListQuery.Parsed.Valid(var query)) {
            page = new PostbackSearch(visit.site().context()).page(query);
        }
        visit.show(
                visit.site()
                        .templates()
                        .postbacks(
                                new PostbacksPage(
                                        visit.frame(texts.of("nav.postbacks"), Section.POSTBACKS),
                                        filters,
                                        page.items().stream()
                                                .map(item -> postback(visit, item))
                                                .toList(),
                                        nothing(visit, filters, "postbacks.none"),
                                        pager(visit, page))));
    }

    static PostbackRow postback(Visit visit, PostbackItem item) {
        var detail = visit.formats().sentence(item.detail());
        return new PostbackRow(
                visit.formats().when(item.at().toEpochMilli()),
                "/postbacks/" + item.recordId(),
                item.decision(),
                item.reason(),
                Reason.ofCode(item.reason())
                        .map(reason -> Outcome.message(reason, detail))
                        .orElse(detail),
                item.warnings().stream().filter(code -> !SENDERS_OWN.contains(code)).toList(),
                new Names(visit.catalog()).sender(item.sender()),
                item.event(),
                item.txid(),
                visit.formats().cash(item.payout(), item.currency()),
                item.clickId());
    }

    private static List<Option> statuses(Visit visit) {
        return Arrays.stream(Status.values())
                .map(s -> Option.of(s.word(), visit.texts().of("word." + s.word())))
                .toList();
    }

    static Choice choice(Visit visit, String name, String key, List<Option> options) {
        return new Choice(name, visit.texts().of(key), visit.param(name), options);
    }

    static Filters filters(Visit visit, String path, Choice... choices) {
        return filters(visit, path, List.of(choices), List.of());
    }

    static Filters filters(
            Visit visit, String path, List<Choice> choices, List<Filters.Typed> typed) {
        var texts = visit.texts();
        boolean filtered =
                !visit.param(SEARCH).isEmpty()
                        || choices.stream().anyMatch(choice -> !choice.value().isEmpty())
                        || typed.stream().anyMatch(text -> !text.value().isEmpty());
        return new Filters(
                path,
                texts.of("filter.search"),
                texts.of("filter.search_hint"),
                visit.param(SEARCH),
                choices,
                typed,
                filtered);
    }

    private static ListQuery.Parsed query(Visit visit, Kind kind, Filters filters) {
        return query(visit, kind, filters, Map.of());
    }

    /// @param fixed filters that the page sets itself
    static ListQuery.Parsed query(
            Visit visit, Kind kind, Filters filters, Map<String, String> fixed) {
        var values = new LinkedHashMap<>(fixed);
        Stream.concat(
                        Stream.of(SEARCH, CURSOR, "from", "to"),
                        filters.choices().stream().map(Choice::name))
                .forEach(name -> values.put(name, visit.param(name)));
        values.put("tz", visit.formats().zone().getId());
        return ListQuery.parse(kind, values);
    }

    static Nothing nothing(Visit visit, Filters filters, String key) {
        var texts = visit.texts();
        if (filters.isFiltered() || !visit.param(CURSOR).isEmpty()) {
            return new Nothing(
                    texts.of("filter.none"),
                    texts.of("filter.none_text"),
                    "",
                    filters.path(),
                    texts.of("filter.clear"));
        }
        return new Nothing(texts.of(key), texts.of(key + "_text"), Advice.postback(visit), "", "");
    }

    static Pager pager(Visit visit, Page<?> page) {
        var next = page.next();
        return new Pager(
                visit.param(CURSOR).isEmpty() ? "" : visit.with(Map.of(CURSOR, "")),
                next == null ? "" : visit.with(Map.of(CURSOR, next)));
    }
}
