package matchback.server;

import io.vertx.core.Vertx;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import matchback.console.bench.BenchRun;
import matchback.console.bench.Comparison;
import matchback.console.bench.Expectations;
import matchback.console.templates.Template;
import matchback.console.templates.Templates;
import matchback.server.config.LogSettings;
import matchback.server.trial.Trial;

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
            catalogue.reports().forEach(this::list);
            return Commands.DONE;
        }
        var template = catalogue.report(key);
        if (template.isEmpty()) {
            out.println(
                    "There is no template '%s'; there are %s"
                            .formatted(key, String.join(", ", catalogue.keys())));
            return Commands.WRONG;
        }
        // A measurement partner sends a postback for each kind of report: all, or the one named.
        var played = key.contains(":") ? List.of(template.get()) : template.get().reports();
        boolean isWell = true;
        for (var report : played) {
            isWell &= play(report);
        }
        return isWell ? Commands.DONE : Commands.FAILED;
    }

    private void list(Template template) {
        line(template.key(), template.name() + ", " + origin(template));
    }

    private static String origin(Template template) {
        return "%s, confidence %s, checked %s"
                .formatted(template.kind(), template.confidence(), template.checked());
    }

    private boolean play(Template template) {
        // What it shows goes to the same terminal as the log.
        Logs.set(new LogSettings("warn"));
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

    private BenchRun fired(Vertx vertx, Template template, String path) {
        try (var trial = new Trial(vertx, clock, template)) {
            return trial.run(template, path);
        }
    }

    private boolean show(Template template, BenchRun run) {
        line("sent", "GET " + run.target());
        line("answered", run.reply().status() + " " + run.reply().body().strip());
        out.println();
        row("parameter", "template", "arrived");
        for (var param : run.comparison().lines()) {
            boolean isWell = param.found() == Comparison.Found.AS_MEANT;
            row(
                    param.parameter(),
                    param.template(),
                    param.arrived() + (isWell ? "" : "  <- " + param.found().word()));
        }
        out.println();
        int number = 1;
        for (var step : run.outcome().steps()) {
            out.println("  %2d  %s".formatted(number++, step.text()));
        }
        out.println();
        var reason = run.outcome().reason();
        line("decision", reason.decision().word() + ": " + reason.code());
        line("meaning", run.outcome().message());
        run.outcome().warnings().forEach(warning -> line("warning", warning.code()));
        run.remarks().forEach(remark -> line("remark", remark));
        var conversion = run.conversion().orElse(null);
        if (conversion != null) {
            line("conversion", Expectations.words(conversion));
        }
        var differences =
                Expectations.differences(template, run.outcome(), conversion, Trial.CURRENCY);
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
