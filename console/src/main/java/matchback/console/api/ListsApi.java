package matchback.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Function;
import matchback.console.ConsoleContext;
import matchback.ledger.Fact;
import matchback.model.RecordId;
import matchback.report.ListQuery;
import matchback.report.Page;
import matchback.report.Problem;

/// Lists of what happened, from the columns, and one postback in full, from the ledger.
final class ListsApi {
    private static final String GROUP = "what happened";

    private final ConsoleContext context;

    ListsApi(ConsoleContext context) {
        this.context = context;
    }

    List<Operation> operations() {
        var reports = context.reports();
        return List.of(
                list(
                        "postbacks",
                        "Postback",
                        call ->
                                page(
                                        call,
                                        Fact.Kind.POSTBACK,
                                        new PostbackSearch(context)::page,
                                        ListJson::postback)),
                list(
                        "conversions",
                        "Conversion",
                        call ->
                                page(
                                        call,
                                        Fact.Kind.CONVERSION,
                                        reports::conversions,
                                        ListJson::conversion)),
                list(
                                "deliveries",
                                "Delivery",
                                call ->
                                        page(
                                                call,
                                                Fact.Kind.DELIVERY,
                                                reports::deliveries,
                                                ListJson::delivery))
                        .query("httpStatus", Schema.integer("Of the last answer; 0: none", 0, 599))
                        .query("note", Schema.text("A part of the last answer")),
                list(
                        "clicks",
                        "ClickItem",
                        call -> page(call, Fact.Kind.CLICK, reports::clicks, ListJson::click)),
                Operation.get(
                                CatalogApi.ROOT + "postbacks/{recordId}",
                                "showPostback",
                                GROUP,
                                "One postback, what was decided and why, with the raw request",
                                this::postback)
                        .query(
                                "clickId",
                                Schema.text("Its click, for a postback of this very moment"))
                        .answers(200, "PostbackStory"));
    }

    private static Operation list(String path, String item, Function<Call, Answer> endpoint) {
        var name = item + "List";
        return Operation.get(
                        CatalogApi.ROOT + path,
                        "list"
                                + path.substring(0, 1).toUpperCase(java.util.Locale.ROOT)
                                + path.substring(1),
                        GROUP,
                        "List " + path + "; any text column filters by its name",
                        endpoint)
                .query("from", Schema.text("Date or time, inclusive"))
                .query("to", Schema.text("Date or time, exclusive"))
                .query("tz", Schema.text("Zone of dates and times that name none"))
                .query(
                        "q",
                        Schema.text(
                                "A click id, txid, conversion id, record id or external id, or how"
                                        + " one begins, from 8 characters on"))
                .query("recordId", Schema.text("Only what this record made"))
                .query("campaign", Schema.text("Key of a campaign; likewise source, offer ..."))
                .query("sort", Schema.text("at, -at, or a column that can be sorted by"))
                .query("limit", Schema.integer("Items at most", 1, ListQuery.LIMIT_MAX))
                .query("cursor", Schema.text("As the page before gave it in next"))
                .anyQuery()
                .answers(200, name);
    }

    private <T> Answer page(
            Call call,
            Fact.Kind kind,
            Function<ListQuery, Page<T>> ask,
            Function<T, ObjectNode> json) {
        return switch (ListQuery.parse(kind, call.query())) {
            case ListQuery.Parsed.Invalid(var problems) ->
                    Operation.badQuery(fieldProblems(problems));
            case ListQuery.Parsed.Valid(var query) -> {
                var page = ask.apply(query);
                var node = Json.object();
                var items = node.putArray("items");
                page.items().forEach(item -> items.add(json.apply(item)));
                yield Answer.json(node.put("next", page.next()));
            }
        };
    }

    static List<FieldProblem> fieldProblems(List<Problem> problems) {
        return problems.stream()
                .map(problem -> new FieldProblem(problem.parameter(), problem.message()))
                .toList();
    }

    private Answer postback(Call call) {
        var text = call.path("recordId");
        var recordId = RecordId.parse(text);
        if (recordId.isEmpty()) {
            return Answer.notFound("A record id has 32 hexadecimal digits");
        }
        return new PostbackFinder(context)
                .find(recordId.get(), call.query("clickId"))
                .map(found -> Answer.json(StoryJson.postback(found.story())))
                .orElseGet(() -> Answer.notFound("There is no postback " + text));
    }
}
