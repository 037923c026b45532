package matchback.deliver;

/// What an adapter makes of a shipment.
public sealed interface Preparation {

    record Ready(Parcel parcel) implements Preparation {}

    /// It cannot be sent under the present settings: the destination is parked, nothing is burnt.
    record Parked(String note) implements Preparation {}

    /// It will never be taken, for example because the platform's age limit has passed.
    record Hopeless(String note) implements Preparation {}
}
