package matchback.ingest.visitor;

import java.util.Map;

/// What a user agent tells.
///
/// @param traits `device`, `os`, `os_version`, `browser`, `browser_version`, `in_app`; those that
///   are not told are left out
/// @param bot why it is taken for a bot's; empty for a person's
public record Agent(Map<String, String> traits, String bot) {
    static final Agent SILENT = new Agent(Map.of(), "");

    public Agent {
        traits = Map.copyOf(traits);
    }

    /// What can be told of an agent that was not read: whether it calls itself a bot.
    static Agent unread(String agent) {
        return BotWords.has(agent) ? new Agent(Map.of(), BotWords.REASON) : SILENT;
    }
}
