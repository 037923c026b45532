package matchback.console.pages;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import matchback.console.api.MoneyMask;
import matchback.model.Money;
import matchback.report.Metric;
import matchback.report.Report.Values;
import org.jspecify.annotations.Nullable;

/// How numbers, amounts and times are written, for one reader at one moment. What is missing is –.
final class Formats {
    static final String MISSING = "–";

    /// Stands where an amount is that the reader may not see.
    static final String HIDDEN = "•••";

    private static final DateTimeFormatter CLOCK = format("HH:mm:ss");
    private static final DateTimeFormatter DAY_AND_CLOCK = format("d MMM HH:mm");
    private static final DateTimeFormatter YEAR_AND_CLOCK = format("d MMM yyyy HH:mm");
    private static final DateTimeFormatter FULL = format("EEEE d MMMM yyyy, HH:mm:ss.SSS");
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private static final Set<Metric> PERCENTAGES =
            Set.of(
                    Metric.CR,
                    Metric.ROI,
                    Metric.ROAS,
                    Metric.COST_COVERAGE,
                    Metric.RECOVERED,
                    Metric.RECOVERED_BY_BROWSER);

    private final ZoneId zone;
    private final long now;
    private final Texts texts;
    private final boolean isMoneyHidden;

    /// @param now epoch milliseconds
    /// @param isMoneyHidden whether amounts are hidden from the reader
    Formats(ZoneId zone, long now, Texts texts, boolean isMoneyHidden) {
        this.zone = zone;
        this.now = now;
        this.texts = texts;
        this.isMoneyHidden = isMoneyHidden;
    }

    ZoneId zone() {
        return zone;
    }

    long now() {
        return now;
    }

    String count(long number) {
        return decimal("#,##0").format(number);
    }

    /// An amount with two places.
    String plain(BigDecimal amount) {
        return isMoneyHidden ? HIDDEN : twoPlaces(amount);
    }

    private static String twoPlaces(BigDecimal number) {
        return decimal("#,##0.00").format(number);
    }

    /// A price of one click: with up to four places when it is less than one.
    String price(BigDecimal amount) {
        if (isMoneyHidden) {
            return HIDDEN;
        }
        return amount.abs().compareTo(BigDecimal.ONE) < 0
                ? decimal("0.00##").format(amount)
                : twoPlaces(amount);
    }

    /// A sentence that may tell of amounts.
    String sentence(String text) {
        return isMoneyHidden ? MoneyMask.sentence(text, HIDDEN) : text;
    }

    Cash cash(@Nullable BigDecimal amount, String currency) {
        if (amount == null) {
            return Cash.NONE;
        }
        return isMoneyHidden
                ? new Cash(HIDDEN, "", 0)
                : new Cash(price(amount), currency, amount.signum());
    }

    Cash cash(@Nullable Money money) {
        return money == null
                ? Cash.NONE
                : cash(BigDecimal.valueOf(money.micros(), 6), money.currency());
    }

    /// A share as a percentage with one place, from a ratio such as 0.125; – for none.
    String percent(@Nullable BigDecimal ratio) {
        return ratio == null
                ? MISSING
                : decimal("#,##0.0").format(ratio.multiply(HUNDRED)) + '\u2009' + '%';
    }

    String percent(long part, long whole) {
        return whole == 0
                ? MISSING
                : percent(
                        BigDecimal.valueOf(part)
                                .divide(BigDecimal.valueOf(whole), 6, RoundingMode.HALF_UP));
    }

    /// A metric's value in words: counts grouped, amounts plain, rates as percentages.
    String metric(Metric metric, Values values) {
        if (hides(metric)) {
            return HIDDEN;
        }
        return values.of(metric).map(value -> metric(metric, value)).orElse(MISSING);
    }

    /// Whether the reader may not see a metric.
    boolean hides(Metric metric) {
        return isMoneyHidden && metric.isMoney();
    }

    /// A metric's value to reckon or draw with; none when the reader may not see it.
    Optional<BigDecimal> value(Metric metric, Values values) {
        return hides(metric) ? Optional.empty() : values.of(metric);
    }

    private String metric(Metric metric, BigDecimal value) {
        return switch (metric.type()) {
            case COUNT -> decimal("#,##0").format(value);
            case MONEY -> twoPlaces(value);
            case RATIO -> PERCENTAGES.contains(metric) ? percent(value) : ratePerClick(value);
        };
    }

    /// Four places for what is less than one, so that a column of such values lines up.
    private String ratePerClick(BigDecimal value) {
        return value.abs().compareTo(BigDecimal.ONE) < 0
                ? decimal("0.0000").format(value)
                : twoPlaces(value);
    }

    /// The beginning and the end of a long id.
    static String shortId(String id) {
        return id.length() <= 14 ? id : id.substring(0, 6) + '…' + id.substring(id.length() - 6);
    }

    /// @param millis epoch milliseconds; 0 or less: not known
    When when(long millis) {
        if (millis <= 0) {
            return When.NONE;
        }
        var at = Instant.ofEpochMilli(millis);
        var local = at.atZone(zone);
        return new When(at.toString(), shortly(local).format(local), title(local, millis));
    }

    /// The clock's time alone, for a list within one day.
    String clock(long millis) {
        return CLOCK.format(Instant.ofEpochMilli(millis).atZone(zone));
    }

    private DateTimeFormatter shortly(ZonedDateTime local) {
        var today = Instant.ofEpochMilli(now).atZone(zone);
        if (local.toLocalDate().equals(today.toLocalDate())) {
            return CLOCK;
        }
        return local.getYear() == today.getYear() ? DAY_AND_CLOCK : YEAR_AND_CLOCK;
    }

    private String title(ZonedDateTime local, long millis) {
        return FULL.format(local) + ' ' + zone.getId() + " · " + age(millis);
    }

    /// How long ago, or how soon.
    String age(long millis) {
        long seconds = (now - millis) / 1000;
        var span = span(Math.abs(seconds));
        return seconds < 0 ? texts.of("time.in", span) : texts.of("time.ago", span);
    }

    /// A length of time in its largest unit.
    String span(long seconds) {
        if (seconds < 120) {
            return texts.of("time.seconds", seconds);
        }
        if (seconds < 120 * 60) {
            return texts.of("time.minutes", seconds / 60);
        }
        return seconds < 48 * 3600
                ? texts.of("time.hours", seconds / 3600)
                : texts.of("time.days", count(seconds / 86400));
    }

    /// A short length of time, with a tenth of a second where that says something.
    String gap(long millis) {
        return millis < 120_000
                ? decimal("0.0").format(BigDecimal.valueOf(millis, 3)) + "\u2009s"
                : span(millis / 1000);
    }

    private static DecimalFormat decimal(String pattern) {
        var symbols = DecimalFormatSymbols.getInstance(Locale.ENGLISH);
        symbols.setMinusSign('−');
        var format = new DecimalFormat(pattern, symbols);
        format.setRoundingMode(RoundingMode.HALF_UP);
        return format;
    }

    private static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
    }
}
