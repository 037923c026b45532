package matchback.ingest.visitor;

import java.util.Locale;

/// The words by which an agent says itself that it is no person's.
final class BotWords {
    /// The reason of those who are taken for bots by their words.
    static final String REASON = "user_agent";

    private BotWords() {}

    static boolean has(String userAgent) {
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
}
