package matchback.deliver.platform;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import matchback.deliver.Answer.Answered;
import matchback.deliver.Judgement;
import matchback.deliver.Parcel;
import matchback.deliver.Verdict;
import matchback.deliver.Verdict.Sign;
import matchback.ledger.Event.AttemptResult;

/// A platform's answer to a request, ready to be judged.
///
/// @param parcels what was sent, in the order of the events
/// @param body missing when it is no JSON
/// @param byStatus what the status alone means
public record Reply(List<Parcel> parcels, Answered answer, JsonNode body, Verdict byStatus) {
    /// For a platform that says it is too much, and not for how long.
    private static final Duration PAUSE = Duration.ofMinutes(1);

    public Reply {
        parcels = List.copyOf(parcels);
    }

    /// How many events were in the request.
    public int sent() {
        return parcels.size();
    }

    public int status() {
        return answer.status();
    }

    public boolean isSuccess() {
        return status() / 100 == 2;
    }

    /// The answer, in a form in which secrets are found: JSON without needless escapes.
    public String text() {
        return body.isContainerNode() ? Json.text(body) : byStatus.note();
    }

    /// As the status says.
    public Judgement byStatus(String note) {
        return new Judgement.All(withNote(byStatus, note));
    }

    /// It has them all.
    public Judgement taken(String note) {
        return new Judgement.All(verdict(AttemptResult.DELIVERED, Sign.ALIVE, note, Duration.ZERO));
    }

    /// It could not, this time: all are sent again, and several of these in a row open the breaker.
    public Judgement again(String note) {
        return new Judgement.All(
                verdict(AttemptResult.RETRY, Sign.TROUBLED, note, byStatus.retryAfter()));
    }

    /// It takes nothing for a while.
    ///
    /// @param pause zero when it does not say how long
    public Judgement pause(Duration pause, String note) {
        var asked = pause.isPositive() ? pause : byStatus.retryAfter();
        return new Judgement.All(
                verdict(
                        AttemptResult.RETRY,
                        Sign.THROTTLED,
                        note,
                        asked.isPositive() ? asked : PAUSE));
    }

    /// Nothing gets through before somebody changes the settings.
    public Judgement park(String note) {
        return new Judgement.All(verdict(AttemptResult.PARKED, Sign.PARKED, note, Duration.ZERO));
    }

    /// It refuses them for good because of some, and does not say of which.
    public Judgement refused(String note) {
        return new Judgement.Halve(refusal(note));
    }

    /// What a refusal for good means for one event.
    public Verdict refusal(String note) {
        return ofOne(AttemptResult.DEAD, note);
    }

    /// What it means for one event, from a platform that is alive.
    public Verdict ofOne(AttemptResult result, String note) {
        return verdict(result, Sign.ALIVE, note, Duration.ZERO);
    }

    private Verdict verdict(AttemptResult result, Sign sign, String note, Duration pause) {
        return new Verdict(result, sign, status(), note, pause);
    }

    private static Verdict withNote(Verdict verdict, String note) {
        return new Verdict(
                verdict.result(), verdict.sign(), verdict.httpStatus(), note, verdict.retryAfter());
    }
}
