package matchback.server;

import io.vertx.core.Vertx;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Locale;
import matchback.console.templates.Template;
import matchback.console.templates.Templates;
import matchback.model.Params;
import matchback.server.trial.Findings;
import matchback.server.trial.Trial;
import matchback.server.trial.Trial.Arrived;

/// `try`: plays the example of a template as its platform would send it, against a tracker in
/// memory, and shows the template against what arrived.
final class Try {
    private final InstantSource clock;
    private final PrintStream out;

    Try(InstantSource clock, PrintStream out) {
        this.clock = clock;
        this.out = out;
    }

    /// Without a key it lists the templates.
    int run(String key) {
        var catalogue = Templates.catalogue();
        if (key.isEmpty()) {
            catalogue.all().forEach(this::list);
            return Commands.DONE;
        }
        var template = catalogue.find(key);
        if (template.isEmpty()) {
            out.println(
                    "There is no template '%s'; there are %s"
                            .formatted(key, String.join(", ", catalogue.keys())));
            return Commands.WRONG;
        }
        return play(template.get()) ? Commands.DONE : Commands.FAILED;
    }

    private void list(Template template) {
        line(template.key(), template.name() + ", " + origin(template));
    }

    private static String origin(Template template) {
        return "%s, confidence %s, checked %s"
                .formatted(
                        template.isTracker() ? "tracker" : "network",
                        template.confidence(),
                        template.checked());
    }

    private boolean play(Template template) {
        out.println(template.name() + ", " + origin(template));
        if (!template.note().isEmpty()) {
            out.println(template.note());
        }
        template.unconfirmed().forEach(what -> line("unconfirmed", what));
        var vertx = Transport.vertx();
        boolean isWell = true;
        try {
            for (var path : Trial.paths(template)) {
                out.println();
                isWell &= show(template, fired(vertx, template, path));
            }
        } finally {
            vertx.close().await();
        }
        return isWell;
    }

    private Arrived fired(Vertx vertx, Template template, String path) {
        try (var trial = new Trial(vertx, clock, template)) {
            var clickId = trial.click(template.offerParameter());
            return trial.fire(path, template.filledQuery(clickId), clickId);
        }
    }

    private boolean show(Template template, Arrived arrived) {
        line("sent", "GET " + arrived.target());
        line("answered", arrived.answer().status() + " " + arrived.answer().body().strip());
        out.println();
        row("parameter", "template", "arrived");
        for (var param : Params.ofQuery(template.postbackQuery()).list()) {
            row(param.name(), param.value(), arrived.params().first(param.name()));
        }
        out.println();
        line(
                "decision",
                arrived.outcome().reason().decision().word()
                        + ": "
                        + arrived.outcome().reason().code());
        line("meaning", arrived.outcome().message());
        arrived.outcome().warnings().forEach(warning -> line("warning", warning.code()));
        arrived.conversion().ifPresent(found -> line("conversion", Findings.words(found)));
        var differences = Findings.differences(template, arrived);
        differences.forEach(difference -> line("DIFFERS", difference));
        if (differences.isEmpty()) {
            out.println("As the template promises.");
        }
        return differences.isEmpty();
    }

    private void row(String name, String template, String arrived) {
        out.println("  %-14s %-24s %s".formatted(name, template, arrived).stripTrailing());
    }

    private void line(String what, String text) {
        out.println(String.format(Locale.ROOT, "%-12s %s", what, text));
    }
}
