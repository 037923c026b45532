package matchback.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import matchback.console.api.Reviews.Word;
import matchback.ledger.Correction;
import matchback.ledger.Verdict;
import matchback.model.EventTypes;
import matchback.model.Status;

/// Reads a verdict with what a person knows better, from the API's body or a page's fields.
public final class ReviewForm {
    private static final int TXID_CHARS_MAX = 255;
    private static final int EVENT_CHARS_MAX = 40;
    private static final Set<String> VERDICTS = Set.of("approve", "reject");
    private static final Set<String> STATUSES =
            Arrays.stream(Status.values())
                    .map(Status::word)
                    .collect(Collectors.toUnmodifiableSet());

    /// Fields of one review; a bulk review has no txid.
    static final Set<String> FIELDS =
            Set.of("verdict", "note", "status", "event", "payout", "currency", "txid");

    /// Fields of a correction.
    static final Set<String> CORRECTION_FIELDS =
            Set.of("status", "event", "payout", "currency", "txid");

    static final String NOTE = "note";

    /// What was read.
    ///
    /// @param word meaningful only without problems
    public record Read(Word word, List<FieldProblem> problems) {}

    private ReviewForm() {}

    /// @param by who says it
    public static Read read(ObjectNode body, String by) {
        var form = new Form(body);
        form.onlyFields(FIELDS);
        return new Read(word(form, by), form.problems());
    }

    static Word word(Form form, String by) {
        var verdict = form.word("verdict", VERDICTS);
        if (verdict.isEmpty() && form.problems().isEmpty()) {
            form.problem("verdict", "\"approve\" or \"reject\" is expected");
        }
        return new Word(
                verdict.filter("reject"::equals).map(_ -> Verdict.REJECT).orElse(Verdict.APPROVE),
                correction(form),
                by,
                form.text(NOTE, Reviews.NOTE_CHARS_MAX).orElse(""));
    }

    /// What a person knows better.
    static Correction correction(Form form) {
        var event = form.text("event", EVENT_CHARS_MAX).orElse("");
        if (!event.isEmpty() && !EventTypes.isWellFormed(event)) {
            form.problem("event", "1 to 40 of a-z, 0-9 and underscore are expected");
        }
        return new Correction(
                form.word("status", STATUSES)
                        .map(word -> Status.valueOf(word.toUpperCase(Locale.ROOT)))
                        .orElse(null),
                event,
                form.micros("payout").orElse(null),
                form.currency("currency").orElse(""),
                form.text("txid", TXID_CHARS_MAX).orElse(""));
    }

    static ObjectNode schema() {
        return Schema.object("A verdict on a held postback", specs());
    }

    static ObjectNode bulkSchema(ObjectNode filter) {
        var more =
                Stream.concat(
                        specs().stream().filter(spec -> !spec.name().equals("txid")),
                        Stream.of(
                                FieldSpec.optional("filter", filter),
                                FieldSpec.optional(
                                        "dryRun", Schema.flag("Only say what would be done"))));
        return Schema.object("One verdict on all held postbacks of a filter", more.toList());
    }

    static Set<String> bulkFields() {
        var fields = new HashSet<>(FIELDS);
        fields.remove("txid");
        fields.addAll(Set.of("filter", "dryRun"));
        return fields;
    }

    private static List<FieldSpec> specs() {
        return List.of(
                FieldSpec.required("verdict", Schema.words("What is to become of it", VERDICTS)),
                FieldSpec.optional(NOTE, Schema.text("Why", Reviews.NOTE_CHARS_MAX)),
                FieldSpec.optional("status", Schema.words("In place of the sent one", STATUSES)),
                FieldSpec.optional(
                        "event", Schema.text("In place of the sent one", EVENT_CHARS_MAX)),
                FieldSpec.optional("payout", Schema.amount("In place of the sent one")),
                FieldSpec.optional("currency", Schema.text("ISO 4217, in place of the sent one")),
                FieldSpec.optional(
                        "txid", Schema.text("In place of the sent one", TXID_CHARS_MAX)));
    }
}
