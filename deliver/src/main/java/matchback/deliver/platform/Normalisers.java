package matchback.deliver.platform;

import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/// Forms that several platforms ask for. Each takes text that is not blank, and a country in lower
/// case that may be empty; where the form does not depend on the country it is not looked at.
public final class Normalisers {
    private static final Pattern EMAIL = Pattern.compile("[^\\s@]+@[^\\s@]+\\.[^\\s@.]+");

    /// ITU-T E.164 §6.2.1.
    private static final int PHONE_DIGITS_MAX = 15;

    private static final int PHONE_DIGITS_MIN = 7;

    private static final Pattern YEAR_FIRST =
            Pattern.compile("([0-9]{4})[-./]?([0-9]{2})[-./]?([0-9]{2})(?:T.*)?");
    private static final Pattern DAY_FIRST =
            Pattern.compile("([0-9]{1,2})\\.([0-9]{1,2})\\.([0-9]{4})");
    private static final Pattern MONTH_FIRST =
            Pattern.compile("([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})");
    private static final Pattern US_ZIP = Pattern.compile("([0-9]{5})(?:-?[0-9]{4})?");

    private Normalisers() {}

    /// Trimmed, in lower case; nothing else is changed.
    public static Optional<String> email(String raw, String country) {
        var address = raw.strip().toLowerCase(Locale.ROOT);
        return EMAIL.matcher(address).matches() ? Optional.of(address) : Optional.empty();
    }

    /// Digits with the country code as the sender gave it, without zeros in front. A country code
    /// is never made up.
    public static Optional<String> phoneDigits(String raw, String country) {
        var digits = kept(raw, c -> c >= '0' && c <= '9').replaceFirst("^0+", "");
        boolean isPhone =
                digits.length() >= PHONE_DIGITS_MIN && digits.length() <= PHONE_DIGITS_MAX;
        return isPhone ? Optional.of(digits) : Optional.empty();
    }

    /// The same with a plus sign in front.
    public static Optional<String> phoneE164(String raw, String country) {
        return phoneDigits(raw, country).map(digits -> "+" + digits);
    }

    /// Letters of any script in lower case: no punctuation, digits or spaces. Letters with accents
    /// as one code point each (Unicode NFC), however they were typed.
    public static Optional<String> letters(String raw, String country) {
        var composed = Normalizer.normalize(raw, Normalizer.Form.NFC);
        return filled(kept(composed.toLowerCase(Locale.ROOT), Normalisers::isLetter));
    }

    /// The two letters of a US state; elsewhere [#letters].
    public static Optional<String> region(String raw, String country) {
        boolean canBeUs = country.isEmpty() || country.equals("us");
        return letters(raw, country)
                .map(name -> canBeUs ? Places.usState(name).orElse(name) : name);
    }

    /// Lower case without spaces and hyphens; of a US code the first five digits.
    public static Optional<String> postalCode(String raw, String country) {
        var us = US_ZIP.matcher(raw.strip());
        boolean isLong = raw.strip().length() > 5;
        if (us.matches() && (country.equals("us") || (country.isEmpty() && isLong))) {
            return Optional.of(us.group(1));
        }
        return filled(
                kept(raw.toLowerCase(Locale.ROOT), c -> !Character.isWhitespace(c) && c != '-'));
    }

    /// ISO 3166-1 alpha-2 in lower case, of a code or an English name.
    public static Optional<String> country(String raw, String country) {
        return Places.country(raw);
    }

    /// `f` or `m`.
    public static Optional<String> gender(String raw, String country) {
        return switch (raw.strip().toLowerCase(Locale.ROOT)) {
            case "f", "female", "woman", "w" -> Optional.of("f");
            case "m", "male", "man" -> Optional.of("m");
            default -> Optional.empty();
        };
    }

    /// YYYYMMDD, of 1997-02-16, 19970216, 16.02.1997 or 2/16/1997.
    public static Optional<String> birthDate(String raw, String country) {
        var text = raw.strip();
        var yearFirst = YEAR_FIRST.matcher(text);
        if (yearFirst.matches()) {
            return date(yearFirst.group(1), yearFirst.group(2), yearFirst.group(3));
        }
        var dayFirst = DAY_FIRST.matcher(text);
        if (dayFirst.matches()) {
            return date(dayFirst.group(3), dayFirst.group(2), dayFirst.group(1));
        }
        var monthFirst = MONTH_FIRST.matcher(text);
        return monthFirst.matches()
                ? date(monthFirst.group(3), monthFirst.group(1), monthFirst.group(2))
                : Optional.empty();
    }

    private static Optional<String> date(String year, String month, String day) {
        try {
            var date =
                    LocalDate.of(
                            Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day));
            return Optional.of(date.toString().replace("-", ""));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /// Lower case without white space: any stable id of the person.
    public static Optional<String> identifier(String raw, String country) {
        return filled(kept(raw.toLowerCase(Locale.ROOT), c -> !Character.isWhitespace(c)));
    }

    private static boolean isLetter(int c) {
        return Character.isLetter(c)
                || Character.getType(c) == Character.NON_SPACING_MARK
                || Character.getType(c) == Character.COMBINING_SPACING_MARK;
    }

    private static String kept(String text, IntPredicate filter) {
        return text.codePoints()
                .filter(filter)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static Optional<String> filled(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
