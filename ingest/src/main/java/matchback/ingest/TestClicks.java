package matchback.ingest;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import matchback.ledger.Event.ClickRecorded;
import matchback.ledger.PersonalBlock;
import matchback.ledger.PersonalCodec;
import matchback.model.ClickId;
import matchback.model.Subject;
import matchback.model.catalog.Campaign;
import matchback.model.catalog.Offer;

/// Makes clicks that are marked as tests: decided by like any other, but without facts, and nobody
/// is told of their conversions. Waits for the disk, so not for an event loop.
public final class TestClicks {
    private static final int CAMPAIGN_NONE = 0;

    private final Doorway door;
    private final Salts salts;

    public TestClicks(Doorway door) {
        this.door = door;
        this.salts = new Salts(door.random());
    }

    /// A click that is in the ledger.
    ///
    /// @param offerUrl where its visitor would have been sent; empty without an offer
    public record Made(ClickId id, String offerUrl) {}

    /// @param campaign whose visitor it stands for, if there is one
    /// @param offer the visitor is sent to, if there is one
    public Made make(Optional<Campaign> campaign, Optional<Offer> offer) {
        long now = door.clock().millis();
        var number = campaign.map(Campaign::number).orElse(CAMPAIGN_NONE);
        var id = door.mint().issue(now, number, false);
        var personal =
                new PersonalBlock(
                        door.recordIds().next(),
                        salts.next(),
                        "",
                        "",
                        "",
                        "",
                        List.of(),
                        new byte[0]);
        var event =
                new ClickRecorded(
                        personal.recordId(),
                        id.millis(),
                        door.ledger().catalog().version(),
                        Subject.click(id),
                        campaign.map(Campaign::key).orElse(""),
                        campaign.flatMap(Campaign::sourceKey).orElse(""),
                        offer.map(Offer::key).orElse(""),
                        "",
                        "",
                        -1,
                        "",
                        -1,
                        Map.of(),
                        Map.of(),
                        true,
                        "",
                        false,
                        PersonalCodec.hash(personal),
                        true);
        door.ledger().submit(event, personal).join();
        return new Made(id, offer.map(o -> url(o, campaign, id)).orElse(""));
    }

    private static String url(Offer offer, Optional<Campaign> campaign, ClickId id) {
        return OfferLink.of(offer.url(), offer.clickIdParameter())
                .map(link ->
                        link.url(
                                name ->
                                        switch (name) {
                                            case "campaign" ->
                                                    campaign.map(Campaign::key).orElse("");
                                            case "source" ->
                                                    campaign.flatMap(Campaign::sourceKey)
                                                            .orElse("");
                                            case "offer" -> offer.key();
                                            default -> "";
                                        },
                                id.text(),
                                List.of()))
                .orElse("");
    }
}
