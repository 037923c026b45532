package matchback.attribute;

import java.time.Duration;
import matchback.ledger.Decider.Effects;
import matchback.ledger.Event.ClickRecorded;
import matchback.ledger.state.ClickState;
import matchback.ledger.state.SubjectState;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.Offer;

/// Keeps what a click's conversions will be decided by. A click writes no facts: its event is one.
final class Clicks {
    private Clicks() {}

    static boolean isKnown(ClickRecorded click, SubjectState state) {
        return state.click()
                .filter(known -> known.recorded() && known.recordId().equals(click.recordId()))
                .isPresent();
    }

    static Effects recorded(ClickRecorded click, Catalog catalog, SubjectState state) {
        if (state.click().filter(ClickState::recorded).isEmpty()) {
            state.save(click(click, catalog));
        }
        return Effects.NONE;
    }

    private static ClickState click(ClickRecorded click, Catalog catalog) {
        var offer = catalog.offer(click.offer());
        var window = offer.map(Offer::window).orElse(Duration.ofDays(Offer.WINDOW_DAYS_DEFAULT));
        return new ClickState(
                click.recordId(),
                click.receivedAt(),
                click.campaign(),
                click.source(),
                click.offer(),
                offer.flatMap(Offer::senderKey).orElse(""),
                click.externalId(),
                click.creative(),
                click.subs(),
                click.traits(),
                click.reportCostMicros(),
                click.unique(),
                click.bot(),
                click.prefetch(),
                true,
                click.receivedAt() + window.toMillis(),
                0);
    }
}
