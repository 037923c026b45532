package matchback.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import matchback.ingest.PostbackDoor.Report;
import matchback.ledger.Accepted;
import matchback.ledger.Outcome;
import matchback.model.Feed;
import matchback.model.Money;
import matchback.model.Reason;
import matchback.model.catalog.Sender;
import org.jspecify.annotations.Nullable;

/// Puts the outcome of a stored postback into words: JSON for who asks for it, the body that the
/// sender's answer profile or `return` names, else one line of text.
public final class AnswerWriter {
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String JSON_TYPE = "application/json";
    private static final JsonFactory JSON = new JsonFactory();
    private static final int RETURN_CHARS_MAX = 100;

    private AnswerWriter() {}

    public static Answer answer(Report report, Accepted accepted) {
        var outcome = accepted.outcome() == null ? pending(report) : accepted.outcome();
        var reason = outcome.reason();
        var decision = reason.decision().word();
        var profile = profile(report, outcome);
        // A device that is not answered 200 sends the same again for days.
        boolean isOk = profile.always200() || report.event().feed() == Feed.APPLE;
        int status = isOk ? 200 : reason.httpStatus();
        var fixed = fixedBody(report, profile);
        boolean isJson =
                report.wish().explicitJson() || (report.wish().jsonBody() && fixed.isEmpty());
        return new Answer(
                status,
                isJson ? JSON_TYPE : TEXT,
                isJson
                        ? json(report, accepted, outcome)
                        : fixed.orElse(decision + ": " + reason.code() + "\n"),
                decision,
                reason.code(),
                accepted.recordId().toString());
    }

    /// The reason a stored postback is answered with.
    public static Reason reason(Accepted accepted) {
        return accepted.outcome() == null ? Reason.CHECK_PENDING : accepted.outcome().reason();
    }

    /// A host that decides later tells no outcome yet.
    private static Outcome pending(Report report) {
        return new Outcome(
                Reason.CHECK_PENDING,
                List.of(),
                "",
                report.event().clickId(),
                "",
                "",
                null,
                null,
                report.event().sender(),
                "",
                "",
                0);
    }

    private static Sender.Answer profile(Report report, Outcome outcome) {
        var key = outcome.sender().isEmpty() ? report.event().sender() : outcome.sender();
        return report.catalog().sender(key).map(Sender::answer).orElse(Sender.Answer.PLAIN);
    }

    private static Optional<String> fixedBody(Report report, Sender.Answer profile) {
        var asked = report.wish().body();
        if (!asked.isEmpty()
                && asked.length() <= RETURN_CHARS_MAX
                && asked.chars().noneMatch(Character::isISOControl)) {
            return Optional.of(asked);
        }
        return Optional.ofNullable(profile.body());
    }

    private static String json(Report report, Accepted accepted, Outcome outcome) {
        var out = new StringWriter(512);
        try (var json = JSON.createGenerator(out)) {
            var reason = outcome.reason();
            json.writeStartObject();
            json.writeStringField("decision", reason.decision().word());
            json.writeStringField("reason", reason.code());
            json.writeStringField("message", outcome.message());
            json.writeStringField("advice", reason.advice());
            warnings(json, report, outcome);
            text(json, "clickId", outcome.clickId());
            text(json, "conversionId", outcome.conversionId());
            text(json, "event", outcome.event());
            text(json, "status", outcome.status() == null ? "" : outcome.status().word());
            payout(json, outcome.payout());
            json.writeObjectFieldStart("receipt");
            json.writeStringField("recordId", accepted.recordId().toString());
            json.writeStringField("hash", HexFormat.of().formatHex(accepted.recordHash()));
            json.writeEndObject();
            if (report.wish().isTrusted()) {
                text(json, "campaign", outcome.campaign());
                text(json, "source", outcome.source());
                json.writeNumberField("deliveries", outcome.deliveries());
                steps(json, outcome);
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a text that cannot be written", e);
        }
        return out.append('\n').toString();
    }

    /// That a sender asks for no proof is its operator's concern; a stranger who calls would learn
    /// what to abuse.
    private static void warnings(JsonGenerator json, Report report, Outcome outcome)
            throws IOException {
        json.writeArrayFieldStart("warnings");
        for (var warning : outcome.warnings()) {
            if (report.wish().isTrusted() || warning != Reason.UNSIGNED_SENDER) {
                json.writeString(warning.code());
            }
        }
        json.writeEndArray();
    }

    private static void steps(JsonGenerator json, Outcome outcome) throws IOException {
        json.writeArrayFieldStart("steps");
        for (var step : outcome.steps()) {
            json.writeStartObject();
            json.writeStringField("code", step.kind().code());
            json.writeStringField("text", step.text());
            json.writeObjectFieldStart("values");
            for (var value : step.named().entrySet()) {
                json.writeStringField(value.getKey(), value.getValue());
            }
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /// What is not known is null, so that every answer has the same names.
    private static void text(JsonGenerator json, String name, String value) throws IOException {
        if (value.isEmpty()) {
            json.writeNullField(name);
        } else {
            json.writeStringField(name, value);
        }
    }

    private static void payout(JsonGenerator json, @Nullable Money payout) throws IOException {
        if (payout == null) {
            json.writeNullField("payout");
            return;
        }
        json.writeObjectFieldStart("payout");
        json.writeStringField("amount", payout.plain());
        json.writeStringField("currency", payout.currency());
        json.writeEndObject();
    }
}
