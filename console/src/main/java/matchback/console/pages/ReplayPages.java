package matchback.console.pages;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import matchback.console.api.FieldProblem;
import matchback.console.api.Json;
import matchback.console.api.ReplayForm;
import matchback.console.api.ReplayJob;
import matchback.console.api.ReplayJobs;
import matchback.console.api.ReplayJobs.Begun;
import matchback.ledger.replay.ReplayRequest;
import matchback.model.catalog.Sender;

/// Asks what is to be decided again, begins, applies and stops it.
final class ReplayPages {
    static final String PATH = "/replay";

    private final ReplayJobs jobs;

    ReplayPages(ReplayJobs jobs) {
        this.jobs = jobs;
    }

    void ask(Visit visit) {
        ask(visit, 200, Map.of(), "");
    }

    private void ask(Visit visit, int status, Map<String, String> errors, String problem) {
        var texts = visit.texts();
        var rows = jobs.all().stream().map(job -> row(visit, job)).toList();
        var busy =
                jobs.all().stream()
                        .filter(job -> job.now().isRunning())
                        .map(ReplayPages::path)
                        .findFirst()
                        .orElse("");
        visit.show(
                status,
                visit.site()
                        .templates()
                        .replay(
                                new ReplayPage(
                                        visit.frame(texts.of("nav.replay"), Section.REPLAY),
                                        fields(visit, errors),
                                        busy,
                                        problem,
                                        rows,
                                        new Nothing(
                                                texts.of("replay.none"),
                                                texts.of("replay.none_text"),
                                                "",
                                                "",
                                                ""))));
    }

    static String path(ReplayJob job) {
        return PATH + '/' + job.id();
    }

    private static ReplayPage.Row row(Visit visit, ReplayJob job) {
        var now = job.now();
        var preview = now.preview();
        return new ReplayPage.Row(
                path(job),
                visit.formats().when(job.startedAt()),
                period(visit, job.request()),
                now.state().word(),
                preview == null ? "–" : visit.formats().count(preview.summary().changedRecords()),
                job.request().note());
    }

    /// The period in the reader's zone, by days where it keeps to them.
    static String period(Visit visit, ReplayRequest request) {
        var zone = visit.formats().zone();
        var from = Instant.ofEpochMilli(request.from()).atZone(zone);
        var to = Instant.ofEpochMilli(request.to()).atZone(zone);
        boolean isDays =
                from.equals(from.toLocalDate().atStartOfDay(zone))
                        && to.equals(to.toLocalDate().atStartOfDay(zone));
        var last = to.toLocalDate().minusDays(1);
        if (!isDays) {
            return from.toLocalDateTime() + " – " + to.toLocalDateTime();
        }
        return from.toLocalDate().equals(last)
                ? last.toString()
                : from.toLocalDate() + " – " + last;
    }

    private static List<FormField> fields(Visit visit, Map<String, String> errors) {
        var texts = visit.texts();
        var today =
                Instant.ofEpochMilli(visit.formats().now())
                        .atZone(visit.formats().zone())
                        .toLocalDate()
                        .toString();
        var senders =
                Stream.concat(
                                Stream.of(Option.of("", texts.of("replay.all_senders"))),
                                Options.all(visit, Sender.class).stream())
                        .toList();
        return List.of(
                day(visit, "from", today, errors),
                day(visit, "to", today, errors),
                new FormField.Choice(
                        "sender",
                        texts.of("word.sender"),
                        sent(visit, "sender", ""),
                        senders,
                        texts.of("replay.sender_hint"),
                        errors.getOrDefault("senders[0]", "")),
                new FormField.Text(
                        "note",
                        texts.of("replay.note"),
                        sent(visit, "note", ""),
                        texts.of("replay.note_hint"),
                        errors.getOrDefault("note", ""),
                        "",
                        "text",
                        false,
                        false),
                new FormField.Check(
                        "deliver",
                        texts.of("replay.deliver"),
                        sent(visit, "deliver", "").equals("true"),
                        texts.of("replay.deliver_hint")));
    }

    private static FormField day(
            Visit visit, String name, String otherwise, Map<String, String> errors) {
        return new FormField.Text(
                name,
                visit.texts().of("replay." + name),
                sent(visit, name, otherwise),
                visit.texts().of("replay." + name + "_hint"),
                errors.getOrDefault(name, ""),
                "",
                "date",
                false,
                true);
    }

    /// What was sent, or what a link to this page chose.
    private static String sent(Visit visit, String name, String otherwise) {
        var form = visit.form(name);
        var value = form.isEmpty() ? visit.param(name) : form;
        return value.isEmpty() ? otherwise : value;
    }

    void preview(Visit visit) {
        var read =
                ReplayForm.read(body(visit), visit.catalog(), visit.formats().zone(), visit.by());
        if (!read.problems().isEmpty()) {
            ask(visit, 422, errors(read.problems()), "");
            return;
        }
        switch (jobs.preview(read.request())) {
            case Begun.Yes(var job) -> visit.goTo(path(job));
            case Begun.Busy _, Begun.NotReady _, Begun.Outdated _ ->
                    ask(visit, 409, Map.of(), visit.texts().of("replay.busy"));
        }
    }

    /// The page's last day is one that is still meant.
    private static ObjectNode body(Visit visit) {
        var body = Json.object();
        body.put("from", visit.form("from"));
        var zone = visit.formats().zone();
        var end =
                ReplayForm.time(visit.form("to"), zone)
                        .map(day -> day.atZone(zone).toLocalDate().plusDays(1).toString());
        body.put("to", end.orElseGet(() -> visit.form("to")));
        var sender = visit.form("sender");
        if (!sender.isEmpty()) {
            body.putArray("senders").add(sender);
        }
        body.put("deliver", visit.form("deliver").equals("true"));
        body.put("note", visit.form("note"));
        return body;
    }

    private static Map<String, String> errors(List<FieldProblem> problems) {
        var errors = new LinkedHashMap<String, String>();
        problems.forEach(problem -> errors.putIfAbsent(problem.field(), problem.message()));
        return errors;
    }

    void show(Visit visit) {
        var job = jobs.job(visit.pathParam("id"));
        if (job.isEmpty()) {
            new Errors(visit.site()).notFound(visit);
            return;
        }
        new ReplayStory(visit, job.get()).show(200, "", "");
    }

    void apply(Visit visit) {
        var found = jobs.job(visit.pathParam("id"));
        if (found.isEmpty()) {
            new Errors(visit.site()).notFound(visit);
            return;
        }
        var job = found.get();
        var texts = visit.texts();
        var story = new ReplayStory(visit, job);
        switch (jobs.apply(job, visit.form("again").equals("true"))) {
            case Begun.Yes _ -> visit.goTo(path(job));
            case Begun.Busy _ -> story.show(409, texts.of("replay.busy"), "");
            case Begun.NotReady _ -> visit.goTo(path(job));
            case Begun.Outdated(var clicks, var isOtherCatalog) -> {
                if (isOtherCatalog) {
                    story.show(409, texts.of("replay.other_catalog"), "");
                } else {
                    var count = visit.formats().count(clicks);
                    story.show(409, texts.of("replay.outdated", count), "again");
                }
            }
        }
    }

    void cancel(Visit visit) {
        jobs.job(visit.pathParam("id")).ifPresent(jobs::cancel);
        visit.goTo(PATH + '/' + Visit.encode(visit.pathParam("id")));
    }
}
