package matchback.deliver.meta;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import matchback.deliver.Judgement;
import matchback.deliver.platform.Json;
import matchback.deliver.platform.Reply;
import matchback.ledger.Event.AttemptResult;

/// What Meta's answers mean. One bad event refuses the whole call, and the answer does not say
/// which it was.
///
/// Source: https://developers.facebook.com/docs/graph-api/guides/error-handling
final class MetaAnswers {
    /// Of code 100: there is no such dataset, or the token may not see it.
    private static final int NO_SUCH_OBJECT = 33;

    /// From experience; a version is refused about two years after it came out.
    private static final int DEPRECATED_VERSION = 2635;

    private MetaAnswers() {}

    static Judgement judge(Reply reply) {
        var error = reply.body().path("error");
        if (reply.isSuccess() && error.isMissingNode()) {
            return accepted(reply);
        }
        int code = error.path("code").asInt(-1);
        var note = error.isObject() ? note(error) : reply.text();
        if (isLimit(code) || reply.status() == 429) {
            return reply.pause(pause(reply), note);
        }
        if (error.path("is_transient").asBoolean() || code == 1 || code == 2) {
            return reply.again(note);
        }
        if (asksForOperator(code, error.path("error_subcode").asInt())) {
            return reply.park(note);
        }
        if (code == 100) {
            return reply.refused(note);
        }
        // Not in the table: if it is about one of the events, the others must not wait for it.
        return reply.status() == 400
                ? new Judgement.Halve(reply.ofOne(AttemptResult.RETRY, note))
                : reply.byStatus(note);
    }

    private static Judgement accepted(Reply reply) {
        int received = reply.body().path("events_received").asInt(-1);
        if (received == reply.sent()) {
            return reply.taken(reply.text());
        }
        if (received < 0) {
            // Not Meta's own answer, and no part of the events would get another.
            return reply.again("The answer does not say what it received: " + reply.text());
        }
        // It has some of them and does not say which; repeats do no harm, they have their event id.
        return new Judgement.Halve(
                reply.ofOne(
                        AttemptResult.RETRY,
                        "It was sent %d and says it received %d: %s"
                                .formatted(reply.sent(), received, reply.text())));
    }

    private static boolean isLimit(int code) {
        return switch (code) {
            case 4, 17, 32, 341, 613 -> true;
            default -> code >= 80_000 && code <= 80_014;
        };
    }

    /// Token, permission, policy, or an address that does not exist (any more).
    private static boolean asksForOperator(int code, int subcode) {
        return switch (code) {
            case 3, 10, 102, 190, 368, 803, 2500, DEPRECATED_VERSION -> true;
            case 100 -> subcode == NO_SUCH_OBJECT;
            default -> code >= 200 && code <= 299;
        };
    }

    /// The longest that one of the usage headers names: minutes.
    private static Duration pause(Reply reply) {
        int[] minutes = {0};
        for (var header : List.of("x-business-use-case-usage", "x-app-usage")) {
            reply.answer()
                    .header(header)
                    .map(Json::lenient)
                    .ifPresent(usage ->
                            usage.findValues("estimated_time_to_regain_access")
                                    .forEach(found ->
                                            minutes[0] = Math.max(minutes[0], found.asInt())));
        }
        return Duration.ofMinutes(minutes[0]);
    }

    /// For example `100/2804003 Event Timestamp Too Old: … (fbtrace_id A1b2)`.
    private static String note(JsonNode error) {
        var parts = new ArrayList<String>();
        int subcode = error.path("error_subcode").asInt();
        parts.add(error.path("code").asText() + (subcode == 0 ? "" : "/" + subcode));
        var title = error.path("error_user_title").asText();
        var message =
                error.path("error_user_msg").asText().isEmpty()
                        ? error.path("message").asText()
                        : error.path("error_user_msg").asText();
        parts.add(title.isEmpty() ? message : title + ": " + message);
        var trace = error.path("fbtrace_id").asText();
        if (!trace.isEmpty()) {
            parts.add("(fbtrace_id " + trace + ")");
        }
        return String.join(" ", parts);
    }
}
