package matchback.console.cost;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import matchback.console.api.FieldProblem;
import matchback.ledger.CostSlice;
import matchback.model.Amount;
import matchback.model.Money;
import matchback.model.catalog.Campaign;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.Entity;
import matchback.model.catalog.Offer;
import matchback.model.catalog.TrafficSource;
import matchback.report.Dimension;

/// Reads the words in which a cost is stated, and collects everything that is wrong with them.
///
/// The slice is said by the words of dimensions that clicks have (`campaign`, `creative`, `sub1`
/// ...). The period is `date` (one day), `firstDay` and `lastDay` (both belong to it), or `from`
/// and `to` (days or times, `to` does not belong to it); days are those of `tz`.
public final class CostWords {
    public static final String DATE = "date";
    public static final String FIRST_DAY = "firstDay";
    public static final String LAST_DAY = "lastDay";
    public static final String FROM = "from";
    public static final String TO = "to";
    public static final String ZONE = "tz";
    public static final String AMOUNT = "amount";
    public static final String CURRENCY = "currency";
    public static final String RATE = "rate";
    public static final String MODE = "mode";
    public static final String NOTE = "note";
    public static final String REPLACE = "replace";
    public static final String ADD = "add";

    /// The words that are no dimensions.
    public static final List<String> OWN =
            List.of(DATE, FIRST_DAY, LAST_DAY, FROM, TO, ZONE, AMOUNT, CURRENCY, RATE, MODE, NOTE);

    public static final int NOTE_CHARS_MAX = 200;
    public static final int VALUE_CHARS_MAX = 512;
    public static final Duration PERIOD_MAX = Duration.ofDays(400);
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

    private final Catalog catalog;
    private final ZoneId zoneOtherwise;
    private final Instant now;

    /// What was read.
    public sealed interface Read {
        record Good(CostWish wish) implements Read {}

        /// @param problems all of them, at least one
        record Bad(List<FieldProblem> problems) implements Read {}
    }

    private record Span(Instant from, Instant to) {}

    /// @param zoneOtherwise of days, where none is named
    public CostWords(Catalog catalog, ZoneId zoneOtherwise, InstantSource clock) {
        this.catalog = catalog;
        this.zoneOtherwise = zoneOtherwise;
        this.now = clock.instant();
    }

    /// The words of the dimensions that a slice can be of.
    public static Set<String> dimensions() {
        return Dimension.ofClicks().stream()
                .map(Dimension::word)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// @param words by their names; empty ones count as not said
    public Read read(Map<String, String> words) {
        var problems = new ArrayList<FieldProblem>();
        var slice = slice(words, problems);
        var zone = zone(words, problems);
        var span = span(words, zone, problems);
        var amount = amount(words, problems);
        var currency = currency(words, problems);
        var mode = word(words, MODE).orElse(REPLACE).toLowerCase(Locale.ROOT);
        if (!mode.equals(REPLACE) && !mode.equals(ADD)) {
            problems.add(new FieldProblem(MODE, quoted(mode) + "; expected replace or add"));
        }
        var note = word(words, NOTE).orElse("");
        if (note.length() > NOTE_CHARS_MAX) {
            problems.add(
                    new FieldProblem(
                            NOTE, note.length() + " characters; at most " + NOTE_CHARS_MAX));
        }
        if (!problems.isEmpty() || span.isEmpty() || amount.isEmpty()) {
            return new Read.Bad(problems);
        }
        var worth = worth(words, amount.get(), currency, span.get(), zone, problems);
        if (worth.isEmpty()) {
            return new Read.Bad(problems);
        }
        return new Read.Good(
                new CostWish(
                        new CostSlice(slice),
                        span.get().from().toEpochMilli(),
                        span.get().to().toEpochMilli(),
                        zone.getId(),
                        amount.get(),
                        currency,
                        worth.get().micros(),
                        worth.get().rate(),
                        mode.equals(ADD),
                        note));
    }

    private static Optional<String> word(Map<String, String> words, String name) {
        return Optional.ofNullable(words.get(name)).map(String::strip).filter(w -> !w.isEmpty());
    }

    private Map<String, String> slice(Map<String, String> words, List<FieldProblem> problems) {
        var slice = new LinkedHashMap<String, String>();
        for (var dimension : Dimension.ofClicks()) {
            var value = word(words, dimension.word());
            if (value.isEmpty()) {
                continue;
            }
            if (value.get().length() > VALUE_CHARS_MAX
                    || value.get().chars().anyMatch(Character::isISOControl)) {
                problems.add(
                        new FieldProblem(
                                dimension.word(),
                                "At most " + VALUE_CHARS_MAX + " characters on one line"));
            }
            slice.put(dimension.word(), known(dimension, value.get(), problems));
        }
        if (slice.isEmpty()) {
            problems.add(
                    new FieldProblem(
                            "campaign",
                            "Whose cost is it? Name at least one of campaign, source, creative,"
                                    + " sub1 to sub20"));
        } else if (slice.size() > CostSlice.VALUES_MAX) {
            problems.add(
                    new FieldProblem(
                            "", slice.size() + " dimensions; at most " + CostSlice.VALUES_MAX));
        }
        return slice;
    }

    /// What the catalog has is named by its key, or by its name where only one has that.
    private String known(Dimension dimension, String value, List<FieldProblem> problems) {
        return switch (dimension) {
            case CAMPAIGN -> known(dimension, Campaign.class, value, problems);
            case SOURCE -> known(dimension, TrafficSource.class, value, problems);
            case OFFER -> known(dimension, Offer.class, value, problems);
            default -> value;
        };
    }

    private String known(
            Dimension dimension,
            Class<? extends Entity> kind,
            String value,
            List<FieldProblem> problems) {
        var all = catalog.all(kind);
        if (value.equals(Dimension.UNKNOWN) || all.containsKey(value)) {
            return value;
        }
        var named = all.values().stream().filter(e -> e.name().equalsIgnoreCase(value)).toList();
        if (named.size() != 1) {
            problems.add(
                    new FieldProblem(
                            dimension.word(),
                            named.isEmpty()
                                    ? "There is no " + dimension.word() + ' ' + quoted(value)
                                    : named.size()
                                            + " are called "
                                            + quoted(value)
                                            + "; name it by its key"));
            return value;
        }
        return named.getFirst().key();
    }

    private ZoneId zone(Map<String, String> words, List<FieldProblem> problems) {
        try {
            return word(words, ZONE).map(ZoneId::of).orElse(zoneOtherwise);
        } catch (DateTimeException _) {
            problems.add(
                    new FieldProblem(
                            ZONE,
                            quoted(words.getOrDefault(ZONE, ""))
                                    + " is no time zone; expected one like Europe/Berlin"));
            return zoneOtherwise;
        }
    }

    private Optional<Span> span(
            Map<String, String> words, ZoneId zone, List<FieldProblem> problems) {
        int before = problems.size();
        var from =
                instant(words, DATE, 0, zone, problems)
                        .or(() -> instant(words, FIRST_DAY, 0, zone, problems))
                        .or(() -> instant(words, FROM, 0, zone, problems));
        var to =
                instant(words, DATE, 1, zone, problems)
                        .or(() -> instant(words, LAST_DAY, 1, zone, problems))
                        .or(() -> instant(words, TO, 0, zone, problems));
        if (problems.size() > before) {
            return Optional.empty();
        }
        boolean isWhole =
                word(words, DATE).isPresent()
                        || word(words, FIRST_DAY).isPresent() == word(words, LAST_DAY).isPresent();
        if (from.isEmpty() || to.isEmpty() || !isWhole) {
            problems.add(
                    new FieldProblem(
                            from.isEmpty() ? DATE : to.isEmpty() ? TO : LAST_DAY,
                            "Which days? Expected is date, or firstDay and lastDay, or from and"
                                    + " to"));
            return Optional.empty();
        }
        var span = new Span(from.get(), to.get());
        spanProblem(span, word(words, LAST_DAY).isPresent() ? LAST_DAY : TO)
                .ifPresent(problems::add);
        return Optional.of(span);
    }

    private Optional<FieldProblem> spanProblem(Span span, String field) {
        if (!span.from().isBefore(span.to())) {
            return Optional.of(new FieldProblem(field, "The end is not after the beginning"));
        }
        if (Duration.between(span.from(), span.to()).compareTo(PERIOD_MAX) > 0) {
            return Optional.of(
                    new FieldProblem(field, "At most " + PERIOD_MAX.toDays() + " days at once"));
        }
        return span.from().isBefore(EARLIEST) || span.to().isAfter(now.plus(PERIOD_MAX))
                ? Optional.of(
                        new FieldProblem(
                                field,
                                "Expected are days from 2000 on, at most "
                                        + PERIOD_MAX.toDays()
                                        + " days ahead"))
                : Optional.empty();
    }

    /// A day's beginning, or a time.
    ///
    /// @param days after that day
    private static Optional<Instant> instant(
            Map<String, String> words,
            String name,
            int days,
            ZoneId zone,
            List<FieldProblem> problems) {
        var text = word(words, name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            var value = text.get();
            if (value.length() <= 10) {
                return Optional.of(
                        LocalDate.parse(value).plusDays(days).atStartOfDay(zone).toInstant());
            }
            if ((days == 0 && name.equals(DATE)) || !(name.equals(FROM) || name.equals(TO))) {
                throw new DateTimeException("a day");
            }
            return Optional.of(
                    value.matches(".*(Z|[+-]\\d\\d:?\\d\\d)")
                            ? OffsetDateTime.parse(value).toInstant()
                            : LocalDateTime.parse(value.replace(' ', 'T'))
                                    .atZone(zone)
                                    .toInstant());
        } catch (DateTimeException _) {
            if (problems.stream().noneMatch(problem -> problem.field().equals(name))) {
                problems.add(
                        new FieldProblem(
                                name, quoted(text.get()) + "; expected a day like 2026-11-30"));
            }
            return Optional.empty();
        }
    }

    private static Optional<Long> amount(Map<String, String> words, List<FieldProblem> problems) {
        return switch (Amount.parse(words.getOrDefault(AMOUNT, ""))) {
            case Amount.Value(var micros) -> Optional.of(micros);
            case Amount.Missing() -> {
                problems.add(new FieldProblem(AMOUNT, "How much did it cost? 0 is an answer too"));
                yield Optional.empty();
            }
            case Amount.Malformed(var text) -> {
                problems.add(
                        new FieldProblem(
                                AMOUNT,
                                quoted(text)
                                        + " is no amount; expected one like 1250.50, not"
                                        + " negative"));
                yield Optional.empty();
            }
        };
    }

    private String currency(Map<String, String> words, List<FieldProblem> problems) {
        var text = word(words, CURRENCY);
        var code = text.flatMap(Money::currency);
        if (text.isPresent() && code.isEmpty()) {
            problems.add(
                    new FieldProblem(
                            CURRENCY, quoted(text.get()) + " is no ISO 4217 currency code"));
        }
        return code.orElse(catalog.reportCurrency());
    }

    private record Worth(long micros, String rate) {}

    /// By the rate that is named, else by that of the period's last day, or of today if that is
    /// earlier.
    private Optional<Worth> worth(
            Map<String, String> words,
            long micros,
            String currency,
            Span span,
            ZoneId zone,
            List<FieldProblem> problems) {
        if (currency.equals(catalog.reportCurrency())) {
            return Optional.of(new Worth(micros, ""));
        }
        if (word(words, RATE).isPresent()) {
            return named(words, micros, problems);
        }
        var last = span.to().minusMillis(1);
        var day = LocalDate.ofInstant(last.isBefore(now) ? last : now, zone);
        var rate = catalog.rateTable().rate(currency, day);
        var worth = rate.flatMap(r -> r.of(micros, catalog.reportCurrency()));
        if (worth.isEmpty()) {
            problems.add(
                    new FieldProblem(
                            CURRENCY,
                            "There is no exchange rate from "
                                    + currency
                                    + " to "
                                    + catalog.reportCurrency()
                                    + " on "
                                    + day
                                    + "; add one, or name one as rate"));
        }
        return worth.map(money -> new Worth(money.micros(), rate.orElseThrow().text()));
    }

    private Optional<Worth> named(
            Map<String, String> words, long micros, List<FieldProblem> problems) {
        var text = word(words, RATE).orElse("");
        if (text.matches("\\d{1,12}(\\.\\d{1,12})?") && new BigDecimal(text).signum() > 0) {
            var rate = new BigDecimal(text);
            var worth = BigDecimal.valueOf(micros).multiply(rate).setScale(0, RoundingMode.HALF_UP);
            if (worth.compareTo(BigDecimal.valueOf(Money.MICROS_MAX)) <= 0) {
                return Optional.of(new Worth(worth.longValueExact(), text));
            }
        }
        problems.add(
                new FieldProblem(
                        RATE,
                        "Expected is what one unit is worth in "
                                + catalog.reportCurrency()
                                + ", such as 1.0852"));
        return Optional.empty();
    }

    private static String quoted(String text) {
        var shown = text.length() <= 60 ? text : text.substring(0, 60) + "…";
        return '"' + shown + '"';
    }
}
