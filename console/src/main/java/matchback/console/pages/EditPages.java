package matchback.console.pages;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import matchback.console.ConsoleContext;
import matchback.console.api.EditForm;
import matchback.console.api.Edits;
import matchback.console.api.FieldProblem;
import matchback.console.api.Json;
import matchback.ledger.state.ConversionState;
import matchback.ledger.state.SubjectState;
import matchback.model.Money;
import matchback.model.RecordId;
import matchback.model.Status;
import matchback.model.Subject;
import org.jspecify.annotations.Nullable;

/// Changes conversions by hand; the page of their click leads here.
final class EditPages {
    private static final String NOTE = "note";
    private static final String STATUS = "status";
    private static final List<String> TEXTS =
            List.of("event", "payout", "currency", "value", "txid", NOTE);

    private final ConsoleContext context;
    private final Edits edits;

    EditPages(ConsoleContext context) {
        this.context = context;
        this.edits = new Edits(context);
    }

    void show(Visit visit) {
        find(visit, conversion -> show(visit, conversion, 200, Map.of()));
    }

    /// Goes on with the conversion that the path names, if there is one.
    private void find(Visit visit, Consumer<ConversionState> then) {
        var click = visit.pathParam("id");
        var id = RecordId.parse(visit.pathParam("conversion"));
        var found =
                id.isEmpty() || click.isEmpty() || click.length() > Subject.CHARS_MAX
                        ? Optional.<ConversionState>empty()
                        : conversion(new Subject(click), id.get());
        found.ifPresentOrElse(then, () -> new Errors(visit.site()).notFound(visit));
    }

    private Optional<ConversionState> conversion(Subject click, RecordId id) {
        try (var snapshot = context.ledger().snapshot()) {
            return new SubjectState(snapshot.state(click), click).conversionOf(id);
        }
    }

    /// @param errors of what was typed, by field; none when nothing was yet
    private static void show(
            Visit visit, ConversionState conversion, int status, Map<String, String> errors) {
        var values = values(conversion);
        boolean isTyped = !errors.isEmpty();
        var fields = new ArrayList<FormField>();
        fields.add(status(visit, isTyped ? visit.form(STATUS) : values.get(STATUS), errors));
        for (var name : TEXTS) {
            var value = isTyped ? visit.form(name) : values.getOrDefault(name, "");
            fields.add(text(visit, name, value, errors));
        }
        var back = "/clicks/" + Visit.encode(visit.pathParam("id"));
        var title = visit.texts().of("edit.title");
        visit.show(
                status,
                visit.site()
                        .templates()
                        .edit(
                                new EditPage(
                                        visit.frame(title, Section.NONE),
                                        title,
                                        about(visit, conversion),
                                        back + "/conversions/" + conversion.id() + "/edit",
                                        back,
                                        fields,
                                        errors.getOrDefault("", ""))));
    }

    /// Type, txid, status and payout.
    static String about(Visit visit, ConversionState conversion) {
        var payout = visit.formats().cash(conversion.payout());
        return visit.texts()
                .of(
                        "edit.conversion",
                        conversion.txid().isEmpty()
                                ? conversion.eventType()
                                : conversion.eventType() + ' ' + conversion.txid(),
                        visit.texts().of("word." + conversion.status().word()),
                        payout.text() + ' ' + payout.currency());
    }

    private static Map<String, String> values(ConversionState conversion) {
        var values = new LinkedHashMap<String, String>();
        values.put(STATUS, conversion.status().word());
        values.put("event", conversion.eventType());
        values.put("payout", conversion.payout().plain());
        values.put("currency", conversion.payout().currency());
        values.put("value", Optional.ofNullable(conversion.value()).map(Money::plain).orElse(""));
        values.put("txid", conversion.txid());
        return values;
    }

    private static FormField status(
            Visit visit, @Nullable String value, Map<String, String> errors) {
        var texts = visit.texts();
        return new FormField.Choice(
                STATUS,
                texts.of("review.status"),
                Objects.requireNonNullElse(value, ""),
                Arrays.stream(Status.values())
                        .map(s -> Option.of(s.word(), texts.of("word." + s.word())))
                        .toList(),
                "",
                errors.getOrDefault(STATUS, ""));
    }

    private static FormField text(
            Visit visit, String name, String value, Map<String, String> errors) {
        var texts = visit.texts();
        return new FormField.Text(
                name,
                texts.of("review." + name),
                value,
                texts.orElse("edit." + name + ".hint", ""),
                errors.getOrDefault(name, ""),
                "",
                "text",
                name.equals(NOTE),
                false);
    }

    void edit(Visit visit) {
        find(visit, conversion -> edit(visit, conversion));
    }

    private void edit(Visit visit, ConversionState conversion) {
        var read = EditForm.read(changed(visit, conversion), visit.by());
        if (!read.problems().isEmpty()) {
            show(visit, conversion, 422, errors(read.problems()));
            return;
        }
        var click = visit.pathParam("id");
        switch (edits.edit(new Subject(click), conversion.recordId(), read.word(), false)) {
            case Edits.Result.Done _ -> visit.goTo("/clicks/" + Visit.encode(click));
            case Edits.Result.Nothing() ->
                    show(visit, conversion, 422, Map.of("", visit.texts().of("edit.nothing")));
            case Edits.Result.Overtaken() ->
                    show(visit, conversion, 409, Map.of("", visit.texts().of("edit.overtaken")));
            case Edits.Result.Refused(var problem) ->
                    show(visit, conversion, 422, errors(List.of(problem)));
            case Edits.Result.Missing() -> new Errors(visit.site()).notFound(visit);
        }
    }

    /// What is another value than the one that was shown; so an amount whose currency is another
    /// one than the payout's is left alone.
    private static ObjectNode changed(Visit visit, ConversionState conversion) {
        var body = Json.object();
        values(conversion)
                .forEach((name, before) -> {
                    var value = visit.form(name);
                    if (!value.isEmpty() && !value.equals(before)) {
                        body.put(name, value);
                    }
                });
        var note = visit.form(NOTE);
        return note.isEmpty() ? body : body.put(NOTE, note);
    }

    private static Map<String, String> errors(List<FieldProblem> problems) {
        var errors = new LinkedHashMap<String, String>();
        problems.forEach(problem -> errors.putIfAbsent(problem.field(), problem.message()));
        return errors;
    }
}
