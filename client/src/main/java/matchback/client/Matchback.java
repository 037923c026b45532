package matchback.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import matchback.client.SignedForm.Signing;
import org.jspecify.annotations.Nullable;

/// Reports conversions and does not lose them. Safe for use by many threads; one per process and
/// outbox.
public final class Matchback implements AutoCloseable {
    /// How long a conversion is tried when the tracker cannot be reached or does not take it yet.
    public static final Duration KEEP_TRYING = Duration.ofDays(3);

    /// Conversions that may wait; the disk is not ours to fill.
    public static final int WAITING_MAX = 100_000;

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(5);
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(10);
    private static final int NONCE_BYTES = 16;
    private static final int EVENT_ID_CHARS = 32;
    private static final Pattern TRIMMED = Pattern.compile("\\S(.*\\S)?");
    private static final Logger LOG = System.getLogger("matchback.client");

    private final URI url;
    private final @Nullable Signing signing;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final Outbox outbox;
    private final Outbox refused;
    private final Delivery delivery;
    private final Thread sender;
    private final Thread atShutdown = new Thread(this::close, "matchback-client-shutdown");
    private final String token;
    private final Duration closeWithin;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // The following under the lock.
    private boolean isNews;
    private boolean isClosing;
    private boolean isIdle;

    private Matchback(Builder with) throws IOException {
        this.url = with.url;
        this.signing = with.signing;
        this.clock = with.clock;
        var folder = with.folder;
        if (folder == null) {
            throw new IllegalArgumentException(
                    "outbox(...) is missing: a folder on a disk that outlives this process");
        }
        this.outbox = Outbox.open(folder.resolve("waiting"));
        try {
            this.refused = Outbox.open(folder.resolve("refused"));
        } catch (IOException | RuntimeException e) {
            outbox.close();
            throw e;
        }
        this.token = with.token;
        this.closeWithin = with.closeWithin;
        var transport = new Transport(token);
        this.delivery =
                new Delivery(
                        outbox,
                        refused,
                        fields ->
                                transport.post(
                                        target(SignedForm.body(fields)), SignedForm.body(fields)),
                        with.keepTrying,
                        clock,
                        random,
                        with.listener);
        this.sender = new Thread(this::run, "matchback-client");
        sender.setDaemon(true);
    }

    /// @param postbackUrl the sender's postback URL without parameters, for example
    ///   `https://track.example/postback/shop`
    public static Builder to(URI postbackUrl) {
        return new Builder(postbackUrl);
    }

    /// Queues a conversion for sending; it is on disk when this returns, and reported from then on,
    /// whatever happens to this process or the tracker. Reporting the same conversion again is
    /// safe.
    ///
    /// Throws IllegalArgumentException naming what is wrong with the conversion,
    /// UncheckedIOException when the disk does not take it, IllegalStateException when too many
    /// wait or after [#close].
    public void report(Conversion conversion) {
        var problems = conversion.problems();
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        queue(fields(conversion));
    }

    private void queue(Map<String, String> fields) {
        lock.lock();
        try {
            if (isClosing) {
                throw new IllegalStateException("this Matchback is closed");
            }
            if (outbox.size() >= WAITING_MAX) {
                throw new IllegalStateException(
                        WAITING_MAX + " conversions wait already; is the tracker's URL right?");
            }
            outbox.add(clock.millis(), fields);
            isNews = true;
            changed.signalAll();
        } catch (IOException e) {
            throw new UncheckedIOException("the conversion could not be written to the outbox", e);
        } finally {
            lock.unlock();
        }
    }

    /// What [#report] would send, and what is odd about it; sends nothing.
    public Preview explain(Conversion conversion) {
        var body = SignedForm.body(fields(conversion));
        return new Preview(
                conversion.problems(),
                Hints.of(url, signing != null || !token.isEmpty(), conversion),
                target(body).toString().replaceFirst("&sig=.*", "&sig=***"),
                new String(body, StandardCharsets.UTF_8));
    }

    /// How many the tracker does not have yet.
    public int waiting() {
        return outbox.size();
    }

    /// How many were given up: refused for good, or tried for too long.
    public int refused() {
        return refused.size();
    }

    /// Conversions that were given up, oldest first, to look at or to report elsewhere.
    public List<Map<String, String>> refusedFields() {
        return refused.waiting().stream().map(Outbox.Entry::fields).toList();
    }

    /// Queues everything that was given up once more, for example after a setting was put right.
    ///
    /// @return how many
    public int retryRefused() {
        int count = 0;
        for (var entry : refused.waiting()) {
            // In this order: between the two it is in both, and counts once.
            queue(entry.fields());
            refused.done(entry);
            count++;
        }
        return count;
    }

    /// Waits until nothing is due any more, for at most so long.
    ///
    /// @return whether the tracker has everything
    public boolean flush(Duration atMost) {
        long nanos = atMost.toNanos();
        lock.lock();
        try {
            while (!isClosing && (!isIdle || isNews)) {
                if (nanos <= 0) {
                    return false;
                }
                nanos = changed.awaitNanos(nanos);
            }
            return outbox.size() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /// Sends what is due for a few seconds more; what is left is sent after the next start. The end
    /// of the process does the same by itself.
    @Override
    public void close() {
        flush(closeWithin);
        lock.lock();
        try {
            if (isClosing) {
                return;
            }
            isClosing = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        forgetShutdown();
        sender.interrupt();
        try {
            sender.join(STOP_WITHIN.toMillis());
            outbox.close();
            refused.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException("the outbox could not be closed", e);
        }
    }

    private void forgetShutdown() {
        try {
            Runtime.getRuntime().removeShutdownHook(atShutdown);
        } catch (IllegalStateException underway) {
            // The process ends, and this may be why we are here.
        }
    }

    private void run() {
        try {
            while (awaitWork(round())) {
                // On and on.
            }
        } catch (InterruptedException closing) {
            // The outbox has what is left.
        }
    }

    private long round() throws InterruptedException {
        lock.lock();
        try {
            isNews = false;
            isIdle = false;
        } finally {
            lock.unlock();
        }
        try {
            return delivery.sendDue();
        } catch (RuntimeException trouble) {
            // Whatever it is, it may not end the sending.
            LOG.log(Level.WARNING, "a round of sending failed", trouble);
            return clock.millis() + AFTER_TROUBLE.toMillis();
        }
    }

    /// @return whether there is another round
    private boolean awaitWork(long nextAt) throws InterruptedException {
        lock.lock();
        try {
            isIdle = true;
            changed.signalAll();
            while (!isNews && !isClosing) {
                long pause = nextAt == Long.MAX_VALUE ? Long.MAX_VALUE : nextAt - clock.millis();
                if (pause <= 0) {
                    break;
                }
                changed.awaitNanos(Duration.ofMillis(Math.min(pause, 60_000)).toNanos());
            }
            return !isClosing;
        } finally {
            lock.unlock();
        }
    }

    private URI target(byte[] body) {
        if (signing == null) {
            return url;
        }
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        return SignedForm.signed(
                url, body, signing, clock.millis() / 1000, HexFormat.of().formatHex(nonce));
    }

    /// With an id of this very report: the same conversion reported again has the same, a changed
    /// one another. And with the time, for it may be days until the tracker hears of it.
    private Map<String, String> fields(Conversion conversion) {
        var fields = new TreeMap<>(conversion.fields());
        var digest = HexFormat.of().formatHex(SignedForm.sha256(SignedForm.body(fields)));
        fields.putIfAbsent("event_id", digest.substring(0, EVENT_ID_CHARS));
        fields.putIfAbsent("event_time", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
        return fields;
    }

    private static void log(Outcome outcome) {
        var level =
                switch (outcome.result()) {
                    case ACCEPTED -> Level.DEBUG;
                    case WAITING -> Level.INFO;
                    case REFUSED, EXPIRED -> Level.WARNING;
                };
        LOG.log(
                level,
                "conversion txid={0} {1} reason={2} receipt={3}",
                outcome.transactionId(),
                outcome.result(),
                outcome.reason(),
                outcome.receipt());
    }

    /// Settings of a [Matchback].
    public static final class Builder {
        private final URI url;
        private @Nullable Signing signing;
        private @Nullable Path folder;
        private String token = "";
        private Duration keepTrying = KEEP_TRYING;
        private Duration closeWithin = CLOSE_WITHIN;
        private InstantSource clock = InstantSource.system();
        private Consumer<Outcome> listener = Matchback::log;

        private Builder(URI url) {
            boolean isHttp = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
            if (!isHttp || url.getRawAuthority() == null || url.getRawQuery() != null) {
                throw new IllegalArgumentException(
                        "not a postback URL without parameters, such as"
                                + " https://track.example/postback/shop");
            }
            this.url = url;
        }

        /// Signs every report, with a key of the sender's rule `query-hmac`.
        public Builder signedWith(String keyId, String secret) {
            this.signing = new Signing(trimmed("key id", keyId), trimmed("secret", secret));
            return this;
        }

        /// Shows the sender's token.
        public Builder token(String token) {
            this.token = trimmed("token", token);
            return this;
        }

        /// What was read from a file often ends in a line break.
        private static String trimmed(String what, String text) {
            if (!TRIMMED.matcher(text).matches()) {
                throw new IllegalArgumentException(
                        "the " + what + " is empty, or has a blank or a line break around it");
            }
            return text;
        }

        /// Where conversions wait: a folder of this Matchback alone, on a disk that outlives the
        /// process.
        public Builder outbox(Path folder) {
            this.folder = folder;
            return this;
        }

        public Builder keepTrying(Duration atMost) {
            this.keepTrying = atMost;
            return this;
        }

        /// How long the end of the process may wait for what is being sent; five seconds when not
        /// named.
        public Builder closeWithin(Duration atMost) {
            this.closeWithin = atMost;
            return this;
        }

        /// Told of every attempt, on the sending thread: it must not block. Without one, outcomes
        /// are logged to the [System.Logger] `matchback.client`.
        public Builder onOutcome(Consumer<Outcome> listener) {
            this.listener = listener;
            return this;
        }

        /// For tests: another time than the system's.
        public Builder clock(InstantSource clock) {
            this.clock = clock;
            return this;
        }

        /// Opens the outbox and begins to send what an earlier process left in it. Throws
        /// UncheckedIOException when the outbox cannot be used.
        public Matchback start() {
            try {
                var matchback = new Matchback(this);
                matchback.sender.start();
                Runtime.getRuntime().addShutdownHook(matchback.atShutdown);
                return matchback;
            } catch (IOException e) {
                throw new UncheckedIOException("the outbox cannot be used: " + e, e);
            }
        }
    }
}
