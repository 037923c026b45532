package matchback.attribute;

import java.util.ArrayList;
import java.util.List;
import matchback.ledger.state.ConversionState;
import matchback.ledger.state.ConversionState.Change;
import matchback.ledger.state.ConversionState.Leg;
import matchback.model.Feed;
import matchback.model.Money;
import matchback.model.RecordId;
import matchback.model.Status;
import org.jspecify.annotations.Nullable;

/// A conversion while a report is worked into it.
final class Draft {
    private final ConversionState before;
    private final List<Leg> legs;
    private final List<Change> changes;
    private String txid;
    private Status status;
    private Money payout;
    private long revenueMicros;
    private @Nullable Money value;
    private long eventAt;
    private @Nullable RecordId reversal;
    private long reversedAt;
    private String outboundEventId;
    private String browserEventId;

    Draft(ConversionState before) {
        this.before = before;
        this.legs = new ArrayList<>(before.legs());
        this.changes = new ArrayList<>(before.changes());
        this.txid = before.txid();
        this.status = before.status();
        this.payout = before.payout();
        this.revenueMicros = before.revenueMicros();
        this.value = before.value();
        this.eventAt = before.eventAt();
        this.reversal = before.reversal();
        this.reversedAt = before.reversedAt();
        this.outboundEventId = before.outboundEventId();
        this.browserEventId = before.browserEventId();
    }

    void heardBy(Feed feed, String eventId, long at) {
        if (legs.stream().noneMatch(leg -> leg.feed() == feed)) {
            legs.add(new Leg(feed, at));
        }
        if (!feed.isServer() && browserEventId.isEmpty()) {
            browserEventId = eventId;
        }
    }

    void nameTransaction(String name) {
        txid = name;
    }

    void become(Status next) {
        status = next;
    }

    void reversedBy(RecordId record, long at) {
        reversal = record;
        reversedAt = at;
    }

    void earn(Earning.Earned earned) {
        payout = earned.payout();
        revenueMicros = earned.revenueMicros();
    }

    void worth(Money orderValue) {
        value = orderValue;
    }

    void happenedAt(long at) {
        eventAt = at;
    }

    void announcedAs(String eventId) {
        outboundEventId = eventId;
    }

    void remember(Change change) {
        changes.add(change);
    }

    Status status() {
        return status;
    }

    Money payout() {
        return payout;
    }

    ConversionState state() {
        return new ConversionState(
                before.number(),
                before.recordId(),
                before.eventType(),
                txid,
                status,
                payout,
                revenueMicros,
                value,
                before.sender(),
                legs,
                before.receivedAt(),
                eventAt,
                reversal,
                reversedAt,
                outboundEventId,
                browserEventId,
                changes);
    }
}
