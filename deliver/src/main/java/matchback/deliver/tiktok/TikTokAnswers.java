package matchback.deliver.tiktok;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.regex.Pattern;
import matchback.deliver.Judgement;
import matchback.deliver.Verdict;
import matchback.deliver.Verdict.Sign;
import matchback.deliver.platform.Reply;
import matchback.ledger.Event.AttemptResult;

/// What TikTok's answers mean. Most come with the status 200 whatever they say: the body's `code`
/// tells. The codes are those that users of the API report; no list of TikTok's was found.
final class TikTokAnswers {
    private static final int OK = 0;
    private static final int PARTLY_TAKEN = 20_001;
    private static final int NOT_PERMITTED = 40_001;
    private static final int BAD_PARAMETER = 40_002;
    private static final int TOO_MANY = 40_100;
    private static final int TOO_MANY_A_DAY = 40_133;
    private static final int BAD_TOKEN_FROM = 40_101;
    private static final int BAD_TOKEN_TO = 40_105;
    private static final int TROUBLE_FROM = 50_000;

    /// A bad parameter that all requests of the destination have: no event is at fault.
    private static final Pattern OF_THE_DESTINATION =
            Pattern.compile("(?i).*(event_source|pixel|test_event_code).*", Pattern.DOTALL);

    private TikTokAnswers() {}

    static Judgement judge(Reply reply) {
        var code = reply.body().path("code");
        if (!code.isIntegralNumber()) {
            return reply.isSuccess()
                    ? reply.again("The answer has no code, so it is not TikTok's: " + said(reply))
                    : reply.byStatus(said(reply));
        }
        return switch (code.asInt()) {
            case OK -> reply.taken(said(reply));
            case PARTLY_TAKEN -> partly(reply);
            case NOT_PERMITTED ->
                    reply.park("The access token may not write to this pixel. " + said(reply));
            case BAD_PARAMETER -> badParameter(reply);
            case TOO_MANY, TOO_MANY_A_DAY -> reply.pause(Duration.ZERO, said(reply));
            default -> other(code.asInt(), reply);
        };
    }

    private static Judgement badParameter(Reply reply) {
        var message = reply.body().path("message").asText("");
        return OF_THE_DESTINATION.matcher(message).matches()
                ? reply.park("Check the destination's settings. " + said(reply))
                : reply.refused(said(reply));
    }

    private static Judgement other(int code, Reply reply) {
        if (code >= BAD_TOKEN_FROM && code <= BAD_TOKEN_TO) {
            return reply.park(
                    "The access token is not valid; make a new one in TikTok Events Manager. "
                            + said(reply));
        }
        if (code >= TROUBLE_FROM) {
            return reply.again(said(reply));
        }
        // Not known: whoever it is about is tried for as long as the schedule goes.
        return new Judgement.Halve(
                new Verdict(
                        AttemptResult.RETRY,
                        Sign.ALIVE,
                        reply.status(),
                        said(reply),
                        Duration.ZERO));
    }

    /// All but the ones it names were taken.
    private static Judgement partly(Reply reply) {
        var failed = reply.body().at("/data/failed_events");
        var taken =
                new Verdict(
                        AttemptResult.DELIVERED,
                        Sign.ALIVE,
                        reply.status(),
                        said(reply),
                        Duration.ZERO);
        var verdicts = new ArrayList<>(Collections.nCopies(reply.sent(), taken));
        for (var one : failed) {
            int index = one.path("order_in_list").asInt(-1);
            if (index < 0 || index >= reply.sent()) {
                return reply.refused(said(reply));
            }
            verdicts.set(index, reply.refusal(words(PARTLY_TAKEN, one.path("error_message"))));
        }
        // An event that was taken already is known to TikTok by its id.
        return failed.isEmpty() ? reply.refused(said(reply)) : new Judgement.Each(verdicts);
    }

    private static String said(Reply reply) {
        var code = reply.body().path("code");
        if (!code.isIntegralNumber()) {
            return reply.answer().body();
        }
        var request = reply.body().path("request_id").asText("");
        return words(code.asInt(), reply.body().path("message"))
                + (request.isEmpty() ? "" : " (request_id " + request + ')');
    }

    private static String words(int code, JsonNode message) {
        return "TikTok " + code + ": " + message.asText("");
    }
}
