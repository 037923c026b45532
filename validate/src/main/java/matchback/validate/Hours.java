package matchback.validate;

import java.util.Arrays;

/// When in the day conversions come, and which hours are the quiet ones.
final class Hours {
    private static final int OF_DAY = 24;
    private static final int QUIET = 8;

    /// After so many the past counts half.
    private static final int HALVED_AFTER = 20_000;

    private final int[] counts = new int[OF_DAY];
    private int total;

    void add(long at) {
        counts[of(at)]++;
        if (++total >= HALVED_AFTER) {
            total = 0;
            for (int i = 0; i < OF_DAY; i++) {
                counts[i] /= 2;
                total += counts[i];
            }
        }
    }

    /// Whether the hour of a time is among the eight with the fewest.
    boolean isQuiet(long at) {
        int hour = of(at);
        int quieter = 0;
        for (int i = 0; i < OF_DAY; i++) {
            boolean isQuieter = counts[i] < counts[hour] || (counts[i] == counts[hour] && i < hour);
            quieter += isQuieter ? 1 : 0;
        }
        return quieter < QUIET;
    }

    /// How much of all comes in the quiet hours, 0 to 1.
    double quietShare() {
        var sorted = counts.clone();
        Arrays.sort(sorted);
        return total == 0 ? 0 : (double) Arrays.stream(sorted, 0, QUIET).sum() / total;
    }

    private static int of(long at) {
        return (int) Math.floorMod(at / Cohort.HOUR_MILLIS, (long) OF_DAY);
    }
}
