package matchback.console.pages;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import matchback.console.ConsoleContext;
import matchback.console.ValidationDesk.Preview;
import matchback.console.api.CatalogEditor;
import matchback.console.api.CatalogEditor.Change;
import matchback.console.api.FieldProblem;
import matchback.console.api.Json;
import matchback.console.api.ReplayForm;
import matchback.console.api.ValidationSettings;
import matchback.ledger.Fact.Kind;
import matchback.ledger.catalog.CatalogChange;
import matchback.model.FraudCheck;
import matchback.model.catalog.Quarantine;
import matchback.model.catalog.TrafficSource;
import matchback.report.ListQuery;
import org.jspecify.annotations.Nullable;

/// Shows what validation found and holds, and sets what its checks do.
final class ValidationPages {
    private static final String PATH = "/validation";
    private static final int ROWS = 12;

    private final CatalogEditor editor;

    /// What is shown besides what is always there.
    ///
    /// @param entered the form as it was sent; null for the settings that hold
    private record Shown(
            int status,
            String said,
            List<FieldProblem> problems,
            @Nullable ObjectNode entered,
            @Nullable Preview preview) {}

    ValidationPages(CatalogEditor editor) {
        this.editor = editor;
    }

    void show(Visit visit) {
        var said = visit.param("done");
        var known = List.of("saved", "begun", "ended");
        show(
                visit,
                new Shown(
                        200,
                        known.contains(said) ? visit.texts().of("validation." + said) : "",
                        List.of(),
                        null,
                        null));
    }

    void save(Visit visit) {
        var entered = entered(visit);
        var read = ValidationSettings.read(entered);
        if (!read.problems().isEmpty()) {
            show(visit, new Shown(422, "", read.problems(), entered, null));
            return;
        }
        var context = visit.site().context();
        context.ledger()
                .change(new CatalogChange(context.clock().millis(), visit.by(), read.settings()))
                .toCompletableFuture()
                .join();
        visit.goTo(PATH + "?done=saved");
    }

    void preview(Visit visit) {
        var entered = entered(visit);
        var read = ValidationSettings.read(entered);
        var zone = visit.formats().zone();
        var from = ReplayForm.time(visit.form("from"), zone);
        var to = ReplayForm.time(visit.form("to"), zone);
        if (from.isEmpty() || to.isEmpty() || !from.get().isBefore(to.get())) {
            var problem = new FieldProblem("from", visit.texts().of("validation.period_problem"));
            show(visit, new Shown(422, "", List.of(problem), entered, null));
            return;
        }
        if (!read.problems().isEmpty()) {
            show(visit, new Shown(422, "", read.problems(), entered, null));
            return;
        }
        var preview =
                visit.site()
                        .context()
                        .validation()
                        .preview(
                                read.settings(),
                                from.get().toEpochMilli(),
                                to.get().toEpochMilli());
        show(visit, new Shown(200, "", List.of(), entered, preview));
    }

    /// Puts a publisher into quarantine by hand.
    void begin(Visit visit) {
        var document = Json.object();
        var publisher = visit.form("publisher");
        putText(document, "source", visit.form("source"));
        if (!publisher.isEmpty()) {
            document.put("parameter", visit.catalog().validation().publisher());
            document.put("publisher", publisher);
        }
        document.put(
                "name",
                Stream.of(visit.form("source"), publisher)
                        .filter(part -> !part.isEmpty())
                        .reduce((a, b) -> a + " " + b)
                        .orElse(""));
        document.put("check", visit.form("check"));
        putText(document, "evidence", visit.form("evidence"));
        if (visit.form("hours").matches("\\d{1,6}")) {
            document.put("hours", Integer.parseInt(visit.form("hours")));
        }
        switch (editor.create("quarantines", document, visit.by())) {
            case Change.Invalid(var problems) ->
                    show(visit, new Shown(422, "", problems, null, null));
            case Change.Conflict(_, var detail) ->
                    show(
                            visit,
                            new Shown(409, "", List.of(new FieldProblem("", detail)), null, null));
            case Change.Saved _, Change.Archived _, Change.Missing _, Change.Stale _ ->
                    visit.goTo(PATH + "?done=begun");
        }
    }

    void end(Visit visit) {
        editor.archive("quarantines", visit.pathParam("key"), "", visit.by());
        visit.goTo(PATH + "?done=ended");
    }

    private static ObjectNode entered(Visit visit) {
        var document = Json.object();
        putText(document, "publisher", visit.form("publisher"));
        putNumber(document, "holdHours", visit.form("holdHours"));
        var checks = document.putObject("checks");
        for (var check : FraudCheck.values()) {
            var rule = checks.putObject(check.word());
            putText(rule, "mode", visit.form("mode_" + check.word()));
            putNumber(rule, "certainty", visit.form("certainty_" + check.word()));
            putNumber(rule, "least", visit.form("least_" + check.word()));
        }
        return document;
    }

    private static void putText(ObjectNode node, String field, String text) {
        if (!text.isEmpty()) {
            node.put(field, text);
        }
    }

    private static void putNumber(ObjectNode node, String field, String text) {
        if (text.matches("\\d{1,6}")) {
            node.put(field, Integer.parseInt(text));
        } else if (!text.isEmpty()) {
            // Read as what it is, and refused with the field's name.
            node.put(field, text);
        }
    }

    private void show(Visit visit, Shown shown) {
        var texts = visit.texts();
        var context = visit.site().context();
        var settings =
                shown.entered() == null
                        ? ValidationSettings.write(visit.catalog().validation())
                        : shown.entered();
        var figures = new ValidationFigures(context);
        var today =
                Instant.ofEpochMilli(visit.formats().now())
                        .atZone(visit.formats().zone())
                        .toLocalDate();
        visit.show(
                shown.status(),
                visit.site()
                        .templates()
                        .validation(
                                new ValidationPage(
                                        visit.frame(texts.of("nav.validation"), Section.VALIDATION),
                                        shown.said(),
                                        problem(shown),
                                        work(visit, context),
                                        figures.budget(visit),
                                        figures.isOverBudget(),
                                        rows(visit, context),
                                        quarantines(visit),
                                        checks(visit, settings, shown, figures),
                                        settings.path("publisher").asText(),
                                        publishers(),
                                        settings.path("holdHours").asText(),
                                        sources(visit),
                                        sent(visit, "from", today.minusDays(7).toString()),
                                        sent(visit, "to", today.plusDays(1).toString()),
                                        found(visit, shown.preview()),
                                        signs(visit, shown.preview()))));
    }

    private static String problem(Shown shown) {
        return shown.problems().stream()
                .map(problem ->
                        problem.field().isEmpty()
                                ? problem.message()
                                : problem.field() + ": " + problem.message())
                .reduce((a, b) -> a + "; " + b)
                .orElse("");
    }

    private static String sent(Visit visit, String name, String otherwise) {
        var sent = visit.form(name);
        return sent.isEmpty() ? otherwise : sent;
    }

    private static String work(Visit visit, ConsoleContext context) {
        var work = context.validation().work();
        return visit.texts()
                .of(
                        "validation.work",
                        visit.formats().count(work.conversions()),
                        visit.formats().count(Math.round(work.micros())));
    }

    private static List<ConversionRow> rows(Visit visit, ConsoleContext context) {
        var asked =
                ListQuery.parse(
                        Kind.CONVERSION,
                        Map.of("suspicion", ListQuery.ANY, "limit", Integer.toString(ROWS)));
        return asked instanceof ListQuery.Parsed.Valid(var query)
                ? context.reports().conversions(query).items().stream()
                        .map(item -> Lists.conversion(visit, item))
                        .toList()
                : List.of();
    }

    private static List<ValidationPage.Held> quarantines(Visit visit) {
        long now = visit.site().context().clock().millis();
        return visit.catalog().all(Quarantine.class).values().stream()
                .filter(quarantine -> quarantine.isOpen(now))
                .sorted(Comparator.comparingLong(Quarantine::from).reversed())
                .map(quarantine ->
                        new ValidationPage.Held(
                                quarantine.key(),
                                quarantine.name(),
                                visit.texts().of("check." + quarantine.check()),
                                visit.formats().sentence(quarantine.evidence()),
                                visit.formats().when(quarantine.until()),
                                "/held?reason=" + quarantine.reason().code()))
                .toList();
    }

    private static List<ValidationPage.Check> checks(
            Visit visit, ObjectNode settings, Shown shown, ValidationFigures figures) {
        var errors = new LinkedHashMap<String, String>();
        shown.problems().forEach(problem -> errors.put(problem.field(), problem.message()));
        return Arrays.stream(FraudCheck.values())
                .map(check -> {
                    var word = check.word();
                    var rule = settings.path("checks").path(word);
                    var preview = shown.preview();
                    return new ValidationPage.Check(
                            word,
                            visit.texts().of("check." + word),
                            visit.texts().of("check." + word + "_text"),
                            rule.path("mode").asText(),
                            rule.path("certainty").asText(),
                            rule.path("least").asText(),
                            errors.entrySet().stream()
                                    .filter(e -> e.getKey().startsWith("checks." + word + '.'))
                                    .map(Map.Entry::getValue)
                                    .findFirst()
                                    .orElse(""),
                            visit.formats().count(figures.found(check)),
                            visit.formats().count(figures.approved(check)),
                            visit.formats().count(figures.rejected(check)),
                            preview == null
                                    ? ""
                                    : visit.formats()
                                            .count(preview.found().getOrDefault(check, 0)));
                })
                .toList();
    }

    private static List<Option> publishers() {
        return IntStream.rangeClosed(1, 20)
                .mapToObj(number -> Option.of("sub" + number, "sub" + number))
                .toList();
    }

    private static List<Option> sources(Visit visit) {
        return Stream.concat(
                        Stream.of(Option.of("", visit.texts().of("validation.any_source"))),
                        Options.inUse(visit, TrafficSource.class).stream())
                .toList();
    }

    private static String found(Visit visit, @Nullable Preview preview) {
        return preview == null
                ? ""
                : visit.texts()
                        .of(
                                preview.isCut() ? "validation.found_cut" : "validation.found",
                                visit.formats().count(preview.suspected()),
                                visit.formats().count(preview.conversions()));
    }

    private static List<ValidationPage.Sign> signs(Visit visit, @Nullable Preview preview) {
        return preview == null
                ? List.of()
                : preview.first().stream()
                        .map(sign ->
                                new ValidationPage.Sign(
                                        visit.formats().when(sign.at()),
                                        "/clicks/" + Visit.encode(sign.clickId()),
                                        sign.source() + ' ' + sign.publisher(),
                                        visit.texts().of("check." + sign.check().word()),
                                        visit.formats().sentence(sign.evidence())))
                        .toList();
    }
}
