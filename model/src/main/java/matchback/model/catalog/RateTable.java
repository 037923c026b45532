package matchback.model.catalog;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import matchback.model.Money;

/// What currencies are worth on each day: by the rates that were entered by hand, which hold for
/// every day, else by the reference rates of the day, crossed over the euro.
///
/// A day without reference rates, such as a Sunday, has those of the last day before it that has
/// some. A currency that is not among them is not known, also if it was earlier: it is quoted no
/// more.
public final class RateTable {
    private static final String EURO = "EUR";
    private static final int SHOWN_PLACES = 12;

    private final String reportCurrency;
    private final Map<String, ExchangeRate> byHand;
    private final TreeMap<LocalDate, Map<String, BigDecimal>> days = new TreeMap<>();

    /// One amount is worth `times / by` of the report currency.
    ///
    /// @param times and
    /// @param by are exact; only the result is rounded
    /// @param day of the reference rates; empty for a rate by hand, and for no change of currency
    public record Rate(BigDecimal times, BigDecimal by, Optional<LocalDate> day) {

        /// As it is shown: exact where it can be, else to 12 places.
        public String text() {
            var shown = times.divide(by, SHOWN_PLACES, RoundingMode.HALF_UP).stripTrailingZeros();
            return shown.scale() < 0 ? shown.setScale(0).toPlainString() : shown.toPlainString();
        }

        /// The amount in another currency, rounded half up to six digits; empty when that has more
        /// than 18.
        public Optional<Money> of(long micros, String currency) {
            var worth =
                    BigDecimal.valueOf(micros).multiply(times).divide(by, 0, RoundingMode.HALF_UP);
            return worth.abs().compareTo(BigDecimal.valueOf(Money.MICROS_MAX)) > 0
                    ? Optional.empty()
                    : Optional.of(new Money(worth.longValueExact(), currency));
        }
    }

    RateTable(
            String reportCurrency,
            Map<String, ExchangeRate> byHand,
            Collection<ReferenceRates> months) {
        this.reportCurrency = reportCurrency;
        this.byHand = byHand;
        for (var month : months) {
            if (!month.archived()) {
                month.days().forEach((day, quotes) -> days.put(LocalDate.parse(day), quotes));
            }
        }
    }

    /// The rate of a currency on the day, in UTC, of a moment.
    ///
    /// @param at epoch milliseconds
    public Optional<Rate> rate(String currency, long at) {
        return rate(currency, LocalDate.ofInstant(Instant.ofEpochMilli(at), ZoneOffset.UTC));
    }

    public Optional<Rate> rate(String currency, LocalDate day) {
        if (currency.equals(reportCurrency)) {
            return Optional.of(new Rate(BigDecimal.ONE, BigDecimal.ONE, Optional.empty()));
        }
        var own = byHand.get(currency);
        if (own != null && !own.archived()) {
            return Optional.of(new Rate(own.rate(), BigDecimal.ONE, Optional.empty()));
        }
        var quoted = days.floorEntry(day);
        if (quoted == null) {
            return Optional.empty();
        }
        var times = quote(quoted.getValue(), reportCurrency);
        var by = quote(quoted.getValue(), currency);
        return times.isEmpty() || by.isEmpty()
                ? Optional.empty()
                : Optional.of(new Rate(times.get(), by.get(), Optional.of(quoted.getKey())));
    }

    private static Optional<BigDecimal> quote(Map<String, BigDecimal> quotes, String currency) {
        return currency.equals(EURO)
                ? Optional.of(BigDecimal.ONE)
                : Optional.ofNullable(quotes.get(currency));
    }

    /// The reference rates of each day that has any: units for one euro.
    public NavigableMap<LocalDate, Map<String, BigDecimal>> days() {
        return Collections.unmodifiableNavigableMap(days);
    }
}
