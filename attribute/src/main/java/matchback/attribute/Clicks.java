package matchback.attribute;

import java.time.Duration;
import java.util.Optional;
import matchback.ledger.Decider.Effects;
import matchback.ledger.Event.ClickRecorded;
import matchback.ledger.state.ClickState;
import matchback.ledger.state.CostTerm;
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
            remember(state, catalog, click.campaign(), click.receivedAt());
        }
        return Effects.NONE;
    }

    /// The click as it would be kept if it came now: unconverted, by the offer's sender and window
    /// of this catalog. One known from its id alone is left to its first report.
    static void again(SubjectState state, Catalog catalog) {
        var known = state.click();
        if (known.isEmpty()) {
            return;
        }
        var click = known.get();
        if (!click.recorded()) {
            state.dropClick();
            return;
        }
        remember(state, catalog, click.campaign(), click.clickedAt());
        var offer = catalog.offer(click.offer());
        state.save(
                new ClickState(
                        click.recordId(),
                        click.clickedAt(),
                        click.campaign(),
                        click.source(),
                        click.offer(),
                        offer.flatMap(Offer::senderKey).orElse(""),
                        click.externalId(),
                        click.creative(),
                        click.subs(),
                        click.traits(),
                        click.costMicros(),
                        click.unique(),
                        click.bot(),
                        click.prefetch(),
                        true,
                        click.clickedAt() + window(offer).toMillis(),
                        0,
                        click.test()));
    }

    /// What conversions will cost is what was agreed when the visitor came.
    private static void remember(SubjectState state, Catalog catalog, String key, long at) {
        catalog.campaign(key)
                .flatMap(campaign -> CostTerm.of(campaign, catalog, at))
                .ifPresent(state::save);
    }

    private static Duration window(Optional<Offer> offer) {
        return offer.map(Offer::window).orElse(Duration.ofDays(Offer.WINDOW_DAYS_DEFAULT));
    }

    private static ClickState click(ClickRecorded click, Catalog catalog) {
        var offer = catalog.offer(click.offer());
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
                click.receivedAt() + window(offer).toMillis(),
                0,
                click.test());
    }
}
