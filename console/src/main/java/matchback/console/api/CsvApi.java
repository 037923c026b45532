package matchback.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpMethod;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import matchback.console.ConsoleConfig;
import matchback.console.ConsoleContext;
import matchback.console.csv.Columns;
import matchback.console.csv.CsvFile;
import matchback.console.csv.CsvFile.Unreadable;
import matchback.console.csv.Tally;
import matchback.console.csv.Tally.Sample;
import matchback.console.csv.Uploads;
import matchback.console.csv.Uploads.Wish;
import matchback.ledger.Wordless;
import matchback.model.Decision;
import matchback.model.Field;
import matchback.model.Money;
import matchback.model.Reason;
import matchback.model.catalog.Sender;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes conversions as a CSV file, in one call: what became of them is told as a summary, or row
/// by row as a CSV file again.
final class CsvApi {
    private static final Logger LOG = LoggerFactory.getLogger(CsvApi.class);
    static final String TYPE = "text/csv";
    private static final String COLUMN = "column.";

    private final ConsoleContext context;
    private final Uploads uploads;

    CsvApi(ConsoleContext context, Uploads uploads) {
        this.context = context;
        this.uploads = uploads;
    }

    List<Operation> operations() {
        var operation =
                Operation.of(
                                HttpMethod.POST,
                                ConsoleConfig.CSV_PATH,
                                "handInConversionsFile",
                                "conversions",
                                "Hand in conversions as CSV of up to "
                                        + CsvFile.ROWS_MAX
                                        + " rows; with Accept: text/csv each row comes back with"
                                        + " what became of it",
                                this::handIn)
                        .query("sender", Schema.text("Key of whose mapping reads the file"))
                        .query("dryRun", flag("Whether only to tell what would become of it"))
                        .query("again", flag("Whether to take rows that were taken before anew"));
        for (var field : Columns.FILLABLE) {
            operation =
                    operation.query(
                            COLUMN + field.key(),
                            Schema.text("Heading of the column that fills " + field.key()));
        }
        return List.of(operation.request("Text", TYPE).answers(200, "FileTaken"));
    }

    private static ObjectNode flag(String description) {
        return Schema.words(description, List.of("true", "false"));
    }

    private Answer handIn(Call call) {
        if (!(call.context().get(ConsoleConfig.RECEIVED) instanceof Path file)) {
            throw new IllegalStateException("a file that was not received");
        }
        var sender = call.query("sender").orElse("");
        if (!sender.isEmpty() && known(sender).isEmpty()) {
            return Operation.badQuery(
                    List.of(new FieldProblem("sender", "There is no sender \"" + sender + '"')));
        }
        var wish = new Wish(sender, address(call), call.header("User-Agent"), is(call, "again"));
        try {
            var layout = CsvFile.look(file);
            var columns = Columns.guess(layout.names(), known(sender)).with(chosen(call));
            if (!columns.problem().isEmpty()) {
                return unreadable(
                        columns.problem()
                                + "; name it as column.clickid. There are "
                                + String.join(", ", layout.names()));
            }
            boolean isDry = is(call, "dryRun");
            var job = new Uploads.Job(file, layout, columns, wish, isDry);
            return wantsCsv(call)
                    ? Answer.stream(TYPE + "; charset=utf-8", out -> uploads.run(job, out))
                            .with(
                                    "Content-Disposition",
                                    "attachment; filename=\"conversions-result.csv\"")
                    : Answer.json(json(uploads.run(job, OutputStream.nullOutputStream()), isDry));
        } catch (CompletionException e) {
            LOG.error("file not stored", Wordless.of(e));
            return Handing.notStored("Send the file again: no row is taken twice");
        } catch (Unreadable e) {
            return unreadable(String.valueOf(e.getMessage()));
        }
    }

    private Optional<Sender> known(String sender) {
        return context.ledger().catalog().sender(sender).filter(s -> !s.archived());
    }

    private static String address(Call call) {
        var address = call.context().request().remoteAddress();
        return address == null ? "" : address.hostAddress();
    }

    private static boolean is(Call call, String flag) {
        return call.query(flag).orElse("").equals("true");
    }

    private static boolean wantsCsv(Call call) {
        return call.header("Accept").toLowerCase(Locale.ROOT).contains(TYPE);
    }

    private static Map<Field, String> chosen(Call call) {
        var chosen = new EnumMap<Field, String>(Field.class);
        for (var field : Columns.FILLABLE) {
            call.query(COLUMN + field.key()).ifPresent(name -> chosen.put(field, name));
        }
        return chosen;
    }

    private static Answer unreadable(String problem) {
        return Answer.problem(422, "unreadable-file", "The file cannot be taken", problem);
    }

    private static ObjectNode json(Tally tally, boolean isDry) {
        var node = Json.object();
        node.put("dryRun", isDry);
        node.put("rows", tally.rows());
        node.put("takenBefore", tally.before());
        node.put("unread", tally.unread());
        var counts = node.putObject("counts");
        for (var decision : Decision.values()) {
            counts.put(decision.word(), tally.of(decision));
        }
        var reasons = node.putArray("reasons");
        tally.reasons()
                .forEach((reason, rows) ->
                        reasons.addObject()
                                .put("reason", reason.code())
                                .put("decision", reason.decision().word())
                                .put("rows", rows)
                                .put("message", reason.message())
                                .put("advice", reason.advice()));
        var payouts = node.putArray("payouts");
        tally.payouts()
                .forEach((currency, micros) ->
                        payouts.addObject()
                                .put("amount", Money.plain(micros))
                                .put("currency", currency));
        var items = node.putArray("items");
        tally.samples().forEach(sample -> items.add(json(sample)));
        return node;
    }

    private static ObjectNode json(Sample sample) {
        var node = Json.object().put("line", sample.line()).put("takenBefore", sample.isBefore());
        var outcome = sample.outcome();
        if (outcome == null) {
            return node.put("decision", "unread")
                    .putNull("reason")
                    .put("message", sample.trouble());
        }
        node.put("decision", outcome.reason().decision().word());
        node.put("reason", outcome.reason().code());
        node.put("message", outcome.message());
        var warnings = node.putArray("warnings");
        outcome.warnings().stream().map(Reason::code).forEach(warnings::add);
        Json.putText(node, "clickId", outcome.clickId());
        Json.putText(node, "conversionId", outcome.conversionId());
        return node;
    }
}
