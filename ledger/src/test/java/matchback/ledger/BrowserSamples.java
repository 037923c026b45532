package matchback.ledger;

import java.util.List;
import java.util.Map;
import java.util.Set;
import matchback.ledger.Event.BrowserReported;
import matchback.ledger.catalog.CatalogChange;
import matchback.model.Subject;
import matchback.model.catalog.BrowserRule;

/// Records about what browsers tell, one of each form.
final class BrowserSamples {
    private BrowserSamples() {}

    static void addEventsTo(Map<String, Event> events) {
        events.put(
                "browser-full",
                new BrowserReported(
                        Samples.ID,
                        Samples.AT,
                        7,
                        Samples.CLICK,
                        List.of(
                                new Sight(Sight.PAGE_VIEW, -1, ""),
                                new Sight(Sight.SCROLL, 80, ""),
                                new Sight("signup", 0, "e-1")),
                        new byte[] {1, 2, 3}));
        events.put(
                "browser-empty",
                new BrowserReported(Samples.ZERO, 0, 0, new Subject("a"), List.of(), new byte[0]));
    }

    static void addTo(Map<String, CatalogChange> changes) {
        changes.put(
                "destination-browser",
                Samples.change(Samples.emptyDestination().with(Set.of("page_view", "engaged"))));
        changes.put(
                "sender-browsers",
                Samples.change(Samples.emptySender().with(new BrowserRule(true, false))));
    }

    /// What a browser saw.
    static List<Fact> facts() {
        return List.of(
                new Fact.Builder()
                        .text(Column.EVENT_TYPE, Sight.SCROLL)
                        .number(Column.AMOUNT, 80)
                        .build(Fact.Kind.BROWSER_EVENT, Samples.ID, 1_000_000, 4, Samples.AT));
    }
}
