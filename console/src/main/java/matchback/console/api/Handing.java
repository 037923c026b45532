package matchback.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import matchback.ledger.Accepted;
import matchback.ledger.Ledger;
import matchback.ledger.Wordless;
import matchback.ledger.intake.Intake;
import matchback.ledger.intake.Intake.Entry;
import matchback.ledger.intake.Row;
import matchback.model.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands rows to the ledger and waits for what becomes of them. Rows are decided in their order.
/// Safe for use by many threads.
final class Handing {
    private static final Logger LOG = LoggerFactory.getLogger(Handing.class);

    private final Intake intake;
    private final Ledger ledger;

    /// @param answer as the tracking listener would give it
    record Done(Reason reason, ObjectNode answer) {

        static Done of(Entry entry, Accepted accepted) {
            var outcome = accepted.outcome();
            var text = entry.answer().apply(accepted).getBytes(StandardCharsets.UTF_8);
            if (!(Json.parse(text) instanceof Json.Parsed.Value(var answer))) {
                throw new IllegalStateException("an answer that is no JSON object");
            }
            return new Done(outcome == null ? Reason.CHECK_PENDING : outcome.reason(), answer);
        }
    }

    Handing(Intake intake, Ledger ledger) {
        this.intake = intake;
        this.ledger = ledger;
    }

    /// Empty when one of them or more could not be stored; those that were stay stored.
    Optional<List<Done>> all(List<Row> rows) {
        var entries = rows.stream().map(intake::take).toList();
        entries.stream().map(entry -> entry.event().subject()).distinct().forEach(ledger::prefetch);
        var waiting = new ArrayList<CompletableFuture<Accepted>>();
        entries.forEach(entry -> waiting.add(ledger.submit(entry.event(), entry.personal())));
        var done = new ArrayList<Done>();
        for (int i = 0; i < entries.size(); i++) {
            try {
                done.add(Done.of(entries.get(i), waiting.get(i).join()));
            } catch (CompletionException e) {
                LOG.error(
                        "conversion not stored record={}",
                        entries.get(i).event().recordId(),
                        Wordless.of(e));
            }
        }
        return done.size() == entries.size() ? Optional.of(List.copyOf(done)) : Optional.empty();
    }

    /// @param next what the caller is to do
    static Answer notStored(String next) {
        return Answer.problem(503, "not-stored", "Not everything could be stored", next)
                .with("Retry-After", "1");
    }
}
