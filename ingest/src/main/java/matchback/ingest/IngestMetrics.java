package matchback.ingest;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import matchback.model.Reason;

/// Counters of the door since start. Safe for use by many threads; sums are read without a common
/// moment, so two of them may differ by what is in flight.
public final class IngestMetrics {
    private final LongAdder clicks = new LongAdder();
    private final LongAdder clicksUnrecorded = new LongAdder();
    private final LongAdder clicksRefused = new LongAdder();
    private final LongAdder agentsUnread = new LongAdder();
    private final LongAdder fallbacks = new LongAdder();
    private final LongAdder notFound = new LongAdder();
    private final LongAdder postbacksNotStored = new LongAdder();
    private final LongAdder malformedHttp = new LongAdder();
    private final Map<Reason, LongAdder> postbacks = new EnumMap<>(Reason.class);
    private final Latency clickLatency = new Latency();
    private final Latency postbackLatency = new Latency();

    public IngestMetrics() {
        for (var reason : Reason.values()) {
            if (!reason.isWarning()) {
                postbacks.put(reason, new LongAdder());
            }
        }
    }

    public void clickRecorded(long nanos) {
        clicks.increment();
        clickLatency.record(nanos);
    }

    public void clickUnrecorded() {
        clicksUnrecorded.increment();
    }

    public void clickRefused() {
        clicksRefused.increment();
    }

    public void agentUnread() {
        agentsUnread.increment();
    }

    public void fallback() {
        fallbacks.increment();
    }

    public void nothingHere() {
        notFound.increment();
    }

    public void postback(Reason reason, long nanos) {
        var counter = postbacks.get(reason);
        if (counter != null) {
            counter.increment();
        }
        postbackLatency.record(nanos);
    }

    public void postbackNotStored() {
        postbacksNotStored.increment();
    }

    public void malformedHttp() {
        malformedHttp.increment();
    }

    /// Redirected after their record was durable.
    public long clicks() {
        return clicks.sum();
    }

    /// Redirected with an id marked unrecorded.
    public long clicksUnrecorded() {
        return clicksUnrecorded.sum();
    }

    /// Answered 503 because the ledger could not take them.
    public long clicksRefused() {
        return clicksRefused.sum();
    }

    /// Visitors whose user agent nobody had time to read.
    public long agentsUnread() {
        return agentsUnread.sum();
    }

    /// Visitors sent to a fallback URL.
    public long fallbacks() {
        return fallbacks.sum();
    }

    /// Answered 404: no such path, or a campaign without any place to go.
    public long notFound() {
        return notFound.sum();
    }

    /// Postbacks answered with this reason.
    public long postbacks(Reason reason) {
        var counter = postbacks.get(reason);
        return counter == null ? 0 : counter.sum();
    }

    /// Postbacks answered 503.
    public long postbacksNotStored() {
        return postbacksNotStored.sum();
    }

    /// Requests that were no HTTP, too long to read, or broken off.
    public long malformedHttpRequests() {
        return malformedHttp.sum();
    }

    /// From the request's end to the ledger's word, for recorded clicks.
    public Latency clickLatency() {
        return clickLatency;
    }

    /// The same for postbacks.
    public Latency postbackLatency() {
        return postbackLatency;
    }
}
