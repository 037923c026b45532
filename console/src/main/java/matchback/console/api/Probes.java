package matchback.console.api;

import java.util.List;
import matchback.console.Vitals;

/// What machines ask: is it alive, is it ready, how is it.
final class Probes {
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final Vitals vitals;

    Probes(Vitals vitals) {
        this.vitals = vitals;
    }

    List<Operation> operations() {
        return List.of(
                Operation.get("/health/live", "live", "health", "Whether it runs", _ -> live())
                        .answers(200, "Live"),
                Operation.get("/health/ready", "ready", "health", "Whether it works", _ -> ready())
                        .answers(200, "Ready")
                        .answers(503, "Ready"),
                Operation.get(
                                "/metrics",
                                "metrics",
                                "health",
                                "Metrics for Prometheus",
                                _ -> metrics())
                        .answers(200, "Text")
                        .mediaType(PROMETHEUS));
    }

    private static Answer live() {
        return Answer.json(Json.object().put("status", "live"));
    }

    private Answer ready() {
        var readiness = vitals.readiness();
        var node = Json.object().put("status", readiness.ready() ? "ready" : "not ready");
        var checks = node.putArray("checks");
        for (var check : readiness.checks()) {
            checks.addObject()
                    .put("name", check.name())
                    .put("ok", check.ok())
                    .put("detail", check.detail());
        }
        return Answer.json(readiness.ready() ? 200 : 503, node);
    }

    private Answer metrics() {
        return Answer.text(PROMETHEUS, vitals.metrics());
    }
}
