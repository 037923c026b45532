package matchback.console.api;

import java.util.List;
import matchback.console.ConsoleContext;
import matchback.model.ClickId;
import matchback.model.ClickIds;
import matchback.model.Reason;
import matchback.model.Subject;

/// One click's whole story.
final class ClicksApi {
    private static final int SHOWN_CHARS_MAX = 80;

    private final ConsoleContext context;

    ClicksApi(ConsoleContext context) {
        this.context = context;
    }

    List<Operation> operations() {
        return List.of(
                Operation.get(
                                CatalogApi.ROOT + "clicks/{id}",
                                "showClick",
                                "what happened",
                                "One click with its conversions, postbacks and deliveries",
                                this::show)
                        .answers(200, "ClickStory"));
    }

    private Answer show(Call call) {
        var id = call.path("id").strip();
        return switch (context.ids().read(id, context.clock().millis())) {
            case ClickIds.Reading.Authentic(var authentic) -> show(authentic);
            case ClickIds.Reading.Refused(var reason) -> refused(id, reason);
        };
    }

    private Answer show(ClickId id) {
        var story = ClickStory.read(context.ledger(), Subject.click(id));
        var click = story.click();
        var catalog = context.ledger().catalog();
        if (click == null) {
            var node =
                    Answer.problemNode(
                            404,
                            Reason.UNKNOWN_CLICK.code(),
                            "No such click",
                            Reason.UNKNOWN_CLICK.message() + " " + Reason.UNKNOWN_CLICK.advice());
            node.put("reason", Reason.UNKNOWN_CLICK.code());
            node.set("click", StoryJson.idOnly(id));
            node.set("postbacks", StoryJson.postbacks(story));
            return Answer.problem(404, node);
        }
        var node = Json.object();
        node.set("click", StoryJson.click(story, click, catalog));
        node.set("conversions", StoryJson.conversions(story, catalog));
        node.set("postbacks", StoryJson.postbacks(story));
        node.set("deliveries", StoryJson.deliveries(story));
        node.set("browserEvents", StoryJson.browserEvents(story));
        node.put("browserEventsLeftOut", story.leftOut());
        return Answer.json(node);
    }

    private static Answer refused(String id, Reason reason) {
        var shown = id.length() <= SHOWN_CHARS_MAX ? id : id.substring(0, SHOWN_CHARS_MAX) + "…";
        var node =
                Answer.problemNode(
                        404,
                        reason.code(),
                        "No such click",
                        reason.message() + " " + reason.advice() + " The value: " + shown);
        node.put("reason", reason.code());
        return Answer.problem(404, node);
    }
}
