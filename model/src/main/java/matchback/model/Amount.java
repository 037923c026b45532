package matchback.model;

import java.util.regex.Pattern;

/// An amount as a sender wrote it, read by documented rules:
///
/// * spaces around it and one currency sign before or after it are left out (`$12.50`, `12,50 €`);
/// * spaces and apostrophes between digits group thousands (`1 234.56`, `1'234.56`);
/// * where comma and point both occur, the last one separates the decimals (`1.234,56`);
/// * a point alone separates decimals (`1.234` is a little over one); a comma alone does too
///   (`12,50`), unless exactly three digits follow it: `1,234` may mean two amounts a thousand
///   times apart and is malformed;
/// * the same sign twice or more groups thousands (`1,234,567`);
/// * no sign, exponent, word, or more than twelve digits before or six after the separator.
public sealed interface Amount {

    /// Nothing was sent.
    record Missing() implements Amount {}

    /// @param micros millionths of the currency unit, never negative
    record Value(long micros) implements Amount {}

    /// Something was sent that is no amount.
    record Malformed(String text) implements Amount {}

    /// Longest text that is looked at; a longer one is malformed.
    int CHARS_MAX = 40;

    Pattern GROUPING_SPACE = Pattern.compile("(?<=\\d)[ \\u00A0\\u2009\\u202F'’](?=\\d{3}(\\D|$))");
    Pattern PLAIN = Pattern.compile("(\\d{1,12})(?:\\.(\\d{1,6})0*)?|\\.(\\d{1,6})0*");
    Pattern COMMA_GROUPS = Pattern.compile("\\d{1,3}(,\\d{3})+");
    Pattern POINT_GROUPS = Pattern.compile("\\d{1,3}(\\.\\d{3})+");
    String CURRENCY_SIGNS = "$€£¥₽₹₺₩₴₫฿₦₱₪";

    static Amount parse(String text) {
        if (text.isBlank()) {
            return new Missing();
        }
        if (text.length() > CHARS_MAX) {
            return new Malformed(Cut.atMost(CHARS_MAX, text));
        }
        var plain = plain(GROUPING_SPACE.matcher(withoutSign(text.strip())).replaceAll(""));
        var parts = PLAIN.matcher(plain);
        if (!parts.matches()) {
            return new Malformed(text);
        }
        var whole = parts.group(1) == null ? "0" : parts.group(1);
        var fraction = parts.group(1) == null ? parts.group(3) : parts.group(2);
        var padded = ((fraction == null ? "" : fraction) + "000000").substring(0, 6);
        return new Value(Long.parseLong(whole) * 1_000_000 + Long.parseLong(padded));
    }

    private static String withoutSign(String text) {
        if (CURRENCY_SIGNS.indexOf(text.charAt(0)) >= 0) {
            return text.substring(1).strip();
        }
        int last = text.length() - 1;
        return CURRENCY_SIGNS.indexOf(text.charAt(last)) >= 0
                ? text.substring(0, last).strip()
                : text;
    }

    /// Brings the separators to the plain form with a point; leaves alone what fits no rule.
    private static String plain(String text) {
        int comma = text.lastIndexOf(',');
        int point = text.lastIndexOf('.');
        if (comma < 0) {
            return text.indexOf('.') != point && POINT_GROUPS.matcher(text).matches()
                    ? text.replace(".", "")
                    : text;
        }
        if (point < 0) {
            if (text.indexOf(',') != comma) {
                return COMMA_GROUPS.matcher(text).matches() ? text.replace(",", "") : text;
            }
            return text.length() - comma - 1 == 3 ? text : text.replace(',', '.');
        }
        int decimals = Math.max(comma, point);
        var whole = text.substring(0, decimals);
        var groups = decimals == comma ? POINT_GROUPS : COMMA_GROUPS;
        if (!groups.matcher(whole).matches()) {
            return text;
        }
        return whole.replaceAll("[.,]", "") + '.' + text.substring(decimals + 1);
    }
}
