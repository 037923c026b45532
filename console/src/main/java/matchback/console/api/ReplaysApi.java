package matchback.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import matchback.console.ConsoleConfig;
import matchback.console.ConsoleContext;
import matchback.console.api.ReplayJobs.Begun;

/// Deciding a period again by the rules of now: first a preview, then, if it pleases, for good.
final class ReplaysApi {
    private static final String GROUP = "replay after a fix";
    private static final String PATH = CatalogApi.ROOT + "replays";
    private static final int LIMIT_DEFAULT = 100;
    private static final int LIMIT_MAX = 1000;

    private final ConsoleContext context;
    private final ConsoleConfig config;
    private final ReplayJobs jobs;

    ReplaysApi(ConsoleContext context, ConsoleConfig config, ReplayJobs jobs) {
        this.context = context;
        this.config = config;
        this.jobs = jobs;
    }

    List<Operation> operations() {
        return List.of(
                Operation.get(PATH, "listReplays", GROUP, "The last replays", _ -> list())
                        .answers(200, "ReplayList"),
                Operation.of(
                                HttpMethod.POST,
                                PATH,
                                "previewReplay",
                                GROUP,
                                "Find out what deciding a period again would change; changes"
                                        + " nothing",
                                call -> CatalogApi.withBody(call, body -> preview(call, body)))
                        .request("ReplayRequest")
                        .answers(202, "Replay"),
                Operation.get(
                                PATH + "/{id}",
                                "getReplay",
                                GROUP,
                                "How far a replay is and what it comes to",
                                call -> with(call, job -> Answer.json(ReplayJson.job(job))))
                        .answers(200, "Replay"),
                Operation.get(
                                PATH + "/{id}/changes",
                                "listReplayChanges",
                                GROUP,
                                "Every decision that a replay changes, oldest first",
                                call -> with(call, job -> changes(call, job)))
                        .query("limit", Schema.integer("Items at most", 1, LIMIT_MAX))
                        .query("cursor", Schema.text("As the page before gave it in next"))
                        .answers(200, "ReplayChangeList"),
                Operation.of(
                                HttpMethod.POST,
                                PATH + "/{id}/apply",
                                "applyReplay",
                                GROUP,
                                "Write what the preview has shown",
                                call -> with(call, job -> apply(call, job)))
                        .query(
                                "again",
                                Schema.flag(
                                        "Whether clicks that changed since the preview are tried"
                                                + " out again; without it nothing is written when"
                                                + " there are any"))
                        .answers(202, "Replay"),
                Operation.of(
                                HttpMethod.DELETE,
                                PATH + "/{id}",
                                "cancelReplay",
                                GROUP,
                                "Stop a replay; what it wrote stays",
                                call -> with(call, this::cancel))
                        .answers(204, ""));
    }

    private Answer with(Call call, Function<ReplayJob, Answer> then) {
        var id = call.path("id");
        return jobs.job(id)
                .map(then)
                .orElseGet(() ->
                        Answer.notFound(
                                "There is no replay "
                                        + id
                                        + "; the last few are kept until the program ends"));
    }

    private Answer list() {
        var node = Json.object();
        var items = node.putArray("items");
        jobs.all().forEach(job -> items.add(ReplayJson.job(job)));
        return Answer.json(node.putNull("next"));
    }

    private Answer preview(Call call, ObjectNode body) {
        var read = ReplayForm.read(body, context.ledger().catalog(), config.zone(), call.by());
        return read.problems().isEmpty()
                ? answer(jobs.preview(read.request()))
                : Answer.invalid(read.problems());
    }

    private Answer apply(Call call, ReplayJob job) {
        var again = call.query("again").orElse("false");
        if (!again.equals("true") && !again.equals("false")) {
            return Operation.badQuery(
                    List.of(new FieldProblem("again", "true or false is expected")));
        }
        return answer(jobs.apply(job, again.equals("true")));
    }

    private static Answer answer(Begun begun) {
        return switch (begun) {
            case Begun.Yes(var job) ->
                    Answer.json(202, ReplayJson.job(job)).with("Location", PATH + '/' + job.id());
            case Begun.Busy(var job) ->
                    Answer.problem(
                            409,
                            "busy",
                            "Another replay runs",
                            "One runs at a time; wait for "
                                    + job.id()
                                    + " or cancel it with DELETE "
                                    + PATH
                                    + '/'
                                    + job.id());
            case Begun.NotReady() ->
                    Answer.problem(
                            409,
                            "not-ready",
                            "There is nothing to apply",
                            "Only a preview that is ready can be applied, and only once");
            case Begun.Outdated(_, var isOtherCatalog) when isOtherCatalog ->
                    Answer.problem(
                            409,
                            "outdated",
                            "The preview no longer holds",
                            "The catalog was changed since; make a new preview");
            case Begun.Outdated(var clicks, _) ->
                    Answer.problem(
                            409,
                            "outdated",
                            "The preview no longer holds",
                            clicks
                                    + " of the clicks changed since; make a new preview, or send"
                                    + " again=true to have them tried out again on the way");
        };
    }

    private Answer changes(Call call, ReplayJob job) {
        var limit = number(call, "limit", LIMIT_DEFAULT, 1, LIMIT_MAX);
        var from = number(call, "cursor", 0, 0, Integer.MAX_VALUE);
        if (limit.isEmpty() || from.isEmpty()) {
            return Operation.badQuery(
                    List.of(
                            limit.isEmpty()
                                    ? new FieldProblem(
                                            "limit", "1 to " + LIMIT_MAX + " is expected")
                                    : new FieldProblem(
                                            "cursor",
                                            "not a cursor of this list; begin without one")));
        }
        var preview = job.now().preview();
        if (preview == null) {
            return Answer.problem(
                    409, "not-ready", "There is no preview yet", "Ask again when it is ready");
        }
        var all = preview.changes();
        int begin = Math.min(from.get(), all.size());
        int end = Math.min(begin + limit.get(), all.size());
        var node = Json.object();
        var items = node.putArray("items");
        all.subList(begin, end).forEach(change -> items.add(ReplayJson.change(change)));
        return Answer.json(node.put("next", end < all.size() ? Integer.toString(end) : null));
    }

    private static Optional<Integer> number(
            Call call, String name, int otherwise, int min, int max) {
        var text = call.query(name);
        if (text.isEmpty()) {
            return Optional.of(otherwise);
        }
        try {
            int number = Integer.parseInt(text.get());
            return number < min || number > max ? Optional.empty() : Optional.of(number);
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    private Answer cancel(ReplayJob job) {
        jobs.cancel(job);
        return Answer.noContent();
    }
}
