package matchback.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import matchback.ledger.replay.ReplayRequest;
import matchback.model.Reason;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.Sender;

/// Reads what is to be replayed, from the API's body or a page's fields.
public final class ReplayForm {
    /// Longest note in characters.
    public static final int NOTE_CHARS_MAX = 500;

    private static final int LIST_MAX = 200;
    private static final int TIME_CHARS_MAX = 40;
    private static final int KEY_CHARS_MAX = 64;
    private static final Set<String> FIELDS =
            Set.of("from", "to", "senders", "reasons", "deliver", "note");

    private final Form form;
    private final Catalog catalog;
    private final ZoneId zone;

    /// @param request meaningful only without problems
    public record Read(ReplayRequest request, List<FieldProblem> problems) {}

    private ReplayForm(ObjectNode body, Catalog catalog, ZoneId zone) {
        this.form = new Form(body);
        this.catalog = catalog;
        this.zone = zone;
    }

    /// @param zone of days without a time
    /// @param by who asks for it
    public static Read read(ObjectNode body, Catalog catalog, ZoneId zone, String by) {
        return new ReplayForm(body, catalog, zone).read(by);
    }

    private Read read(String by) {
        form.onlyFields(FIELDS);
        long from = time("from");
        long to = time("to");
        if (form.problems().isEmpty() && from >= to) {
            form.problem("to", "The end lies not after the beginning; it is exclusive");
        }
        var request =
                new ReplayRequest(
                        from,
                        to,
                        senders(),
                        reasons(),
                        form.flag("deliver", false),
                        by,
                        form.text("note", NOTE_CHARS_MAX).orElse(""));
        return new Read(request, form.problems());
    }

    private long time(String field) {
        var text = form.text(field, TIME_CHARS_MAX);
        if (text.isEmpty()) {
            if (form.raw(field).map(value -> value.asText().isBlank()).orElse(true)) {
                form.problem(field, "A day or a time is expected, such as 2026-03-01");
            }
            return 0;
        }
        var time = time(text.get(), zone);
        if (time.isEmpty()) {
            form.problem(
                    field,
                    "\""
                            + text.get()
                            + "\" is no day (2026-03-01) and no time with its offset"
                            + " (2026-03-01T12:00:00Z)");
        }
        return time.map(Instant::toEpochMilli).orElse(0L);
    }

    /// A day's beginning in the zone, or a time.
    public static Optional<Instant> time(String text, ZoneId zone) {
        try {
            return Optional.of(
                    text.length() <= 10
                            ? LocalDate.parse(text).atStartOfDay(zone).toInstant()
                            : OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private Set<String> senders() {
        var known = catalog.all(Sender.class).keySet();
        var senders = new HashSet<String>();
        var listed = form.list("senders", LIST_MAX, KEY_CHARS_MAX);
        for (int i = 0; i < listed.size(); i++) {
            if (known.contains(listed.get(i))) {
                senders.add(listed.get(i));
            } else {
                form.problem(
                        "senders[" + i + "]",
                        "There is no sender \""
                                + listed.get(i)
                                + "\""
                                + Nearest.hint(listed.get(i), known));
            }
        }
        return senders;
    }

    private Set<Reason> reasons() {
        var reasons = new HashSet<Reason>();
        var listed = form.list("reasons", LIST_MAX, KEY_CHARS_MAX);
        for (int i = 0; i < listed.size(); i++) {
            var reason = Reason.ofCode(listed.get(i)).filter(r -> !r.isWarning());
            reason.ifPresent(reasons::add);
            if (reason.isEmpty()) {
                form.problem(
                        "reasons[" + i + "]",
                        "\"" + listed.get(i) + "\" is no reason; /api/v1/reasons lists them");
            }
        }
        return reasons;
    }

    static ObjectNode schema() {
        return Schema.object(
                "What is to be decided again by the rules of now",
                List.of(
                        FieldSpec.required(
                                "from", Schema.text("Postbacks received from: a day or a time")),
                        FieldSpec.required("to", Schema.text("and before: a day or a time")),
                        FieldSpec.optional(
                                "senders",
                                Schema.list("Only of these", Schema.text("A sender's key"))),
                        FieldSpec.optional(
                                "reasons",
                                Schema.list(
                                        "Only those decided so now",
                                        Schema.text("A reason's code"))),
                        FieldSpec.optional(
                                "deliver",
                                Schema.flag("Whether deliveries that nobody wanted before go out")),
                        FieldSpec.optional("note", Schema.text("Why", NOTE_CHARS_MAX))));
    }
}
