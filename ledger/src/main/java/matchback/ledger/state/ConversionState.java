package matchback.ledger.state;

import java.util.List;
import java.util.OptionalLong;
import matchback.model.Feed;
import matchback.model.Money;
import matchback.model.Reason;
import matchback.model.RecordId;
import matchback.model.Status;
import matchback.model.Witnesses;
import matchback.model.catalog.Silence.Candidate;
import org.jspecify.annotations.Nullable;

/// A counted conversion in its current state, with its history.
///
/// @param number within its click, from 1
/// @param recordId the record that first made it; its text is the conversion id
/// @param txid empty when no report named one
/// @param payout in the currency it was reported in
/// @param revenueMicros the payout in the report currency
/// @param value the order's value; null when never sent
/// @param sender key of whoever reported it first
/// @param legs by which ways it was reported, first one first
/// @param receivedAt of the first report
/// @param eventAt when it happened, as the sender says; else receivedAt
/// @param reversal the record that reversed it; null when it was not
/// @param outboundEventId fixed at the first sending; until then empty
/// @param browserEventId the browser's event id, if a browser reported it; empty otherwise
/// @param changes newest last, at most [#CHANGES_MAX]
public record ConversionState(
        int number,
        RecordId recordId,
        String eventType,
        String txid,
        Status status,
        Money payout,
        long revenueMicros,
        @Nullable Money value,
        String sender,
        List<Leg> legs,
        long receivedAt,
        long eventAt,
        @Nullable RecordId reversal,
        long reversedAt,
        String outboundEventId,
        String browserEventId,
        List<Change> changes) {

    /// Changes kept of one conversion; the ledger has them all.
    public static final int CHANGES_MAX = 100;

    /// One step of the history: who reported what, and what it became.
    public record Change(
            RecordId recordId, long at, Feed feed, Reason reason, Status status, Money payout) {}

    /// A feed, and its first report of the conversion that counted or joined.
    ///
    /// @param at when that was received, epoch milliseconds; 0 where it was not noted
    public record Leg(Feed feed, long at) {}

    public ConversionState {
        legs = List.copyOf(legs);
        changes =
                List.copyOf(
                        changes.size() <= CHANGES_MAX
                                ? changes
                                : changes.subList(changes.size() - CHANGES_MAX, changes.size()));
    }

    /// By which ways it was reported, first one first.
    public List<Feed> feeds() {
        return legs.stream().map(Leg::feed).toList();
    }

    /// Whether a server reported it, a browser, or both.
    public Witnesses witnesses() {
        return Witnesses.of(feeds());
    }

    /// How much later than the browser's first report the server's first came, in milliseconds;
    /// negative when the server was first. Empty unless both reported and both times were noted.
    public OptionalLong serverAfterBrowser() {
        var server = first(true);
        var browser = first(false);
        return server.isPresent() && browser.isPresent()
                ? OptionalLong.of(server.getAsLong() - browser.getAsLong())
                : OptionalLong.empty();
    }

    private OptionalLong first(boolean isServer) {
        return legs.stream()
                .filter(leg -> leg.feed().isServer() == isServer && leg.at() != 0)
                .mapToLong(Leg::at)
                .min();
    }

    public String id() {
        return recordId.toString();
    }

    /// What of it decides which destinations hear of it.
    public Candidate candidate(ClickState click) {
        return new Candidate(
                recordId,
                click.campaign(),
                click.source(),
                click.offer(),
                eventType,
                revenueMicros);
    }
}
