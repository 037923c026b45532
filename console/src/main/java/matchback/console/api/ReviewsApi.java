package matchback.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpMethod;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import matchback.console.ConsoleContext;
import matchback.console.api.BulkReview.Done;
import matchback.console.api.BulkReview.State;
import matchback.console.api.Reviews.Result;
import matchback.console.api.Reviews.Word;
import matchback.ledger.Verdict;
import matchback.model.RecordId;

/// What a person makes of held postbacks, one by one or by filter. They are listed by `GET
/// /api/v1/postbacks?decision=held`.
final class ReviewsApi {
    private static final String GROUP = "review of held postbacks";
    private static final int FILTER_CHARS_MAX = 200;
    private static final Set<String> FILTERS =
            Set.of("reason", "sender", "campaign", "from", "to", "tz");

    private final ConsoleContext context;
    private final Reviews reviews;

    ReviewsApi(ConsoleContext context) {
        this.context = context;
        this.reviews = new Reviews(context);
    }

    List<Operation> operations() {
        return List.of(
                Operation.of(
                                HttpMethod.POST,
                                CatalogApi.ROOT + "postbacks/{recordId}/review",
                                "reviewPostback",
                                GROUP,
                                "Approve or reject a held postback",
                                call -> CatalogApi.withBody(call, body -> review(call, body)))
                        .query(
                                "clickId",
                                Schema.text("Its click, for a postback of this very moment"))
                        .request("Review")
                        .answers(200, "PostbackStory"),
                Operation.of(
                                HttpMethod.POST,
                                CatalogApi.ROOT + "reviews",
                                "reviewPostbacks",
                                GROUP,
                                "Approve or reject the held postbacks of a filter, at most "
                                        + BulkReview.ITEMS_MAX
                                        + " a call",
                                call -> CatalogApi.withBody(call, body -> reviewAll(call, body)))
                        .request("BulkReview")
                        .answers(200, "BulkReviewDone"));
    }

    static Map<String, ObjectNode> schemas() {
        var schemas = new TreeMap<String, ObjectNode>();
        var filters =
                FILTERS.stream()
                        .sorted()
                        .map(name ->
                                FieldSpec.optional(
                                        name, Schema.text("As in the list of postbacks")))
                        .toList();
        schemas.put("ReviewFilter", Schema.object("Which held postbacks", filters));
        schemas.put("Review", ReviewForm.schema());
        schemas.put("BulkReview", ReviewForm.bulkSchema(Schema.ref("ReviewFilter")));
        return schemas;
    }

    private Answer review(Call call, ObjectNode body) {
        var recordId = RecordId.parse(call.path("recordId"));
        var found =
                recordId.flatMap(id -> new PostbackFinder(context).find(id, call.query("clickId")));
        if (recordId.isEmpty() || found.isEmpty()) {
            return Answer.notFound("There is no postback " + call.path("recordId"));
        }
        var read = ReviewForm.read(body, call.by());
        if (!read.problems().isEmpty()) {
            return Answer.invalid(read.problems());
        }
        var subject = found.get().subject();
        return switch (reviews.review(subject, recordId.get(), read.word())) {
            case Result.Decided _ ->
                    ClickStory.postback(context.ledger(), subject, recordId.get())
                            .map(story -> Answer.json(StoryJson.postback(story)))
                            .orElseGet(() -> Answer.notFound("It is gone"));
            case Result.NotHeld(var report) ->
                    Answer.problem(
                            409,
                            "not-held",
                            "The postback is not held",
                            "It is decided: "
                                    + report.outcome().reason().decision().word()
                                    + ", "
                                    + report.outcome().reason().code()
                                    + ". Nothing was changed");
            case Result.StillHeld still ->
                    Answer.invalid(List.of(new FieldProblem(still.field(), still.message())));
            case Result.Missing() ->
                    Answer.notFound("There is no postback " + call.path("recordId"));
        };
    }

    private Answer reviewAll(Call call, ObjectNode body) {
        var form = new Form(body);
        form.onlyFields(ReviewForm.bulkFields());
        var word = ReviewForm.word(form, call.by());
        boolean isDry = form.flag("dryRun", false);
        var values = new LinkedHashMap<String, String>();
        form.form("filter")
                .ifPresent(filter -> {
                    filter.onlyFields(FILTERS);
                    FILTERS.forEach(name ->
                            filter.text(name, FILTER_CHARS_MAX)
                                    .ifPresent(text -> values.put(name, text)));
                });
        var filter = BulkReview.filter(values);
        if (filter instanceof BulkReview.Filter.Invalid(var problems)) {
            problems.forEach(
                    problem -> form.problem("filter." + problem.parameter(), problem.message()));
        }
        return form.problems().isEmpty() && filter instanceof BulkReview.Filter.Valid valid
                ? Answer.json(json(new BulkReview(context).run(valid, word, isDry), word, isDry))
                : Answer.invalid(form.problems());
    }

    private static ObjectNode json(Done done, Word word, boolean isDry) {
        var node = Json.object();
        node.put("dryRun", isDry);
        node.put("verdict", word.verdict() == Verdict.APPROVE ? "approve" : "reject");
        node.put("matched", done.matched());
        node.put("taken", done.items().size());
        for (var state : State.values()) {
            node.put(camel(state), done.count(state));
        }
        node.put("left", done.left());
        var items = node.putArray("items");
        for (var item : done.items()) {
            var entry = items.addObject();
            entry.put("recordId", item.postback().recordId().toString());
            Json.putText(entry, "clickId", item.postback().clickId());
            entry.put("heldAs", item.postback().reason());
            entry.put("result", camel(item.state()));
            entry.put("reason", item.reason());
            Json.putText(entry, "message", item.message());
        }
        return node;
    }

    private static String camel(State state) {
        return switch (state) {
            case READY -> "ready";
            case NEEDS_VALUE -> "needsValue";
            case DECIDED -> "decided";
            case STILL_HELD -> "stillHeld";
            case NOT_HELD -> "notHeld";
        };
    }
}
