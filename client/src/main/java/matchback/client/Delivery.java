package matchback.client;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import matchback.client.Outbox.Entry;
import matchback.client.Outcome.Result;

/// Sends what waits and is due, the least tried first. When the trouble is not the conversion's own
/// (nobody answers, a proxy answers, the token is wrong), the rest of a round is left for later: it
/// would only meet the same.
///
/// Used by one thread.
final class Delivery {
    private static final Logger LOG = System.getLogger("matchback.client");

    /// Longest time between two attempts at a tracker that has trouble with all conversions: it has
    /// everything that soon after it came back.
    static final Duration OUTAGE_PAUSE_MAX = Duration.ofMinutes(10);

    /// Posts one entry; a test's stand-in for the network throws as a network does.
    interface Post {
        Reply post(Map<String, String> fields) throws IOException, InterruptedException;
    }

    /// @param attempts made since the start of the process
    /// @param until epoch milliseconds
    private record Pause(int attempts, long until) {
        static final Pause NONE = new Pause(0, 0);
    }

    /// What became of a try.
    ///
    /// @param isOutage whether others would have met the same
    /// @param next when the entry is due again; [Long#MAX_VALUE] when it is over
    private record Tried(boolean isOutage, long next) {
        static final Tried OVER = new Tried(false, Long.MAX_VALUE);
    }

    private final Outbox outbox;
    private final Outbox refused;
    private final Post post;
    private final Duration keepTrying;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Consumer<Outcome> listener;
    private final Map<Long, Pause> pauses = new HashMap<>();
    private Pause outage = Pause.NONE;

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
    long sendDue() throws InterruptedException {
        long next = Long.MAX_VALUE;
        for (var entry : leastTriedFirst()) {
            long now = clock.millis();
            long due = Math.max(outage.until(), pause(entry).until());
            if (due <= now) {
                var tried = send(entry, now);
                if (tried.isOutage()) {
                    return outage.until();
                }
                due = tried.next();
            }
            next = Math.min(next, due);
        }
        return next;
    }

    /// So that none that always fails stands before others that would not.
    private List<Entry> leastTriedFirst() {
        var entries = outbox.waiting();
        entries.sort(Comparator.comparingInt(entry -> pause(entry).attempts()));
        return entries;
    }

    private Pause pause(Entry entry) {
        return pauses.getOrDefault(entry.number(), Pause.NONE);
    }

    private Tried send(Entry entry, long now) throws InterruptedException {
        var reply = answer(entry);
        if (reply.isOutage()) {
            outage = longer(outage, now, OUTAGE_PAUSE_MAX);
            pauses.put(entry.number(), new Pause(pause(entry).attempts() + 1, 0));
            giveUpOld(now, reply);
            if (pauses.containsKey(entry.number())) {
                tell(outcome(entry, Result.WAITING, reply));
            }
            return new Tried(true, outage.until());
        }
        outage = Pause.NONE;
        return switch (reply.result()) {
            case ACCEPTED -> over(entry, Result.ACCEPTED, reply);
            case REFUSED -> giveUp(entry, now, Result.REFUSED, reply);
            case WAITING, EXPIRED ->
                    isOld(entry, now)
                            ? giveUp(entry, now, Result.EXPIRED, reply)
                            : later(entry, now, reply);
        };
    }

    private Reply answer(Entry entry) throws InterruptedException {
        try {
            return post.post(entry.fields());
        } catch (IOException | RuntimeException noAnswer) {
            return new Reply(0, "", "no answer: " + noAnswer.getClass().getSimpleName(), "");
        }
    }

    private boolean isOld(Entry entry, long now) {
        return now - entry.queuedAt() >= keepTrying.toMillis();
    }

    /// In an outage one try stands for all.
    private void giveUpOld(long now, Reply reply) {
        for (var entry : outbox.waiting()) {
            if (isOld(entry, now)) {
                giveUp(entry, now, Result.EXPIRED, reply);
            }
        }
    }

    private Tried later(Entry entry, long now, Reply reply) {
        var pause = longer(pause(entry), now, Backoff.LONGEST);
        pauses.put(entry.number(), pause);
        tell(outcome(entry, Result.WAITING, reply));
        return new Tried(false, pause.until());
    }

    /// It waits on when the disk does not take it: it must be in one of the two.
    private Tried giveUp(Entry entry, long now, Result result, Reply reply) {
        try {
            refused.add(now, entry.fields());
        } catch (IOException full) {
            LOG.log(Level.WARNING, "a refused conversion could not be kept apart", full);
            return later(entry, now, reply);
        }
        return over(entry, result, reply);
    }

    private Tried over(Entry entry, Result result, Reply reply) {
        outbox.done(entry);
        pauses.remove(entry.number());
        tell(outcome(entry, result, reply));
        return Tried.OVER;
    }

    private Pause longer(Pause pause, long now, Duration longest) {
        int attempts = pause.attempts() + 1;
        return new Pause(attempts, now + Backoff.millisAfter(attempts, longest, random));
    }

    private void tell(Outcome outcome) {
        try {
            listener.accept(outcome);
        } catch (RuntimeException trouble) {
            LOG.log(Level.WARNING, "the listener of outcomes failed", trouble);
        }
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
