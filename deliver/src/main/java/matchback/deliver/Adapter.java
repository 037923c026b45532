package matchback.deliver;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.DestinationType;

/// One kind of destination: how deliveries become a request under the destination's present
/// settings, and what its answers mean. Pure; safe for use by many threads.
public interface Adapter {

    /// What stands before the colon in the keys of its destinations, for example `source`.
    String kind();

    /// What an operator must know to make such a destination, and what its settings are; empty for
    /// one that is not made as a [Destination].
    default Optional<DestinationType> type() {
        return Optional.empty();
    }

    /// What the operator can change about a destination, compared by equals: a parked destination
    /// is tried again at once when it changes.
    ///
    /// @param key what stands behind the colon
    default Object settings(String key, Catalog catalog) {
        return catalog.destination(key);
    }

    /// How many parcels one request takes.
    default int batchMax() {
        return 1;
    }

    /// Puts a shipment into the destination's words, or says why it cannot be sent. One that
    /// [Shipment#isTest] goes out in the destination's test mode.
    Preparation prepare(String key, Shipment shipment, Catalog catalog, Instant now);

    /// The request that carries these parcels.
    ///
    /// @param parcels of this destination, prepared just now, at most [#batchMax]; a test goes
    ///   alone
    OutboundRequest pack(String key, List<Parcel> parcels, Catalog catalog);

    /// Asks for the short-lived access token that the requests carry in the header `Authorization:
    /// Bearer`; the dispatcher puts it there, keeps it until shortly before its end, and asks anew
    /// when the settings change or a request is answered 401. Empty for requests that carry none.
    ///
    /// Called only when something is due and no token is at hand.
    default Optional<OutboundRequest> tokenRequest(String key, Catalog catalog, Instant now) {
        return Optional.empty();
    }

    /// Reads the answer to a [#tokenRequest].
    ///
    /// @param byStatus what its status alone means
    default TokenAnswer token(Answer.Answered answer, Verdict byStatus) {
        return new TokenAnswer.Refused(byStatus);
    }

    /// For kinds of destination whose answers say more than their status.
    ///
    /// @param byStatus what the status alone means
    default Judgement judge(List<Parcel> parcels, Answer.Answered answer, Verdict byStatus) {
        return new Judgement.All(byStatus);
    }

    /// The destination's name of a request that it took and will look at later, by which it can be
    /// asked what became of it; empty when it has looked already.
    ///
    /// @param answer a success
    default Optional<String> receipt(Answer.Answered answer) {
        return Optional.empty();
    }

    /// Asks what became of a request, some time after it was taken.
    ///
    /// @param receipt see [#receipt]
    default Optional<OutboundRequest> inquiry(String key, String receipt, Catalog catalog) {
        return Optional.empty();
    }

    /// Reads the answer to an [#inquiry].
    ///
    /// @param answer a success
    default Afterwards afterwards(Answer.Answered answer) {
        return new Afterwards.Unknown();
    }
}
