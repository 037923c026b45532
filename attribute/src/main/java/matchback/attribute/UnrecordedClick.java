package matchback.attribute;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import matchback.ledger.Event.PostbackReceived;
import matchback.ledger.state.ClickState;
import matchback.model.ClickId;
import matchback.model.catalog.Campaign;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.Offer;

/// A click that the ledger could not take, as far as its id tells of it: the time, and the campaign
/// by its number.
final class UnrecordedClick {
    private UnrecordedClick() {}

    /// The click behind an id that says it is unrecorded; empty for any other id.
    ///
    /// @param postback the first report of it
    static Optional<ClickState> of(ClickId id, PostbackReceived postback, Catalog catalog) {
        if (!id.isUnrecorded()) {
            return Optional.empty();
        }
        var campaign = catalog.campaign(id.campaign());
        var offers =
                campaign.map(Campaign::offerKeys).orElse(List.of()).stream()
                        .map(catalog::offer)
                        .flatMap(Optional::stream)
                        .toList();
        var senders =
                offers.stream().map(offer -> offer.senderKey().orElse("")).distinct().toList();
        var window =
                offers.stream()
                        .map(Offer::window)
                        .max(Duration::compareTo)
                        .orElse(Duration.ofDays(Offer.WINDOW_DAYS_DEFAULT));
        return Optional.of(
                new ClickState(
                        postback.recordId(),
                        id.millis(),
                        campaign.map(Campaign::key).orElse(""),
                        campaign.flatMap(Campaign::sourceKey).orElse(""),
                        offers.size() == 1 ? offers.getFirst().key() : "",
                        senders.size() == 1 ? senders.getFirst() : "",
                        "",
                        "",
                        Map.of(),
                        Map.of(),
                        -1,
                        false,
                        "",
                        false,
                        false,
                        id.millis() + window.toMillis(),
                        0));
    }
}
