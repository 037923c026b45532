package matchback.simulation;

import java.time.Duration;
import java.time.Instant;

/// How honest traffic looks.
///
/// @param from when it begins
/// @param length how long visits come in; their reports may come long after it
/// @param visitsPerDay on average
/// @param carrierShare how many visitors are behind a carrier's shared addresses, 0 to 1
/// @param carrierAddresses how many addresses the carrier of each country has
/// @param returningShare how many visits are by somebody who was there before, 0 to 1
/// @param lateShare how many reports come hours or days after the event, 0 to 1
/// @param retryShare how many reports are sent again, 0 to 1
/// @param refundShare how many sales are given back, 0 to 1
public record Shape(
        Market market,
        Instant from,
        Duration length,
        double visitsPerDay,
        double carrierShare,
        int carrierAddresses,
        double returningShare,
        double lateShare,
        double retryShare,
        double refundShare) {

    public Shape {
        if (!length.isPositive() || visitsPerDay < 0 || carrierAddresses < 1) {
            throw new IllegalArgumentException(
                    "%s of %s visits a day, %d addresses a carrier; expected more"
                            .formatted(length, visitsPerDay, carrierAddresses));
        }
        checkShare("carrierShare", carrierShare);
        checkShare("returningShare", returningShare);
        checkShare("lateShare", lateShare);
        checkShare("retryShare", retryShare);
        checkShare("refundShare", refundShare);
    }

    /// Of everything a little.
    public static Shape usual(Instant from, Duration length, double visitsPerDay) {
        return new Shape(
                Market.usual(), from, length, visitsPerDay, 0.30, 6, 0.15, 0.02, 0.04, 0.03);
    }

    /// The same with everybody's mobile visitors behind few addresses.
    public Shape behindCarriers(double share, int addresses) {
        return new Shape(
                market,
                from,
                length,
                visitsPerDay,
                share,
                addresses,
                returningShare,
                lateShare,
                retryShare,
                refundShare);
    }

    Instant to() {
        return from.plus(length);
    }

    private static void checkShare(String name, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("%s %s; 0 to 1".formatted(name, share));
        }
    }
}
