package matchback.deliver.google;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What people write about themselves, in the form that Google hashes and compares. Each gives
/// empty for what cannot be brought into that form: a wrong hash only costs matches.
///
/// The second parameter, a country, is not looked at.
///
/// Google takes the dots out of Gmail addresses and wants a plus sign before phone numbers; other
/// platforms do neither, so one stored hash cannot serve all.
final class Normal {
    private static final Set<String> DOTLESS_DOMAINS = Set.of("gmail.com", "googlemail.com");
    private static final Set<String> TITLES = Set.of("mr.", "mrs.", "ms.", "dr.");
    private static final Set<String> SUFFIXES =
            Set.of(
                    "jr.", "sr.", "2nd", "3rd", "ii", "iii", "iv", "v", "vi", "cpa", "dc", "dds",
                    "vm", "jd", "md", "phd");

    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern REGION = Pattern.compile("[A-Z]{2}");

    /// E.164 allows 15; shorter ones than 7 are no subscriber's.
    private static final int PHONE_DIGITS_MIN = 7;

    private static final int PHONE_DIGITS_MAX = 15;

    private Normal() {}

    static Optional<String> email(String raw, String country) {
        var address = raw.strip().toLowerCase(Locale.ROOT);
        int at = address.indexOf('@');
        if (at < 0
                || at == address.length() - 1
                || at != address.lastIndexOf('@')
                || SPACE.matcher(address).find()) {
            return Optional.empty();
        }
        var domain = address.substring(at + 1);
        var local = address.substring(0, at);
        if (DOTLESS_DOMAINS.contains(domain)) {
            int plus = local.indexOf('+');
            local = (plus < 0 ? local : local.substring(0, plus)).replace(".", "");
        }
        return local.isEmpty() ? Optional.empty() : Optional.of(local + "@" + domain);
    }

    /// The number with its country code, which must be there: a national one, known by its leading
    /// zero, is not guessed at.
    static Optional<String> phone(String raw, String country) {
        var digits = raw.chars().filter(c -> c >= '0' && c <= '9');
        var number = text(digits);
        if (number.startsWith("00")) {
            number = number.substring(2);
        }
        return number.length() < PHONE_DIGITS_MIN
                        || number.length() > PHONE_DIGITS_MAX
                        || number.startsWith("0")
                ? Optional.empty()
                : Optional.of("+" + number);
    }

    static Optional<String> givenName(String raw, String country) {
        return filled(
                Arrays.stream(SPACE.split(raw.strip().toLowerCase(Locale.ROOT)))
                        .filter(Predicate.not(TITLES::contains))
                        .collect(Collectors.joining(" ")));
    }

    static Optional<String> familyName(String raw, String country) {
        var name = raw.strip().toLowerCase(Locale.ROOT);
        while (true) {
            int gap = name.length() - 1;
            while (gap >= 0 && !isGap(name.charAt(gap))) {
                gap--;
            }
            if (gap < 0 || !SUFFIXES.contains(name.substring(gap + 1))) {
                return filled(name);
            }
            while (gap > 0 && isGap(name.charAt(gap - 1))) {
                gap--;
            }
            name = name.substring(0, gap);
        }
    }

    /// ISO 3166-1 alpha-2; sent in clear.
    static Optional<String> regionCode(String raw, String country) {
        return Optional.of(raw.strip().toUpperCase(Locale.ROOT))
                .filter(code -> REGION.matcher(code).matches());
    }

    /// Sent in clear.
    static Optional<String> postalCode(String raw, String country) {
        return filled(raw.strip());
    }

    private static boolean isGap(char c) {
        return c == ',' || Character.isWhitespace(c);
    }

    private static Optional<String> filled(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static String text(java.util.stream.IntStream characters) {
        return characters
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
