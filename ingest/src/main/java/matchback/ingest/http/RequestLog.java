package matchback.ingest.http;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import matchback.ledger.Wordless;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One log line for a bad request, and not more of them a second than someone can read. Says what
/// happened and where to look it up, never what was sent: no address, no query, no value.
final class RequestLog {
    private static final Logger LOG = LoggerFactory.getLogger("matchback.ingest.requests");
    private static final int LINES_PER_SECOND = 20;
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final InstantSource clock;
    private final AtomicLong second = new AtomicLong();
    private final AtomicLong lines = new AtomicLong();
    private final AtomicLong suppressed = new AtomicLong();

    RequestLog(InstantSource clock) {
        this.clock = clock;
    }

    void refused(String reason, String record, String sender) {
        if (mayWrite()) {
            LOG.info(
                    "postback refused reason={} record={} sender={}",
                    reason,
                    record,
                    sender.isEmpty() ? "-" : sender);
        }
    }

    /// @param campaign as it stood in the path; written only if a campaign could have such a key
    void notServed(String campaign, boolean hasFallback) {
        if (mayWrite()) {
            LOG.info(
                    "click not served campaign={} fallback={}",
                    KEY.matcher(campaign).matches() ? campaign : "-",
                    hasFallback);
        }
    }

    void malformedHttp(int status, String cause) {
        if (mayWrite()) {
            LOG.info("request not read status={} cause={}", status, cause);
        }
    }

    void notStored(String what, String cause) {
        if (mayWrite()) {
            LOG.warn("{} not stored cause=\"{}\"", what, cause);
        }
    }

    void failed(String what, Throwable e) {
        if (mayWrite()) {
            LOG.error("{} failed", what, Wordless.of(e));
        }
    }

    private boolean mayWrite() {
        long now = clock.millis() / 1000;
        long before = second.get();
        if (before != now && second.compareAndSet(before, now)) {
            lines.set(0);
            long left = suppressed.getAndSet(0);
            if (left > 0) {
                LOG.info("further bad requests lines_left_out={}", left);
            }
        }
        if (lines.incrementAndGet() <= LINES_PER_SECOND) {
            return true;
        }
        suppressed.incrementAndGet();
        return false;
    }
}
