package matchback.simulation;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;

/// How much goes on at each hour of the day where the visitor lives: least before dawn, most in the
/// evening. Chosen, not measured.
final class DayCurve {
    private static final double[] HOURS = {
        0.55, 0.38, 0.27, 0.22, 0.22, 0.30, 0.48, 0.72, 0.92, 1.05, 1.13, 1.20,
        1.27, 1.25, 1.20, 1.18, 1.20, 1.25, 1.35, 1.48, 1.58, 1.55, 1.30, 0.90
    };

    private static final double HIGHEST = Arrays.stream(HOURS).max().orElseThrow();

    /// The highest of them against their average.
    static final double PEAK = HIGHEST / Arrays.stream(HOURS).average().orElseThrow();

    private DayCurve() {}

    /// How much goes on then against the highest, 0 to 1.
    static double share(Instant at, ZoneId zone) {
        int hour = at.atZone(zone).getHour();
        return HOURS[hour] / HIGHEST;
    }
}
