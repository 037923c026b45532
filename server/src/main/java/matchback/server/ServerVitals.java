package matchback.server;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;
import matchback.console.Vitals;
import matchback.deliver.DestinationHealth;
import matchback.deliver.DestinationHealth.Standing;
import matchback.deliver.Dispatcher;
import matchback.ingest.IngestMetrics;
import matchback.ingest.Latency;
import matchback.ingest.ScriptSightings;
import matchback.ledger.Event.AttemptResult;
import matchback.model.Reason;
import matchback.model.Subject;
import matchback.report.Projector;
import matchback.store.embedded.EmbeddedLedger;

/// How the program is: reads the parts when it is asked, keeps nothing of its own but the moment at
/// which the columns were last complete.
final class ServerVitals implements Vitals, AutoCloseable {
    /// Columns that are older than this make the program unready: reports would mislead.
    private static final Duration LAG_MAX = Duration.ofMinutes(2);

    private final EmbeddedLedger ledger;
    private final Projector projector;
    private final Dispatcher dispatcher;
    private final IngestMetrics ingest;
    private final ScriptSightings sightings;
    private final InstantSource clock;
    private final AtomicLong completeAt;
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    ServerVitals(
            EmbeddedLedger ledger,
            Projector projector,
            Dispatcher dispatcher,
            IngestMetrics ingest,
            ScriptSightings sightings,
            InstantSource clock) {
        this.ledger = ledger;
        this.projector = projector;
        this.dispatcher = dispatcher;
        this.ingest = ingest;
        this.sightings = sightings;
        this.clock = clock;
        this.completeAt = new AtomicLong(clock.millis());
        bindIngest();
        bindLedger();
        bindDeliver();
        bindReport();
        bindMachine();
    }

    @Override
    public Optional<Instant> pagesSeen(String campaign) {
        return sightings.last(campaign);
    }

    @Override
    public Readiness readiness() {
        var health = ledger.health();
        var failure = health.failure();
        long lag = lagSeconds();
        boolean isRecent = lag <= LAG_MAX.toSeconds();
        var checks =
                List.of(
                        new Check("ledger", failure == null, failure == null ? "" : failure),
                        new Check("columns", isRecent, lag + " s behind the ledger"),
                        destinations());
        return new Readiness(checks.stream().allMatch(Check::ok), checks);
    }

    /// A destination that takes nothing is no reason to keep visitors away: it is said, and that is
    /// all.
    private Check destinations() {
        var parked = dispatcher.standing(Standing.PARKED);
        var broken = dispatcher.standing(Standing.BROKEN);
        var said = new ArrayList<String>();
        if (!parked.isEmpty()) {
            said.add("parked until somebody looks: " + String.join(", ", parked));
        }
        if (!broken.isEmpty()) {
            said.add("down, tried again by itself: " + String.join(", ", broken));
        }
        return new Check("destinations", true, String.join("; ", said));
    }

    @Override
    public String metrics() {
        return registry.scrape();
    }

    /// How old the columns may be: since when they have not been complete. To be called about every
    /// second, so that it errs by no more.
    long lagSeconds() {
        long now = clock.millis();
        if (projector.lag().entriesBehind() == 0) {
            completeAt.set(now);
        }
        return TimeUnit.MILLISECONDS.toSeconds(Math.max(0, now - completeAt.get()));
    }

    private void bindIngest() {
        counter("matchback.ingest.clicks", ingest, IngestMetrics::clicks);
        counter("matchback.ingest.clicks.unrecorded", ingest, IngestMetrics::clicksUnrecorded);
        counter("matchback.ingest.clicks.refused", ingest, IngestMetrics::clicksRefused);
        counter("matchback.ingest.agents.unread", ingest, IngestMetrics::agentsUnread);
        counter("matchback.ingest.fallbacks", ingest, IngestMetrics::fallbacks);
        counter("matchback.ingest.not.found", ingest, IngestMetrics::notFound);
        counter(
                "matchback.ingest.malformed.requests",
                ingest,
                IngestMetrics::malformedHttpRequests);
        counter("matchback.ingest.postbacks.not.stored", ingest, IngestMetrics::postbacksNotStored);
        for (var reason : Reason.values()) {
            if (!reason.isWarning()) {
                FunctionCounter.builder(
                                "matchback.ingest.postbacks", ingest, m -> m.postbacks(reason))
                        .tag("decision", reason.decision().word())
                        .tag("reason", reason.code())
                        .register(registry);
            }
        }
        histogram("matchback_ingest_click_seconds", ingest.clickLatency());
        histogram("matchback_ingest_postback_seconds", ingest.postbackLatency());
    }

    private void bindLedger() {
        counter("matchback.ledger.records", ledger, ServerVitals::records);
        counter("matchback.ledger.batches", ledger, l -> l.health().batches());
        counter("matchback.ledger.written.bytes", ledger, l -> l.health().bytes());
        counter("matchback.ledger.commit.seconds", ledger, l -> l.health().commitNanos() / 1e9);
        counter("matchback.ledger.failures", ledger, l -> l.health().failures());
        gauge("matchback.ledger.queued.events", ledger, l -> l.health().queuedEvents());
        gauge("matchback.ledger.accepting", ledger, l -> l.health().isAccepting() ? 1 : 0);
    }

    /// Positions count from 1 in each bucket, so their sum is the number of records.
    private static long records(EmbeddedLedger ledger) {
        long records = 0;
        try (var snapshot = ledger.snapshot()) {
            for (int bucket = 0; bucket < Subject.BUCKETS; bucket++) {
                records += snapshot.head(bucket).offset();
            }
        }
        return records;
    }

    private void bindDeliver() {
        for (var result : AttemptResult.values()) {
            FunctionCounter.builder(
                            "matchback.deliver.attempts",
                            dispatcher,
                            d -> d.metrics().total(result))
                    .tag("result", result.name().toLowerCase(java.util.Locale.ROOT))
                    .register(registry);
        }
        gauge(
                "matchback.deliver.waiting",
                dispatcher,
                d -> d.health().stream().mapToInt(DestinationHealth::waiting).sum());
        for (var standing : Standing.values()) {
            Gauge.builder(
                            "matchback.deliver.destinations",
                            dispatcher,
                            d -> d.health().stream().filter(h -> h.standing() == standing).count())
                    .tag("standing", standing.name().toLowerCase(java.util.Locale.ROOT))
                    .register(registry);
        }
    }

    private void bindReport() {
        gauge("matchback.report.lag.seconds", this, ServerVitals::lagSeconds);
        gauge("matchback.report.lag.records", projector, p -> p.lag().entriesBehind());
        counter("matchback.report.facts", projector, p -> p.lag().facts());
        counter("matchback.report.failures", projector, p -> p.lag().failures());
    }

    private void bindMachine() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        collections.bindTo(registry);
    }

    private <T> void counter(String name, T of, ToDoubleFunction<T> value) {
        FunctionCounter.builder(name, of, value).register(registry);
    }

    private <T> void gauge(String name, T of, ToDoubleFunction<T> value) {
        Gauge.builder(name, of, value).register((MeterRegistry) registry);
    }

    private void histogram(String name, Latency latency) {
        registry.getPrometheusRegistry().register(() -> snapshot(name, latency));
    }

    private static HistogramSnapshot snapshot(String name, Latency latency) {
        var bounds = latency.boundsSeconds();
        var cumulative = latency.cumulative();
        var buckets = ClassicHistogramBuckets.builder();
        for (int i = 0; i < cumulative.length; i++) {
            double bound = i < bounds.length ? bounds[i] : Double.POSITIVE_INFINITY;
            buckets.bucket(bound, cumulative[i] - (i == 0 ? 0 : cumulative[i - 1]));
        }
        return HistogramSnapshot.builder()
                .name(name)
                .dataPoint(
                        HistogramSnapshot.HistogramDataPointSnapshot.builder()
                                .classicHistogramBuckets(buckets.build())
                                .sum(latency.sumSeconds())
                                .build())
                .build();
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
