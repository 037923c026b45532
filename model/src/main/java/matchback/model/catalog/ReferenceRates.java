package matchback.model.catalog;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Map;
import java.util.TreeMap;

/// The reference rates of one month: what one euro was worth on each day that a central bank
/// published any.
///
/// @param key the month, as in `2026-11`
/// @param days by the date, as in `2026-11-20`: by the ISO 4217 code, units of it for one euro
public record ReferenceRates(
        String key, Map<String, Map<String, BigDecimal>> days, boolean archived) implements Entity {

    public ReferenceRates {
        YearMonth.parse(key);
        var copy = new TreeMap<String, Map<String, BigDecimal>>();
        days.forEach((day, quotes) -> copy.put(day, Map.copyOf(quotes)));
        days = java.util.Collections.unmodifiableMap(copy);
    }

    /// The key of the month a day is in.
    public static String keyOf(LocalDate day) {
        return YearMonth.from(day).toString();
    }

    @Override
    public String name() {
        return key;
    }
}
