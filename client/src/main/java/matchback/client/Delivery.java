package matchback.client;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import matchback.client.Outbox.Entry;
import matchback.client.Outcome.Result;

/// Sends what waits and is due, oldest first. When the tracker cannot be reached, the rest of a
/// round is left for later: it would only wait for the same nothing.
///
/// Used by one thread.
final class Delivery {
    /// Posts one entry; a test's stand-in for the network throws as a network does.
    interface Post {
        Reply post(Map<String, String> fields) throws IOException, InterruptedException;
    }

    /// @param attempts made since the start of the process
    private record Pause(int attempts, long until) {
        static final Pause NONE = new Pause(0, 0);
    }

    private final Outbox outbox;
    private final Outbox refused;
    private final Post post;
    private final Duration keepTrying;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Consumer<Outcome> listener;
    private final Map<Long, Pause> pauses = new HashMap<>();
    private Pause unreachable = Pause.NONE;

    /// @param refused where those end that are given up
    Delivery(
            Outbox outbox,
            Outbox refused,
            Post post,
            Duration keepTrying,
            InstantSource clock,
            RandomGenerator random,
            Consumer<Outcome> listener) {
        this.outbox = outbox;
        this.refused = refused;
        this.post = post;
        this.keepTrying = keepTrying;
        this.clock = clock;
        this.random = random;
        this.listener = listener;
    }

    /// One round over what waits.
    ///
    /// @return epoch milliseconds of the next one; [Long#MAX_VALUE] when nothing waits
    long sendDue() throws IOException, InterruptedException {
        long next = Long.MAX_VALUE;
        for (var entry : outbox.waiting()) {
            long now = clock.millis();
            long due = Math.max(unreachable.until(), pause(entry).until());
            if (due <= now) {
                due = send(entry, now);
            }
            next = Math.min(next, due);
        }
        return next;
    }

    private Pause pause(Entry entry) {
        return pauses.getOrDefault(entry.number(), Pause.NONE);
    }

    /// @return when it is tried again; [Long#MAX_VALUE] when it is over
    private long send(Entry entry, long now) throws IOException, InterruptedException {
        Reply reply;
        try {
            reply = post.post(entry.fields());
        } catch (IOException noAnswer) {
            return later(entry, now, "no answer: " + noAnswer.getClass().getSimpleName());
        }
        unreachable = Pause.NONE;
        var result = reply.result();
        if (result == Result.WAITING) {
            return later(entry, now, reply);
        }
        if (result == Result.REFUSED) {
            refused.add(now, entry.fields());
        }
        over(entry, outcome(entry, result, reply));
        return Long.MAX_VALUE;
    }

    private long later(Entry entry, long now, String trouble) throws IOException {
        unreachable = longer(unreachable, now);
        return later(entry, now, new Reply(0, "", trouble, ""));
    }

    private long later(Entry entry, long now, Reply reply) throws IOException {
        if (now - entry.queuedAt() >= keepTrying.toMillis()) {
            refused.add(now, entry.fields());
            over(entry, outcome(entry, Result.EXPIRED, reply));
            return Long.MAX_VALUE;
        }
        var pause = longer(pause(entry), now);
        pauses.put(entry.number(), pause);
        listener.accept(outcome(entry, Result.WAITING, reply));
        return Math.max(pause.until(), unreachable.until());
    }

    private Pause longer(Pause pause, long now) {
        int attempts = pause.attempts() + 1;
        return new Pause(attempts, now + Backoff.millisAfter(attempts, random));
    }

    private void over(Entry entry, Outcome outcome) throws IOException {
        outbox.done(entry);
        pauses.remove(entry.number());
        listener.accept(outcome);
    }

    private static Outcome outcome(Entry entry, Result result, Reply reply) {
        return new Outcome(
                entry.fields().getOrDefault("clickid", ""),
                entry.fields().getOrDefault("txid", ""),
                result,
                reply.decision(),
                reply.words(),
                reply.receipt());
    }
}
