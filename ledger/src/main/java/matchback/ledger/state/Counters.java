package matchback.ledger.state;

/// Counters of a subject; the last number given of each.
///
/// @param version of the subject's facts
public record Counters(long version, int conversions, int reports, int deliveries) {
    public static final Counters ZERO = new Counters(0, 0, 0, 0);
}
