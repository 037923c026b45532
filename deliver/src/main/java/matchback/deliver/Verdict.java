package matchback.deliver;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import matchback.ledger.Event.AttemptResult;

/// What an answer means for the delivery and for the destination.
///
/// @param result what becomes of the delivery; RETRY turns into DEAD after the last attempt
/// @param sign what it says about the destination as a whole
/// @param httpStatus 0 without an answer
/// @param retryAfter the pause the destination asks for; zero for none
public record Verdict(
        AttemptResult result, Sign sign, int httpStatus, String note, Duration retryAfter) {

    /// What an attempt says about a destination.
    public enum Sign {
        /// It answers and does its work, whatever it thought of this request.
        ALIVE,
        /// It is down or overloaded; enough of these in a row open the breaker.
        TROUBLED,
        /// It answers nobody for the time it names.
        THROTTLED,
        /// Nothing will get through before somebody changes the settings.
        PARKED,
        /// Nothing: it was not asked.
        NONE
    }

    /// Says nothing about a delivery.
    static final Verdict ALIVE = new Verdict(AttemptResult.RETRY, Sign.ALIVE, 0, "", Duration.ZERO);

    /// Nothing was sent, and nothing will be under the present settings.
    public static Verdict parked(String note) {
        return new Verdict(AttemptResult.PARKED, Sign.PARKED, 0, note, Duration.ZERO);
    }

    /// Nothing was sent, and nothing ever will be.
    public static Verdict hopeless(String note) {
        return new Verdict(AttemptResult.DEAD, Sign.NONE, 0, note, Duration.ZERO);
    }

    /// Our own fault; it is tried again, in case a newer version of the program does better.
    static Verdict broken(String what, RuntimeException cause) {
        var note = what + ": internal error, " + cause.getClass().getSimpleName();
        return new Verdict(AttemptResult.RETRY, Sign.NONE, 0, note, Duration.ZERO);
    }

    /// The same in other words, for adapters that read the answer's body.
    ///
    /// @param other must hold no secret
    public Verdict withNote(String other) {
        return new Verdict(result, sign, httpStatus, Excerpt.of(other, List.of()), retryAfter);
    }

    /// The same for another result, for adapters that read the answer's body.
    public Verdict withResult(AttemptResult other, Sign otherSign) {
        return new Verdict(other, otherSign, httpStatus, note, retryAfter);
    }

    /// What an answer means by its status alone.
    ///
    /// @param secrets texts that must not show up in the note
    static Verdict of(Answer answer, Instant now, List<String> secrets) {
        return switch (answer) {
            case Answer.Answered answered -> of(answered, now, secrets);
            case Answer.Unreachable(var why) -> troubled(Excerpt.of(why, secrets));
            case Answer.TimedOut(var waited) -> troubled("No answer within " + text(waited));
            case Answer.Forbidden(var why) -> parked(Excerpt.of(why, secrets));
        };
    }

    private static Verdict of(Answer.Answered answered, Instant now, List<String> secrets) {
        int status = answered.status();
        var note = note(answered, secrets);
        var pause = answered.header("retry-after").map(text -> RetryAfter.parse(text, now));
        boolean asksForPause = pause.isPresent() && pause.get().isPositive();
        return new Verdict(
                result(status),
                sign(status, asksForPause),
                status,
                note,
                pause.orElse(Duration.ZERO));
    }

    private static AttemptResult result(int status) {
        return switch (status) {
            case 401, 403 -> AttemptResult.PARKED;
            case 410 -> AttemptResult.DEAD;
            default -> isSuccess(status) ? AttemptResult.DELIVERED : AttemptResult.RETRY;
        };
    }

    private static Sign sign(int status, boolean asksForPause) {
        return switch (status) {
            case 401, 403 -> Sign.PARKED;
            case 429, 503 -> asksForPause ? Sign.THROTTLED : Sign.TROUBLED;
            case 408, 425 -> Sign.TROUBLED;
            // Any other 4xx is about this one request.
            default -> isSuccess(status) || status / 100 == 4 ? Sign.ALIVE : Sign.TROUBLED;
        };
    }

    private static boolean isSuccess(int status) {
        return status / 100 == 2;
    }

    private static String note(Answer.Answered answered, List<String> secrets) {
        if (answered.status() / 100 == 3) {
            return Excerpt.of(
                    "Redirects are not followed; it points to "
                            + answered.header("location").orElse("nowhere"),
                    secrets);
        }
        return Excerpt.of(answered.body(), secrets);
    }

    private static Verdict troubled(String note) {
        return new Verdict(AttemptResult.RETRY, Sign.TROUBLED, 0, note, Duration.ZERO);
    }

    private static String text(Duration waited) {
        return waited.toMillis() % 1000 == 0
                ? waited.toSeconds() + " s"
                : waited.toMillis() + " ms";
    }
}
