package matchback.simulation;

import java.time.ZoneId;

/// Somebody with a device.
///
/// @param isBehindCarrier whether many people share the address
record Visitor(
        String name,
        Market.Country country,
        String address,
        Device device,
        String userAgent,
        boolean isBehindCarrier) {

    ZoneId zone() {
        return country.zone();
    }
}
