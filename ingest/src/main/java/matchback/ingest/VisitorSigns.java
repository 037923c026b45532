package matchback.ingest;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// What the headers of a click tell of the visitor.
///
/// Only those who say so themselves are bots here. A missing header, a private address or an
/// unusual client make none: a false bot costs a paid click.
///
/// @param bot the sign by which the visitor is taken for a bot; empty for a person
/// @param prefetch whether a browser asked ahead of any visit
/// @param traits by dimension: `referrer`, `language`
record VisitorSigns(String bot, boolean prefetch, Map<String, String> traits) {
    private static final String BOT = "user_agent";
    private static final int HOST_CHARS_MAX = 253;
    private static final int TAG_CHARS_MAX = 35;

    static VisitorSigns of(RequestHeaders headers) {
        var traits = new TreeMap<String, String>();
        put(traits, "referrer", host(headers.first("Referer")));
        put(traits, "language", language(headers.first("Accept-Language")));
        var agent = headers.first("User-Agent");
        return new VisitorSigns(saysBot(agent) ? BOT : "", isPrefetch(headers), traits);
    }

    private static void put(Map<String, String> traits, String name, String value) {
        if (!value.isEmpty()) {
            traits.put(name, value);
        }
    }

    private static boolean isPrefetch(RequestHeaders headers) {
        return says(headers.first("Sec-Purpose"))
                || says(headers.first("Purpose"))
                || says(headers.first("X-Purpose"))
                || says(headers.first("X-Moz"));
    }

    private static boolean says(String purpose) {
        var words = purpose.toLowerCase(Locale.ROOT);
        return words.contains("prefetch") || words.contains("preview");
    }

    static boolean saysBot(String userAgent) {
        var agent = userAgent.toLowerCase(Locale.ROOT);
        return hasBotWord(agent)
                || agent.contains("crawler")
                || agent.contains("spider")
                || agent.contains("headless");
    }

    /// `bot` as the end of a word (Googlebot, AdsBot-Google, bingbot/2.0), but not Cubot, which
    /// makes telephones.
    private static boolean hasBotWord(String agent) {
        int at = agent.indexOf("bot");
        while (at >= 0) {
            int end = at + 3;
            boolean isEnd = end == agent.length() || !Character.isLetter(agent.charAt(end));
            if (isEnd && !agent.startsWith("cu", at - 2)) {
                return true;
            }
            at = agent.indexOf("bot", end);
        }
        return false;
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
