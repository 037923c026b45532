package matchback.ingest;

import java.nio.charset.StandardCharsets;

/// A request target, split by hand: what networks send raw (`{`, `#`, `<`, bytes of UTF-8) is no
/// URI by the book, and still must be read as it was meant.
///
/// @param raw as it came, bytes beyond ASCII percent-encoded, without the prefix
/// @param prefix that a proxy serves us below, where the request had it; empty for none
/// @param path not decoded, without the prefix
/// @param query without the question mark; empty when there is none
public record Target(String raw, String prefix, String path, String query) {

    /// @param uri as the HTTP decoder gives it: one character for each byte
    public static Target of(String uri) {
        var raw = ascii(uri);
        int from = 0;
        if (!raw.startsWith("/")) {
            int authority = raw.indexOf("://");
            int slash = authority < 0 ? -1 : raw.indexOf('/', authority + 3);
            from = Math.max(slash, 0);
        }
        int mark = raw.indexOf('?', from);
        return mark < 0
                ? new Target(raw, "", raw.substring(from), "")
                : new Target(raw, "", raw.substring(from, mark), raw.substring(mark + 1));
    }

    /// The same below a prefix. A request without it is taken too: the proxy took it off.
    ///
    /// @param wanted with a slash at its begin and none at its end; empty for none
    public Target below(String wanted) {
        boolean isBelow =
                !wanted.isEmpty()
                        && raw.startsWith(wanted)
                        && (path.length() == wanted.length()
                                || path.charAt(wanted.length()) == '/');
        if (!isBelow) {
            return this;
        }
        var rest = path.substring(wanted.length());
        var below = rest.isEmpty() ? "/" : rest;
        return new Target(below + raw.substring(path.length()), wanted, below, query);
    }

    /// The bytes of a form as text that reads like a query string.
    public static String ascii(byte[] form) {
        return ascii(new String(form, StandardCharsets.ISO_8859_1));
    }

    private static String ascii(String latin) {
        int plain = 0;
        while (plain < latin.length() && latin.charAt(plain) < 0x80) {
            plain++;
        }
        if (plain == latin.length()) {
            return latin;
        }
        var out = new StringBuilder(latin.length() + 32);
        for (int i = 0; i < latin.length(); i++) {
            char c = latin.charAt(i);
            if (c < 0x80) {
                out.append(c);
            } else {
                out.append('%')
                        .append(Character.forDigit(c >> 4 & 15, 16))
                        .append(Character.forDigit(c & 15, 16));
            }
        }
        return out.toString();
    }
}
