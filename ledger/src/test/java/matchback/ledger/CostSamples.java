package matchback.ledger;

import java.math.BigDecimal;
import java.util.Map;
import matchback.ledger.Event.CostStated;
import matchback.ledger.catalog.CatalogChange;
import matchback.model.RecordId;
import matchback.model.Subject;
import matchback.model.catalog.ReferenceRates;

/// Records of costs and rates, one of each form.
public final class CostSamples {
    private CostSamples() {}

    static void addTo(Map<String, CatalogChange> changes) {
        changes.put(
                "reference-rates",
                Samples.change(
                        new ReferenceRates(
                                "2026-11",
                                Map.of(
                                        "2026-11-19",
                                        Map.of("USD", new BigDecimal("1.0870")),
                                        "2026-11-20",
                                        Map.of(
                                                "JPY",
                                                new BigDecimal("163.31"),
                                                "USD",
                                                new BigDecimal("1.0852"))),
                                false)));
    }

    static void addEventsTo(Map<String, Event> events) {
        events.put("cost-stated-full", stated());
        events.put(
                "cost-stated-empty",
                new CostStated(
                        Samples.ZERO,
                        0,
                        0,
                        new Subject("a"),
                        "",
                        "",
                        new CostSlice(Map.of()),
                        0,
                        0,
                        "",
                        0,
                        "",
                        0,
                        "",
                        false,
                        null));
    }

    public static CostStated stated() {
        var slice = new CostSlice(Map.of("campaign", "spring", "sub1", "✓"));
        return new CostStated(
                Samples.ID,
                Samples.AT,
                7,
                slice.subject(),
                "token:admin",
                "invoice 7",
                slice,
                Samples.AT - 86_400_000,
                Samples.AT,
                "Europe/Kyiv",
                1_250_500_000,
                "EUR",
                1_357_042_600,
                "1.0852",
                true,
                new RecordId(3, -4));
    }
}
