package matchback.console.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import matchback.console.api.Answer.Body;
import matchback.ledger.Cabinet;
import matchback.ledger.Fields;
import matchback.ledger.Fields.Reader;
import matchback.ledger.Fields.Writer;

/// Keeps the first answer of each `Idempotency-Key`, so that a call that is sent again is answered
/// with it and does nothing.
///
/// ```
/// nothing ──claim──▶ begun ──keep──▶ answered ──▶ nothing, after [#KEPT]
/// ```
///
/// What was begun is on the disk before the first conversion is: whoever sends the call again after
/// a crash takes it up under the same time and digest, from which the record ids are made. Safe for
/// use by many threads of one process.
final class Idempotency {
    /// How long an answer is kept at least.
    static final Duration KEPT = Duration.ofHours(24);

    /// Keys kept at a time, and the bytes of their answers.
    static final int KEYS_MAX = 1_000_000;

    static final long BYTES_MAX = 1L << 30;

    private static final Duration SWEEP_EVERY = Duration.ofMinutes(10);
    private static final int SWEPT_AT_ONCE = 1000;
    private static final String NOTES = "idempotency/note/";
    private static final String ANSWERS = "idempotency/answer/";
    private static final int NOTE_KIND = 1;

    private final Cabinet cabinet;
    private final InstantSource clock;
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    /// Guards the figures below.
    private final ReentrantLock sweeping = new ReentrantLock();

    private long sweptAt = Long.MIN_VALUE;
    private long keys;
    private long bytes;

    /// What is known of a key.
    ///
    /// @param digest of what was asked
    /// @param status of the answer; 0 while there is none
    /// @param bytes of the answer
    private record Note(byte[] digest, long begunAt, int status, String type, long bytes) {
        boolean isPast(long now) {
            return begunAt < now - KEPT.toMillis();
        }
    }

    /// What becomes of a call.
    sealed interface Claim {
        /// It is to be done now; [Idempotency#keep] or [Idempotency#drop] ends it.
        ///
        /// @param digest of key and time, the same when the call is taken up again
        record Mine(String name, byte[] asked, byte[] digest, long begunAt) implements Claim {}

        /// It was done.
        record Done(Answer answer) implements Claim {}

        /// The key stands for another call.
        record Other() implements Claim {}

        /// The same call is being done.
        record UnderWay() implements Claim {}

        /// So many keys are kept that none can be added.
        record Full() implements Claim {}
    }

    Idempotency(Cabinet cabinet, InstantSource clock) {
        this.cabinet = cabinet;
        this.clock = clock;
    }

    /// @param asked digest of all that was asked
    Claim claim(String key, byte[] asked) {
        var name = HexFormat.of().formatHex(sha256(key.getBytes(StandardCharsets.UTF_8)));
        if (!underWay.add(name)) {
            return new Claim.UnderWay();
        }
        var claim = claimed(name, asked);
        if (!(claim instanceof Claim.Mine)) {
            underWay.remove(name);
        }
        return claim;
    }

    private Claim claimed(String name, byte[] asked) {
        long now = clock.millis();
        var known = cabinet.get(NOTES + name).map(Idempotency::note).filter(n -> !n.isPast(now));
        if (known.isEmpty()) {
            if (!hasRoom(now)) {
                return new Claim.Full();
            }
            cabinet.put(NOTES + name, encoded(new Note(asked, now, 0, "", 0)));
            return mine(name, asked, now);
        }
        var note = known.get();
        if (!MessageDigest.isEqual(note.digest(), asked)) {
            return new Claim.Other();
        }
        var answer = cabinet.get(ANSWERS + name);
        return note.status() == 0 || answer.isEmpty()
                ? mine(name, asked, note.begunAt())
                : new Claim.Done(
                        new Answer(
                                note.status(),
                                note.type(),
                                Map.of(),
                                new Body.Bytes(answer.get())));
    }

    private static Claim.Mine mine(String name, byte[] asked, long begunAt) {
        var seed = (name + '/' + begunAt).getBytes(StandardCharsets.UTF_8);
        return new Claim.Mine(name, asked, sha256(seed), begunAt);
    }

    /// Keeps the answer; returns when that is durable.
    void keep(Claim.Mine claim, Answer answer) {
        try {
            var body = answer.body() instanceof Body.Bytes(var all) ? all : new byte[0];
            var note =
                    new Note(
                            claim.asked(),
                            claim.begunAt(),
                            answer.status(),
                            answer.contentType(),
                            body.length);
            cabinet.change(
                    Map.of(NOTES + claim.name(), encoded(note), ANSWERS + claim.name(), body),
                    List.of());
            count(body.length);
        } finally {
            underWay.remove(claim.name());
        }
    }

    /// Ends a call that got no answer to keep; it may be sent again.
    void drop(Claim.Mine claim) {
        underWay.remove(claim.name());
    }

    private void count(long more) {
        sweeping.lock();
        try {
            bytes += more;
        } finally {
            sweeping.unlock();
        }
    }

    /// Whether one more key may be kept; counts it.
    private boolean hasRoom(long now) {
        sweeping.lock();
        try {
            if (sweptAt < now - SWEEP_EVERY.toMillis()) {
                sweep(now);
                sweptAt = now;
            }
            if (keys >= KEYS_MAX || bytes >= BYTES_MAX) {
                return false;
            }
            keys++;
            return true;
        } finally {
            sweeping.unlock();
        }
    }

    /// Removes what is past and counts what is left.
    private void sweep(long now) {
        var figures = new long[2];
        var past = new ArrayList<String>();
        cabinet.visit(
                NOTES,
                (name, value) -> {
                    var note = note(value);
                    // One that is claimed anew waits for this to end, or is left alone.
                    if (note.isPast(now)) {
                        if (underWay.contains(name.substring(NOTES.length()))) {
                            return;
                        }
                        past.add(name);
                        past.add(ANSWERS + name.substring(NOTES.length()));
                    } else {
                        figures[0]++;
                        figures[1] += note.bytes();
                    }
                });
        for (int from = 0; from < past.size(); from += SWEPT_AT_ONCE) {
            cabinet.change(
                    Map.of(), past.subList(from, Math.min(from + SWEPT_AT_ONCE, past.size())));
        }
        keys = figures[0];
        bytes = figures[1];
    }

    private static byte[] encoded(Note note) {
        return new Writer(NOTE_KIND)
                .bytes(1, note.digest())
                .number(2, note.begunAt())
                .number(3, note.status())
                .text(4, note.type())
                .number(5, note.bytes())
                .toBytes();
    }

    private static Note note(byte[] bytes) {
        return Fields.read(bytes, Idempotency::read);
    }

    private static Note read(Reader in) {
        return new Note(in.bytes(1), in.number(2), (int) in.number(3), in.text(4), in.number(5));
    }

    static byte[] sha256(byte[]... parts) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            Arrays.stream(parts).forEach(digest::update);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
