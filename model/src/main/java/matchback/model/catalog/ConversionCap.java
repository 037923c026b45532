package matchback.model.catalog;

import org.jspecify.annotations.Nullable;

/// How many conversions of an offer are counted on one day.
///
/// @param perDay at least 1
/// @param eventType the only event type that is counted against it; null: all
public record ConversionCap(int perDay, @Nullable String eventType) {
    public static final int PER_DAY_MAX = 1_000_000;

    public ConversionCap {
        if (perDay < 1 || perDay > PER_DAY_MAX) {
            throw new IllegalArgumentException("cap of " + perDay + " a day; 1 to " + PER_DAY_MAX);
        }
    }

    public boolean covers(String type) {
        return eventType == null || eventType.equals(type);
    }
}
