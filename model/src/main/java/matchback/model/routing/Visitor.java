package matchback.model.routing;

import java.util.Map;

/// What rules can know of a visitor.
///
/// @param traits by dimension: country, device, language ...; none empty
/// @param subs `sub1` to `sub20`
/// @param isReturning whether they came to the campaign before, as far as we know
/// @param isBot whether they are taken for a bot
/// @param at epoch milliseconds
public record Visitor(
        Map<String, String> traits,
        Map<String, String> subs,
        boolean isReturning,
        boolean isBot,
        long at) {}
