package matchback.server.trial;

import java.io.UncheckedIOException;
import java.util.Optional;
import matchback.console.bench.TestGround;
import matchback.ingest.Doorway;
import matchback.ingest.TestClicks;
import matchback.model.catalog.Campaign;
import matchback.model.catalog.Offer;

/// Makes tests at a tracking listener of this program: test clicks go straight into the ledger,
/// postbacks over the wire like anybody's, with the pass that marks them.
public final class LocalGround implements TestGround {
    private static final int SHOWN_CHARS_MAX = 1000;

    private final TestClicks clicks;
    private final Wire wire;

    /// @param door of the listener
    /// @param line to the listener
    public LocalGround(Doorway door, Wire.Line line) {
        this.clicks = new TestClicks(door);
        this.wire = new Wire(line, door.testPass().line());
    }

    @Override
    public TestClick click(Optional<Campaign> campaign, Optional<Offer> offer) {
        var made = clicks.make(campaign, offer);
        return new TestClick(made.id().text(), made.offerUrl());
    }

    @Override
    public Reply get(String target) {
        try {
            var answer = wire.get(target);
            var body = answer.body();
            return new Reply(
                    answer.status(),
                    body.length() <= SHOWN_CHARS_MAX ? body : body.substring(0, SHOWN_CHARS_MAX),
                    answer.header("Matchback-Receipt"));
        } catch (UncheckedIOException e) {
            throw new NoAnswer("no answer from the tracking listener: " + e.getMessage(), e);
        }
    }
}
