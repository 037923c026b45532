package matchback.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Map;
import matchback.console.ConsoleContext;
import matchback.console.api.Edits.Result;
import matchback.ledger.state.ConversionState;
import matchback.model.RecordId;
import matchback.model.Subject;

/// `POST /api/v1/conversions/{id}/edit`: a person's word on a conversion.
final class EditsApi {

    private final ConsoleContext context;
    private final Edits edits;

    EditsApi(ConsoleContext context) {
        this.context = context;
        this.edits = new Edits(context);
    }

    List<Operation> operations() {
        return List.of(
                Operation.of(
                                HttpMethod.POST,
                                CatalogApi.ROOT + "conversions/{id}/edit",
                                "editConversion",
                                "what happened",
                                "Change a conversion by hand, or see what would change",
                                call -> CatalogApi.withBody(call, body -> edit(call, body)))
                        .query(
                                "clickId",
                                Schema.text("Its click, for a conversion of this very moment"))
                        .request("Edit")
                        .answers(200, "EditDone"));
    }

    static Map<String, ObjectNode> schemas() {
        return Map.of("Edit", EditForm.schema());
    }

    private Answer edit(Call call, ObjectNode body) {
        var id = RecordId.parse(call.path("id"));
        var found = id.flatMap(i -> new PostbackFinder(context).find(i, call.query("clickId")));
        if (id.isEmpty() || found.isEmpty()) {
            return missing(call);
        }
        var read = EditForm.read(body, call.by());
        if (!read.problems().isEmpty()) {
            return Answer.invalid(read.problems());
        }
        var subject = found.get().subject();
        return switch (edits.edit(subject, id.get(), read.word(), read.isDry())) {
            case Result.Done(var before, var after) ->
                    Answer.json(json(subject, before, after, read.isDry()));
            case Result.Nothing() ->
                    Answer.problem(
                            409, "nothing-to-change", "Nothing to change", "It is so already");
            case Result.Refused(var problem) -> Answer.invalid(List.of(problem));
            case Result.Overtaken() ->
                    Answer.problem(
                            409,
                            "changed-meanwhile",
                            "The conversion changed meanwhile",
                            "Nothing was changed. Look at it again");
            case Result.Missing() -> missing(call);
        };
    }

    private ObjectNode json(
            Subject subject, ConversionState before, ConversionState after, boolean isDry) {
        var story = ClickStory.read(context.ledger(), subject);
        var catalog = context.ledger().catalog();
        var node = Json.object();
        node.put("dryRun", isDry);
        node.set("before", StoryJson.conversion(story, before, catalog));
        node.set("conversion", StoryJson.conversion(story, after, catalog));
        return node;
    }

    private static Answer missing(Call call) {
        return Answer.notFound("There is no conversion " + call.path("id"));
    }
}
