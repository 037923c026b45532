package matchback.ingest.http;

import matchback.ingest.ClickDoor;
import matchback.ingest.Doorway;
import matchback.ingest.IngestConfig;
import matchback.ingest.RowDoor;
import matchback.ingest.Target;
import matchback.ledger.intake.Missed;
import matchback.ledger.intake.Rescue;
import matchback.ledger.intake.Row;
import matchback.model.Feed;

/// The door for requests that a proxy could not hand on: the ways are those of the listener, the
/// times their own.
public final class RescueDoor implements Rescue {
    private final RowDoor rows;
    private final ClickDoor clicks;
    private final String prefix;

    public RescueDoor(Doorway doorway, IngestConfig config) {
        this.rows = new RowDoor(doorway, config);
        this.clicks = new ClickDoor(doorway, config);
        this.prefix = config.pathPrefix();
    }

    @Override
    public Rescued take(Missed missed) {
        var target = Target.of(missed.target()).below(prefix);
        return switch (Route.of(target)) {
            case Route.Click(var campaign) -> click(missed, target, campaign);
            case Route.Postback(var sender) ->
                    new Rescued.Postback(rows.take(row(missed, target, sender, Feed.S2S)));
            case Route.Pixel _ ->
                    new Rescued.Postback(rows.take(row(missed, target, "", Feed.PIXEL)));
            // The line of a log has no body; an Apple device sends it again by itself.
            case Route.Apple _, Route.Script _, Route.BrowserEvent _ -> new Rescued.Other();
            // Only a step between two pages: the click behind it is what is missed.
            case Route.Lander _, Route.Hop _ -> new Rescued.Other();
            case Route.Other() ->
                    clicks.oldLink(target)
                            .map(campaign -> click(missed, target, campaign))
                            .orElseGet(Rescued.Other::new);
        };
    }

    private Rescued click(Missed missed, Target target, String campaign) {
        return clicks.missed(missed, target, campaign)
                .<Rescued>map(click -> new Rescued.Click(click.event(), click.personal()))
                .orElseGet(Rescued.Nowhere::new);
    }

    private static Row row(Missed missed, Target target, String sender, Feed feed) {
        return new Row(
                missed.id(),
                missed.at(),
                feed,
                sender,
                "GET",
                target.raw(),
                missed.headers(),
                missed.address(),
                new byte[0]);
    }
}
