package matchback.console.pages;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import matchback.console.api.BulkReview;
import matchback.console.api.BulkReview.Filter;
import matchback.report.FactStore.FactStoreFailure;
import matchback.report.Reports;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How many postbacks wait for a person: it stands in the rail of every page, so it is counted
/// every few seconds only.
final class HeldCount {
    private static final Logger LOG = LoggerFactory.getLogger(HeldCount.class);
    private static final long FRESH_MILLIS = 5_000;

    private record Counted(long at, long count) {}

    private final Reports reports;
    private final InstantSource clock;
    private final AtomicReference<Counted> last = new AtomicReference<>(new Counted(0, 0));

    HeldCount(Reports reports, InstantSource clock) {
        this.reports = reports;
        this.clock = clock;
    }

    /// The last count when there can be no new one.
    long count() {
        var known = last.get();
        long now = clock.millis();
        if (now - known.at() >= 0 && now - known.at() < FRESH_MILLIS) {
            return known.count();
        }
        try {
            if (BulkReview.filter(Map.of()) instanceof Filter.Valid(var query, _)) {
                last.set(new Counted(now, reports.count(query)));
            }
        } catch (FactStoreFailure e) {
            // The rail is no reason to fail a page.
            LOG.warn("held postbacks could not be counted", e);
            last.set(new Counted(now, known.count()));
        }
        return last.get().count();
    }

    /// After a review the next page counts anew.
    void forget() {
        last.updateAndGet(known -> new Counted(0, known.count()));
    }
}
