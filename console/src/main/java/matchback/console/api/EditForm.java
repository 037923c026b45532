package matchback.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import matchback.model.Status;

/// Reads what a conversion is to be, from the API's body or a page's fields.
public final class EditForm {
    private static final String VALUE = "value";
    private static final String DRY_RUN = "dryRun";
    private static final List<String> STATUSES =
            Arrays.stream(Status.values()).map(Status::word).toList();

    /// What was read.
    ///
    /// @param word meaningful only without problems
    public record Read(Edits.Word word, boolean isDry, List<FieldProblem> problems) {}

    private EditForm() {}

    /// @param by who says it
    public static Read read(ObjectNode body, String by) {
        var form = new Form(body);
        form.onlyFields(fields());
        var word =
                new Edits.Word(
                        ReviewForm.correction(form),
                        form.micros(VALUE).orElse(null),
                        by,
                        form.text(ReviewForm.NOTE, Reviews.NOTE_CHARS_MAX).orElse(""));
        boolean isDry = form.flag(DRY_RUN, false);
        if (form.problems().isEmpty() && body.size() <= count(form)) {
            form.problem(
                    "", "Name what is to change: status, event, payout, currency, value, txid");
        }
        return new Read(word, isDry, form.problems());
    }

    /// Fields that change nothing.
    private static int count(Form form) {
        return (form.has(ReviewForm.NOTE) ? 1 : 0) + (form.has(DRY_RUN) ? 1 : 0);
    }

    private static Set<String> fields() {
        var fields = new HashSet<>(ReviewForm.CORRECTION_FIELDS);
        fields.addAll(Set.of(VALUE, ReviewForm.NOTE, DRY_RUN));
        return fields;
    }

    static ObjectNode schema() {
        return Schema.object(
                "What a conversion is to be; what is left out stays",
                List.of(
                        FieldSpec.optional("status", Schema.words("Its state", STATUSES)),
                        FieldSpec.optional("event", Schema.text("Its event type", 40)),
                        FieldSpec.optional("payout", Schema.amount("What it earns")),
                        FieldSpec.optional("currency", Schema.text("ISO 4217, of the amounts")),
                        FieldSpec.optional(VALUE, Schema.amount("The order's value")),
                        FieldSpec.optional("txid", Schema.text("The sender's id of it", 255)),
                        FieldSpec.optional(
                                ReviewForm.NOTE, Schema.text("Why", Reviews.NOTE_CHARS_MAX)),
                        FieldSpec.optional(DRY_RUN, Schema.flag("Whether it is only shown"))));
    }
}
