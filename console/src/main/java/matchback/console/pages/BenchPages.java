package matchback.console.pages;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import matchback.console.ConsoleConfig;
import matchback.console.api.PostbackSearch;
import matchback.console.bench.Bench;
import matchback.console.bench.BenchRun;
import matchback.console.bench.Habits;
import matchback.console.bench.TestGround.NoAnswer;
import matchback.console.pages.BenchPage.Habit;
import matchback.console.pages.BenchPage.Line;
import matchback.console.pages.BenchPage.Result;
import matchback.console.templates.PostbackForm;
import matchback.console.templates.Template;
import matchback.console.templates.Templates;
import matchback.model.catalog.Sender;

/// The test bench of a sender: what it would send, a test of it, and what it really sends.
final class BenchPages {
    private static final String VALUE = "value-";
    private static final int VALUE_CHARS_MAX = 500;

    void show(Visit visit) {
        sender(visit)
                .ifPresent(sender -> show(visit, sender, 200, form(visit, sender), "", List.of()));
    }

    private static Optional<Sender> sender(Visit visit) {
        var sender =
                visit.catalog().sender(visit.pathParam("key")).filter(found -> !found.archived());
        if (sender.isEmpty()) {
            new Errors(visit.site()).notFound(visit);
        }
        return sender;
    }

    private static Optional<Template> template(Visit visit) {
        return Templates.catalogue().report(visit.param("template"));
    }

    private static PostbackForm form(Visit visit, Sender sender) {
        return template(visit)
                .map(template -> PostbackForm.of(sender, template))
                .orElseGet(() -> PostbackForm.of(sender));
    }

    void test(Visit visit) {
        var found = sender(visit);
        if (found.isEmpty()) {
            return;
        }
        var sender = found.get();
        var form = form(visit, sender);
        var values = new LinkedHashMap<String, String>();
        var macros = form.macros();
        for (int i = 0; i < macros.size(); i++) {
            var value = visit.form(VALUE + i);
            if (value.length() > VALUE_CHARS_MAX) {
                var problem = visit.texts().of("bench.too_long", macros.get(i), VALUE_CHARS_MAX);
                show(visit, sender, 422, form, problem, List.of());
                return;
            }
            values.put(macros.get(i), value);
        }
        var filled = form.with(values);
        var context = visit.site().context();
        try {
            var run = new Bench(context.ledger(), context.ground()).run(sender, filled);
            show(visit, sender, 200, filled, "", List.of(result(visit, run)));
        } catch (NoAnswer e) {
            var problem = visit.texts().of("bench.no_answer", String.valueOf(e.getMessage()));
            show(visit, sender, 503, filled, problem, List.of());
        }
    }

    private static void show(
            Visit visit,
            Sender sender,
            int status,
            PostbackForm form,
            String problem,
            List<Result> results) {
        var texts = visit.texts();
        var chosen = template(visit).map(Template::key).orElse("");
        var publicUrl = visit.site().config().publicUrl();
        var recent =
                PostbackSearch.recent(visit.site().context(), sender.key(), Habits.POSTBACKS_MAX);
        var habits = Habits.read(visit.site().context().ledger(), form.query(), recent);
        visit.show(
                status,
                visit.site()
                        .templates()
                        .bench(
                                new BenchPage(
                                        visit.frame(
                                                texts.of("bench.title", sender.name()),
                                                Section.SENDERS),
                                        sender.name(),
                                        "/senders/" + sender.key(),
                                        "/senders/"
                                                + sender.key()
                                                + "/test"
                                                + (chosen.isEmpty() ? "" : "?template=" + chosen),
                                        chosen,
                                        templates(visit),
                                        publicUrl + form.url(ConsoleConfig.inPath(sender)),
                                        fields(visit, form),
                                        problem,
                                        results,
                                        visit.formats().count(habits.looked()),
                                        habits(visit, habits))));
    }

    private static List<Option> templates(Visit visit) {
        var options = new ArrayList<Option>();
        options.add(Option.of("", visit.texts().of("bench.own")));
        Templates.catalogue()
                .reports()
                .forEach(template -> options.add(Option.of(template.key(), template.name())));
        return options;
    }

    private static List<FormField> fields(Visit visit, PostbackForm form) {
        var fields = new ArrayList<FormField>();
        var macros = form.macros();
        for (int i = 0; i < macros.size(); i++) {
            var value = form.values().getOrDefault(macros.get(i), "");
            boolean isClick = value.equals(Template.CLICK_ID);
            fields.add(
                    new FormField.Text(
                            VALUE + i,
                            macros.get(i),
                            value,
                            isClick ? visit.texts().of("bench.click_id") : "",
                            "",
                            "",
                            "text",
                            false,
                            false));
        }
        return fields;
    }

    private static Result result(Visit visit, BenchRun run) {
        var reason = run.outcome().reason();
        return new Result(
                visit.site().config().publicUrl() + run.target(),
                run.reply().status() + " " + run.reply().body().strip(),
                reason.decision().word(),
                reason.code(),
                run.outcome().message(),
                reason.advice(),
                "/postbacks/" + run.recordId(),
                run.remarks(),
                run.comparison().lines().stream()
                        .map(line ->
                                new Line(
                                        line.parameter(),
                                        line.template(),
                                        line.arrived(),
                                        line.found().word(),
                                        visit.texts().of("bench." + line.found().word())))
                        .toList(),
                run.outcome().steps().stream()
                        .map(step -> new PostbackPage.Taken(step.kind().code(), step.text()))
                        .toList());
    }

    private static List<Habit> habits(Visit visit, Habits habits) {
        return habits.lines().stream()
                .filter(line -> !line.isAsMeant())
                .map(line ->
                        new Habit(line.parameter(), line.template(), words(visit, habits, line)))
                .toList();
    }

    private static String words(Visit visit, Habits habits, Habits.Line line) {
        var words = new ArrayList<String>();
        add(visit, words, "bench.missing_in", line.missing(), habits);
        add(visit, words, "bench.unfilled_in", line.unfilled(), habits);
        add(visit, words, "bench.extra_in", line.extra(), habits);
        return String.join(", ", words);
    }

    private static void add(Visit visit, List<String> words, String key, int count, Habits habits) {
        if (count > 0) {
            words.add(visit.texts().of(key, count, habits.looked()));
        }
    }
}
