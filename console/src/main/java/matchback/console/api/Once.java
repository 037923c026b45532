package matchback.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.Function;
import matchback.console.ConsoleContext;
import matchback.console.api.Idempotency.Claim;
import matchback.ledger.Completion.LedgerFailure;
import matchback.ledger.Wordless;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does a call once that comes with an `Idempotency-Key`, however often it is sent. Safe for use by
/// many threads.
final class Once {
    static final String KEY = "Idempotency-Key";

    private static final Logger LOG = LoggerFactory.getLogger(Once.class);
    private static final int KEY_CHARS_MAX = 255;

    private final Idempotency idempotency;

    Once(ConsoleContext context) {
        this.idempotency = new Idempotency(context.handover().cabinet(), context.clock());
    }

    static ObjectNode schema() {
        return Schema.text(
                "Any text of your own, new for each call and the same when a call is sent again",
                KEY_CHARS_MAX);
    }

    /// The key of a call; empty without one. A problem goes to the form.
    static String key(Call call, Form form) {
        var key = call.header(KEY).strip();
        boolean isFit =
                key.length() <= KEY_CHARS_MAX && key.chars().allMatch(c -> c > 0x20 && c < 0x7F);
        if (!isFit) {
            form.problem(KEY, "A header of 1 to " + KEY_CHARS_MAX + " printable ASCII characters");
        }
        return key;
    }

    /// @param asked digest of all that was asked
    /// @param work gives no answer when not everything could be stored
    Answer answer(String key, byte[] asked, Function<Claim.Mine, Optional<Answer>> work) {
        return switch (idempotency.claim(key, asked)) {
            case Claim.Done(var answer) -> answer.with("Idempotent-Replayed", "true");
            case Claim.Mine mine -> done(mine, work);
            case Claim.Other() ->
                    Answer.problem(
                            422,
                            "idempotency-key-reused",
                            "The Idempotency-Key stands for another call",
                            "It came with another body within the last "
                                    + Idempotency.KEPT.toHours()
                                    + " hours; take a new key for a new call");
            case Claim.UnderWay() ->
                    Answer.problem(
                                    409,
                                    "idempotency-key-in-use",
                                    "A call with this Idempotency-Key is under way",
                                    "Its answer can be had by sending the call again in a moment")
                            .with("Retry-After", "1");
            case Claim.Full() ->
                    Answer.problem(
                                    429,
                                    "idempotency-keys-full",
                                    "No more keys can be kept",
                                    "The answers of the last "
                                            + Idempotency.KEPT.toHours()
                                            + " hours fill their place; send several conversions"
                                            + " in one call, or none with a key")
                            .with("Retry-After", "600");
        };
    }

    private Answer done(Claim.Mine mine, Function<Claim.Mine, Optional<Answer>> work) {
        Optional<Answer> answer = Optional.empty();
        try {
            answer = work.apply(mine);
        } finally {
            if (answer.isEmpty()) {
                idempotency.drop(mine);
            }
        }
        if (answer.isEmpty()) {
            return notStored();
        }
        try {
            idempotency.keep(mine, answer.get());
            return answer.get();
        } catch (LedgerFailure e) {
            LOG.error("answer not kept", Wordless.of(e));
            return notStored();
        }
    }

    static Answer notStored() {
        return Handing.notStored(
                "Send the call again: with the same Idempotency-Key what was stored is not taken"
                        + " twice");
    }
}
