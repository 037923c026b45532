package matchback.server.demo;

import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import matchback.deliver.doubles.MetaDouble;

/// Who else hears of conversions in the demo: Meta, played on loopback by the double that enforces
/// its rules, and a CRM of the operator's own that takes signed webhooks.
final class Platforms implements AutoCloseable {
    private static final int SECRET_BYTES = 32;

    private final Vertx vertx = Vertx.vertx();
    private final MetaDouble meta;
    private final LocalSite crm = LocalSite.start();
    private final AtomicReference<String> refused = new AtomicReference<>("");

    Platforms(InstantSource clock) {
        this.meta = new MetaDouble(vertx, clock);
    }

    /// Makes both destinations by the API, as anybody would.
    void connect(ApiClient api, RandomGenerator random) {
        api.create(
                "destinations",
                Map.of(
                        "key",
                        "meta",
                        "name",
                        "Meta (played here)",
                        "type",
                        "meta",
                        "settings",
                        Map.of(
                                "dataset",
                                MetaDouble.DATASET,
                                "endpoint",
                                meta.url(),
                                "test-code",
                                "TEST7"),
                        "secrets",
                        Map.of("access-token", MetaDouble.TOKEN),
                        "scope",
                        Map.of("sources", List.of("native", "video"))));
        var secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        api.create(
                "destinations",
                Map.of(
                        "key",
                        "crm",
                        "name",
                        "Our own CRM",
                        "type",
                        "webhook",
                        "settings",
                        Map.of("url", crm.url() + "/conversions"),
                        "secrets",
                        Map.of("secret", "whsec_" + Base64.getEncoder().encodeToString(secret))));
    }

    /// Meta refuses the next event that it has not seen yet, and with it every call that it is in.
    void refuseOne() {
        meta.refuses(event -> {
            var id = event.path("event_id").asText();
            return refused.compareAndSet("", id) || refused.get().equals(id);
        });
    }

    void crmGoesDown() {
        crm.answers(_ -> 503);
    }

    void crmComesBack() {
        crm.answers(_ -> 200);
    }

    @Override
    public void close() {
        meta.close();
        crm.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
