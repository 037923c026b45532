package matchback.server;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import matchback.ingest.DayCaps;
import matchback.ingest.DayCaps.Capped;
import matchback.report.Dimension;
import matchback.report.Metric;
import matchback.report.Projector;
import matchback.report.ReportQuery;
import matchback.report.ReportQuery.Clock;
import matchback.report.ReportQuery.Sort;
import matchback.report.Reports;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks once a second where the caps of offers and paths stand.
final class CapClockwork {
    private static final Logger LOG = LoggerFactory.getLogger(CapClockwork.class);
    private static final long EVERY_MILLIS = 1000;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final DayCaps caps;

    /// Held by the look under way; guards isStopped.
    private final ReentrantLock looking = new ReentrantLock();

    private long timer = -1;
    private boolean isStopped;

    CapClockwork(Vertx vertx, DayCaps caps) {
        this.vertx = vertx;
        this.caps = caps;
    }

    void start() {
        timer = vertx.setPeriodic(EVERY_MILLIS, _ -> vertx.executeBlocking(this::look, false));
    }

    /// Does nothing while the look before is still under way.
    private boolean look() {
        if (!looking.tryLock()) {
            return false;
        }
        try {
            if (!isStopped) {
                caps.refresh();
            }
            return !isStopped;
        } catch (RuntimeException e) {
            LOG.warn("caps not looked at cause=\"{}\"", Trouble.oneLine(e));
            return false;
        } finally {
            looking.unlock();
        }
    }

    /// Waits for the look under way.
    void stop() {
        vertx.cancelTimer(timer);
        looking.lock();
        try {
            isStopped = true;
        } finally {
            looking.unlock();
        }
    }

    /// Clicks of before this process, by the reports; not known until these have caught up.
    static DayCaps.Earlier earlier(Reports reports, Projector projector) {
        return (what, from, to) -> {
            try {
                return projector.awaitCaughtUp(PATIENCE)
                        ? OptionalLong.of(clicks(reports, what, from, to))
                        : OptionalLong.empty();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return OptionalLong.empty();
            }
        };
    }

    private static long clicks(Reports reports, Capped what, Instant from, Instant to) {
        var filters =
                what.offer().isEmpty()
                        ? Map.of(Dimension.CAMPAIGN, what.campaign(), Dimension.PATH, what.path())
                        : Map.of(Dimension.OFFER, what.offer());
        var query =
                new ReportQuery(
                        List.of(),
                        List.of(Metric.CLICKS),
                        from,
                        to,
                        ZoneOffset.UTC,
                        filters,
                        new Sort.ByMetric(Metric.CLICKS, true),
                        1,
                        Clock.CONVERSION,
                        false);
        return reports.report(query).totals().of(Metric.CLICKS).map(n -> n.longValue()).orElse(0L);
    }
}
