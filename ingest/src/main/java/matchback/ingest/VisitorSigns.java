package matchback.ingest;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import matchback.ingest.visitor.Visitors;

/// What a click tells of the visitor: by its headers, and by what is known of agent and address.
///
/// Only those who say so themselves, are listed, or come from a listed data centre are bots here. A
/// missing header, a private address or an unusual client make none: a false bot costs a paid
/// click.
///
/// @param bot the sign by which the visitor is taken for a bot; empty for a person
/// @param prefetch whether a browser asked ahead of any visit
/// @param traits by dimension: `referrer`, `language`, `device`, `country` ...
record VisitorSigns(String bot, boolean prefetch, Map<String, String> traits) {
    private static final int HOST_CHARS_MAX = 253;
    private static final int TAG_CHARS_MAX = 35;

    /// @param peer who connected: the visitor, or a proxy
    static VisitorSigns of(
            RequestHeaders headers,
            Address visitor,
            Address peer,
            Visitors visitors,
            PlaceHeaders places) {
        var traits = new HashMap<String, String>();
        // First, so that what our own databases know stands in its place.
        places.tell(peer, headers, traits);
        var bot =
                visitors.tell(
                        new Visitors.Shown(
                                headers.first("User-Agent"),
                                headers.first("X-Requested-With"),
                                headers.first("Sec-CH-UA"),
                                visitor.inet()),
                        traits);
        put(traits, "referrer", host(headers.first("Referer")));
        put(traits, "language", language(headers.first("Accept-Language")));
        return new VisitorSigns(bot, isPrefetch(headers), traits);
    }

    /// Of a visitor whose address is not known.
    static VisitorSigns ofHeaders(RequestHeaders headers, Visitors visitors) {
        return of(headers, Address.NONE, Address.NONE, visitors, PlaceHeaders.NONE);
    }

    private static void put(Map<String, String> traits, String name, String value) {
        if (!value.isEmpty()) {
            traits.put(name, value);
        }
    }

    static boolean isPrefetch(RequestHeaders headers) {
        return says(headers.first("Sec-Purpose"))
                || says(headers.first("Purpose"))
                || says(headers.first("X-Purpose"))
                || says(headers.first("X-Moz"));
    }

    private static boolean says(String purpose) {
        var words = purpose.toLowerCase(Locale.ROOT);
        return words.contains("prefetch")
                || words.contains("prerender")
                || words.contains("preview");
    }

    /// Host of a URL in lower case, without port; empty when there is none.
    static String host(String url) {
        int from = url.indexOf("://");
        if (from < 0) {
            return "";
        }
        from += 3;
        int end = from;
        while (end < url.length() && "/?#:".indexOf(url.charAt(end)) < 0) {
            end++;
        }
        var host = url.substring(from, end).toLowerCase(Locale.ROOT);
        return host.length() <= HOST_CHARS_MAX && host.chars().allMatch(VisitorSigns::isHostChar)
                ? host
                : "";
    }

    private static boolean isHostChar(int c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
    }

    /// The first language tag (BCP 47), language in lower case and region in upper case.
    static String language(String accepted) {
        int end = 0;
        while (end < accepted.length() && ",; ".indexOf(accepted.charAt(end)) < 0) {
            end++;
        }
        if (end == 0 || end > TAG_CHARS_MAX) {
            return "";
        }
        var parts = accepted.substring(0, end).split("-", -1);
        var tag = new StringBuilder();
        for (int i = 0; i < parts.length; i++) {
            var part = parts[i].toLowerCase(Locale.ROOT);
            if (part.isEmpty() || !part.chars().allMatch(c -> c != '.' && isHostChar(c))) {
                return "";
            }
            tag.append(i == 0 ? "" : "-")
                    .append(i > 0 && part.length() == 2 ? part.toUpperCase(Locale.ROOT) : part);
        }
        return tag.toString();
    }
}
