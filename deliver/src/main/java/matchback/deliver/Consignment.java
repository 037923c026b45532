package matchback.deliver;

import java.util.ArrayList;
import java.util.List;
import matchback.ledger.state.DeliveryState;
import matchback.model.Subject;

/// Deliveries that go out in one request.
///
/// @param startedAt epoch milliseconds
/// @param isAuthorizedAnew whether an access token was asked for because of it already
record Consignment(Lane lane, List<Load> loads, long startedAt, boolean isAuthorizedAnew) {

    /// A delivery that was taken out of the outbox in memory, and stays taken until its attempt is
    /// durable.
    ///
    /// @param catalogVersion under which it was prepared
    record Load(Parcel parcel, long catalogVersion) {
        Subject subject() {
            return parcel.shipment().subject();
        }

        DeliveryState delivery() {
            return parcel.shipment().delivery();
        }
    }

    Consignment {
        loads = List.copyOf(loads);
    }

    List<Parcel> parcels() {
        return loads.stream().map(Load::parcel).toList();
    }

    Consignment of(List<Load> some) {
        return new Consignment(lane, some, startedAt, isAuthorizedAnew);
    }

    Consignment authorizedAnew() {
        return new Consignment(lane, loads, startedAt, true);
    }

    /// In two, the first half the longer one.
    List<Consignment> halves() {
        int middle = (loads.size() + 1) / 2;
        var halves = new ArrayList<Consignment>();
        halves.add(of(loads.subList(0, middle)));
        if (middle < loads.size()) {
            halves.add(of(loads.subList(middle, loads.size())));
        }
        return halves;
    }
}
