package matchback.deliver.google;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import matchback.deliver.Judgement;
import matchback.deliver.Verdict;
import matchback.deliver.Verdict.Sign;
import matchback.deliver.google.Refusal.Violation;
import matchback.deliver.platform.Reply;
import matchback.ledger.Event.AttemptResult;

/// What Google's answers mean for the events of a request.
///
/// | answer | meaning |
/// |---|---|
/// | 2xx | taken; what becomes of it is asked later by the request id |
/// | 400, fields of events named | these are refused for good, the others sent again at once |
/// | 400, a destination named | its events wait for other settings, the others are sent again |
/// | 400 about the account or terms | parked |
/// | 400 otherwise | halved until the one it is about stands alone |
/// | 401, 403, 404 | parked, 401 after one new token |
/// | 429 a day's quota | nothing for a quarter of an hour; no try is burnt |
/// | 429 otherwise | again after a minute, or when Google says |
/// | 5xx | again |
final class Answers {
    /// When a day's quota is used up, and for events whose conversion action is refused while
    /// others are not.
    private static final Duration LONG_PAUSE = Duration.ofMinutes(15);

    private Answers() {}

    static Judgement judge(Reply reply) {
        if (reply.isSuccess()) {
            return reply.taken(taken(reply));
        }
        var refusal = Refusal.parse(reply.answer().body());
        var text = refusal.text().isBlank() ? reply.byStatus().note() : refusal.text();
        return switch (reply.status()) {
            case 400 -> refused(reply, refusal, text);
            case 403, 404 -> reply.park(text);
            case 429 -> exhausted(reply, refusal, text);
            default -> reply.byStatus(text);
        };
    }

    private static String taken(Reply reply) {
        var id = requestId(reply);
        return id.isEmpty() ? "Taken without a request id" : "Taken as request " + id;
    }

    static String requestId(Reply reply) {
        return reply.body().path("requestId").asText();
    }

    private static Judgement exhausted(Reply reply, Refusal refusal, String text) {
        if (!refusal.quota().contains("PerDay")) {
            return reply.pause(refusal.pause(), text);
        }
        var pause = refusal.pause().isPositive() ? refusal.pause() : LONG_PAUSE;
        return new Judgement.All(
                new Verdict(AttemptResult.PARKED, Sign.THROTTLED, reply.status(), text, pause));
    }

    private static Judgement refused(Reply reply, Refusal refusal, String text) {
        var named = named(reply, refusal);
        if (!named.isEmpty()) {
            return new Judgement.Without(named);
        }
        return switch (Meaning.of(refusal.reason())) {
            case EVENT -> reply.refused(text);
            case SETTINGS -> reply.park(text);
            case LATER -> reply.again(text);
            case UNKNOWN -> new Judgement.Halve(noted(reply.byStatus(), text));
        };
    }

    /// What is said of single events, by index; those of a destination that is refused are meant
    /// each.
    private static Map<Integer, Verdict> named(Reply reply, Refusal refusal) {
        var named = new HashMap<Integer, Verdict>();
        var actions = DataManager.actions(reply.parcels());
        for (var violation : refusal.violations()) {
            var event = violation.event();
            if (event.isPresent()) {
                if (event.getAsInt() < reply.sent()) {
                    named.putIfAbsent(event.getAsInt(), verdict(reply, violation));
                }
            } else {
                parked(reply, violation, actions, named);
            }
        }
        return named;
    }

    private static void parked(
            Reply reply, Violation violation, List<String> actions, Map<Integer, Verdict> named) {
        var destination = violation.destination();
        var distinct = actions.stream().distinct().toList();
        if (destination.isEmpty() || destination.getAsInt() >= distinct.size()) {
            return;
        }
        var refused = distinct.get(destination.getAsInt());
        for (int i = 0; i < actions.size(); i++) {
            if (actions.get(i).equals(refused)) {
                named.putIfAbsent(i, waiting(reply, violation.text()));
            }
        }
    }

    private static Verdict verdict(Reply reply, Violation violation) {
        return switch (Meaning.of(violation.reason())) {
            case EVENT, UNKNOWN -> reply.refusal(violation.text());
            case SETTINGS -> waiting(reply, violation.text());
            case LATER -> noted(reply.byStatus(), violation.text());
        };
    }

    private static Verdict noted(Verdict verdict, String note) {
        return new Verdict(
                verdict.result(), verdict.sign(), verdict.httpStatus(), note, verdict.retryAfter());
    }

    /// It waits for other settings; the destination as a whole goes on.
    private static Verdict waiting(Reply reply, String text) {
        return new Verdict(AttemptResult.PARKED, Sign.ALIVE, reply.status(), text, LONG_PAUSE);
    }
}
