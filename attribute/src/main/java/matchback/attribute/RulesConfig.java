package matchback.attribute;

import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;

/// The bounds of the rules.
///
/// @param longestWindow the longest attribution window any offer may have; an unconverted click
///   that is older is expired, whether or not its state is still there
/// @param convertedMonths how long a click that converted takes further reports: calendar months in
///   UTC from the click
/// @param adoptWithin how much later a report with a txid may come than the conversion without one
///   that it adopts
/// @param futureTolerance how far an event time may lie ahead of the receipt
/// @param dayZone whose days the caps are counted by; a change holds for what comes after it
public record RulesConfig(
        Duration longestWindow,
        int convertedMonths,
        Duration adoptWithin,
        Duration futureTolerance,
        ZoneId dayZone) {

    public static final RulesConfig DEFAULT =
            new RulesConfig(
                    Duration.ofDays(365),
                    25,
                    Duration.ofHours(24),
                    Duration.ofMinutes(5),
                    ZoneOffset.UTC);

    public RulesConfig {
        if (longestWindow.isNegative() || longestWindow.isZero()) {
            throw new IllegalArgumentException(
                    "longest window of " + longestWindow + "; more than none");
        }
        if (convertedMonths < 1) {
            throw new IllegalArgumentException(
                    convertedMonths + " months for converted clicks; at least one");
        }
        if (adoptWithin.isNegative() || futureTolerance.isNegative()) {
            throw new IllegalArgumentException(
                    "adopt within "
                            + adoptWithin
                            + ", future tolerance "
                            + futureTolerance
                            + "; not negative");
        }
    }

    /// The same with the days of a zone.
    public RulesConfig withDaysOf(ZoneId zone) {
        return new RulesConfig(longestWindow, convertedMonths, adoptWithin, futureTolerance, zone);
    }
}
