package matchback.console.pages;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import matchback.console.api.FieldProblem;
import matchback.console.cost.CostDesk;
import matchback.console.cost.CostFile;
import matchback.console.cost.CostWords;
import matchback.console.pages.CostsPage.Figure;
import matchback.console.pages.CostsPage.Part;
import matchback.console.pages.CostsPage.Statement;
import matchback.ledger.Fact.Kind;
import matchback.model.RecordId;
import matchback.model.catalog.Campaign;
import matchback.model.catalog.TrafficSource;
import matchback.report.Dimension;
import matchback.report.Item.CostItem;
import matchback.report.ListQuery;
import matchback.report.Metric;
import matchback.report.Report.Values;
import matchback.report.ReportQuery;

/// The page of stated costs: the list with its history, the coverage of a period, and the form.
final class Costs {

    private static final String OTHER = "other";
    private static final String OTHER_VALUE = "otherValue";
    private static final int STATEMENTS_MAX = 100;
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("d MMM yyyy HH:mm", Locale.ENGLISH);
    private static final List<Metric> FIGURES =
            List.of(
                    Metric.COST,
                    Metric.COST_COVERAGE,
                    Metric.CLICKS,
                    Metric.REVENUE,
                    Metric.PROFIT,
                    Metric.ROI);

    private final CostDesk desk;

    Costs(Site site) {
        this.desk = new CostDesk(site.context());
    }

    void show(Visit visit) {
        show(visit, 200, List.of(), "");
    }

    /// States what the form says.
    void state(Visit visit) {
        var said = said(visit);
        var words =
                new CostWords(
                        visit.catalog(), visit.formats().zone(), visit.site().context().clock());
        switch (words.read(said)) {
            case CostWords.Read.Bad(var problems) -> show(visit, 422, problems, "");
            case CostWords.Read.Good(var wish) -> {
                desk.state(wish, visit.by(), desk.newId());
                visit.goTo(Section.COSTS.path());
            }
        }
    }

    private static Map<String, String> said(Visit visit) {
        var said = new LinkedHashMap<String, String>();
        for (var name : CostWords.OWN) {
            said.put(name, visit.form(name));
        }
        for (var name : List.of("campaign", "source", "creative")) {
            said.put(name, visit.form(name));
        }
        if (!visit.form(OTHER).isEmpty() && CostWords.dimensions().contains(visit.form(OTHER))) {
            said.putIfAbsent(visit.form(OTHER), visit.form(OTHER_VALUE));
        }
        return said;
    }

    void undo(Visit visit) {
        var undone =
                RecordId.parse(visit.pathParam("id"))
                        .map(id -> desk.undo(id, visit.by()))
                        .orElse(CostDesk.Undone.MISSING);
        switch (undone) {
            case DONE -> visit.goTo(Section.COSTS.path());
            case NOT_IN_FORCE ->
                    show(visit, 409, List.of(), visit.texts().of("costs.not_in_force"));
            case MISSING -> show(visit, 404, List.of(), visit.texts().of("costs.not_found"));
        }
    }

    /// @param problems with the fields of the form
    void show(Visit visit, int status, List<FieldProblem> problems, String problem) {
        var texts = visit.texts();
        var span = Span.of(visit, "30");
        var values = new LinkedHashMap<String, String>();
        values.put("limit", Integer.toString(STATEMENTS_MAX));
        values.put("sort", "-event_at");
        if (!visit.param("cursor").isEmpty()) {
            values.put("cursor", visit.param("cursor"));
        }
        var query =
                ListQuery.parse(Kind.COST, values) instanceof ListQuery.Parsed.Valid(var valid)
                        ? valid
                        : ListQuery.newest(Kind.COST, STATEMENTS_MAX);
        var page = visit.site().context().reports().costs(query);
        var next = page.next();
        var general =
                problems.stream()
                        .filter(p -> p.field().isEmpty())
                        .map(FieldProblem::message)
                        .collect(Collectors.joining(" "));
        visit.show(
                status,
                visit.site()
                        .templates()
                        .costs(
                                new CostsPage(
                                        visit.frame(texts.of("nav.costs"), Section.COSTS),
                                        span.presets(visit),
                                        figures(visit, span),
                                        page.items().stream()
                                                .map(item -> statement(visit, item))
                                                .toList(),
                                        new Pager(
                                                visit.param("cursor").isEmpty()
                                                        ? ""
                                                        : visit.with(Map.of("cursor", "")),
                                                next == null
                                                        ? ""
                                                        : visit.with(Map.of("cursor", next))),
                                        new Nothing(
                                                texts.of("costs.none"),
                                                texts.of("costs.none_text"),
                                                "",
                                                "",
                                                ""),
                                        problem.isEmpty() ? general : problem,
                                        fields(visit, problems),
                                        fileFields(visit),
                                        texts.of(
                                                "costs.file_limits",
                                                visit.formats().count(CostFile.ROWS_MAX)))));
    }

    private static List<Figure> figures(Visit visit, Span span) {
        var values = totals(visit, span);
        var texts = visit.texts();
        return FIGURES.stream()
                .map(metric ->
                        new Figure(
                                texts.of("metric." + metric.word()),
                                visit.formats().metric(metric, values),
                                metric == Metric.COST_COVERAGE
                                        ? texts.of("costs.coverage_note")
                                        : metric.type() == Metric.Type.MONEY
                                                ? visit.reportCurrency()
                                                : ""))
                .toList();
    }

    private static Values totals(Visit visit, Span span) {
        return visit.site()
                .context()
                .reports()
                .report(
                        new ReportQuery(
                                List.of(),
                                FIGURES,
                                span.from(),
                                span.to(),
                                visit.formats().zone(),
                                Map.of(),
                                new ReportQuery.Sort.ByMetric(Metric.COST, true),
                                1,
                                ReportQuery.Clock.CONVERSION,
                                false))
                .totals();
    }

    private static Statement statement(Visit visit, CostItem item) {
        var texts = visit.texts();
        var formats = visit.formats();
        boolean isInForce = item.state().equals("in_force");
        return new Statement(
                period(item),
                item.zone().equals(formats.zone().getId()) ? "" : item.zone(),
                slice(visit, item.slice()),
                formats.cash(item.amount(), item.currency()),
                item.rate().isEmpty()
                        ? Cash.NONE
                        : formats.cash(item.cost(), visit.reportCurrency()),
                item.rate(),
                texts.of("costs.mode_" + item.mode()),
                texts.of("costs.state_" + item.state()),
                isInForce ? "counted" : item.state().equals("undone") ? "refused" : "duplicate",
                formats.when(item.statedAt().toEpochMilli()),
                visit.nameOf(item.by()),
                item.note(),
                isInForce ? Section.COSTS.path() + '/' + item.recordId() + "/undo" : "");
    }

    /// Whole days by their dates, anything else with its times.
    private static String period(CostItem item) {
        var zone = ZoneId.of(item.zone());
        var from = item.from().atZone(zone);
        var to = item.to().atZone(zone);
        boolean isWhole =
                from.equals(from.toLocalDate().atStartOfDay(zone))
                        && to.equals(to.toLocalDate().atStartOfDay(zone));
        if (!isWhole) {
            return TIME.format(from) + " – " + TIME.format(to);
        }
        var last = to.toLocalDate().minusDays(1);
        return last.equals(from.toLocalDate())
                ? DAY.format(from)
                : DAY.format(from) + " – " + DAY.format(last);
    }

    private static List<Part> slice(Visit visit, Map<String, String> slice) {
        var names = new Names(visit.catalog());
        var parts = new ArrayList<Part>();
        slice.forEach((word, value) ->
                parts.add(
                        new Part(
                                visit.texts().orElse("dimension." + word, word),
                                switch (word) {
                                    case "campaign" -> names.campaign(value);
                                    case "source" -> names.source(value);
                                    case "offer" -> names.offer(value);
                                    default ->
                                            value.equals(Dimension.UNKNOWN)
                                                    ? Formats.MISSING
                                                    : value;
                                })));
        return parts;
    }

    private static List<FormField> fields(Visit visit, List<FieldProblem> problems) {
        var texts = visit.texts();
        var today =
                Instant.ofEpochMilli(visit.formats().now())
                        .atZone(visit.formats().zone())
                        .toLocalDate();
        var fields = new ArrayList<FormField>();
        fields.addAll(whose(visit, problems));
        fields.add(day(visit, CostWords.FIRST_DAY, today.minusDays(1).toString(), problems));
        fields.add(day(visit, CostWords.LAST_DAY, today.minusDays(1).toString(), problems));
        fields.add(
                text(
                        visit,
                        CostWords.ZONE,
                        visit.formats().zone().getId(),
                        texts.of("costs.tz_hint"),
                        problems));
        fields.add(text(visit, CostWords.AMOUNT, "", texts.of("costs.amount_hint"), problems));
        fields.add(
                text(
                        visit,
                        CostWords.CURRENCY,
                        visit.reportCurrency(),
                        texts.of("costs.currency_hint"),
                        problems));
        fields.add(mode(visit, problems));
        fields.add(text(visit, CostWords.NOTE, "", texts.of("costs.note_hint"), problems));
        return fields;
    }

    private static List<FormField> whose(Visit visit, List<FieldProblem> problems) {
        var texts = visit.texts();
        var fields = new ArrayList<FormField>();
        fields.add(
                choice(
                        visit,
                        "campaign",
                        texts.of("word.campaign"),
                        any(visit, Options.all(visit, Campaign.class)),
                        "",
                        problems));
        fields.add(
                choice(
                        visit,
                        "source",
                        texts.of("word.source"),
                        any(visit, Options.all(visit, TrafficSource.class)),
                        "",
                        problems));
        fields.add(text(visit, "creative", "", texts.of("costs.creative_hint"), problems));
        fields.add(
                choice(
                        visit,
                        OTHER,
                        texts.of("costs.other"),
                        any(
                                visit,
                                CostWords.dimensions().stream()
                                        .filter(word ->
                                                !List.of("campaign", "source", "creative")
                                                        .contains(word))
                                        .map(word ->
                                                Option.of(
                                                        word,
                                                        texts.orElse("dimension." + word, word)))
                                        .toList()),
                        texts.of("costs.other_hint"),
                        problems));
        fields.add(text(visit, OTHER_VALUE, "", "", problems));
        return fields;
    }

    private static FormField mode(Visit visit, List<FieldProblem> problems) {
        var texts = visit.texts();
        return choice(
                visit,
                CostWords.MODE,
                texts.of("costs.mode"),
                List.of(
                        Option.of(CostWords.REPLACE, texts.of("costs.mode_replace_long")),
                        Option.of(CostWords.ADD, texts.of("costs.mode_add_long"))),
                texts.of("costs.mode_hint"),
                problems);
    }

    private static List<FormField> fileFields(Visit visit) {
        var texts = visit.texts();
        return List.of(
                named(
                        visit,
                        CostFilePages.ZONE,
                        texts.of("costs.tz"),
                        visit.formats().zone().getId()),
                named(
                        visit,
                        CostFilePages.CURRENCY,
                        texts.of("costs.currency"),
                        visit.reportCurrency()),
                new FormField.Choice(
                        CostFilePages.MODE,
                        texts.of("costs.mode"),
                        visit.form(CostFilePages.MODE),
                        List.of(
                                Option.of(CostWords.REPLACE, texts.of("costs.mode_replace_long")),
                                Option.of(CostWords.ADD, texts.of("costs.mode_add_long"))),
                        texts.of("costs.file_mode_hint"),
                        ""));
    }

    private static FormField named(Visit visit, String name, String label, String otherwise) {
        var typed = visit.form(name);
        return new FormField.Text(
                name,
                label,
                typed.isEmpty() ? otherwise : typed,
                visit.texts().of("costs.file_default_hint"),
                "",
                "",
                "text",
                false,
                false);
    }

    private static List<Option> any(Visit visit, List<Option> options) {
        var all = new ArrayList<Option>();
        all.add(Option.of("", visit.texts().of("costs.any")));
        all.addAll(options);
        return all;
    }

    private static FormField choice(
            Visit visit,
            String name,
            String label,
            List<Option> options,
            String hint,
            List<FieldProblem> problems) {
        return new FormField.Choice(
                name, label, visit.form(name), options, hint, error(name, problems));
    }

    private static FormField text(
            Visit visit, String name, String otherwise, String hint, List<FieldProblem> problems) {
        var typed = visit.form(name);
        return new FormField.Text(
                name,
                visit.texts().of("costs." + name.toLowerCase(Locale.ROOT)),
                typed.isEmpty() && problems.isEmpty() ? otherwise : typed,
                hint,
                error(name, problems),
                "",
                "text",
                false,
                name.equals(CostWords.AMOUNT));
    }

    private static FormField day(
            Visit visit, String name, String otherwise, List<FieldProblem> problems) {
        var typed = visit.form(name);
        return new FormField.Text(
                name,
                visit.texts().of("costs." + name.toLowerCase(Locale.ROOT)),
                typed.isEmpty() && problems.isEmpty() ? otherwise : typed,
                "",
                error(name, problems),
                "",
                "date",
                false,
                true);
    }

    private static String error(String name, List<FieldProblem> problems) {
        return problems.stream()
                .filter(problem -> problem.field().equals(name))
                .map(FieldProblem::message)
                .findFirst()
                .orElse("");
    }
}
