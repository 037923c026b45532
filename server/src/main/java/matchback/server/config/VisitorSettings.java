package matchback.server.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// By which files it is told who visitors are.
///
/// @param geoDatabase tells places
/// @param ispDatabase tells providers
/// @param placeHeaders in which trusted proxies tell places and providers, by what they tell
/// @param dataCentres lists of networks that no person is in
/// @param agentRules in place of those shipped
/// @param readAgents whether devices and browsers are told at all
public record VisitorSettings(
        Optional<Path> geoDatabase,
        Optional<Path> ispDatabase,
        Map<String, String> placeHeaders,
        List<Path> dataCentres,
        Optional<Path> agentRules,
        boolean readAgents) {

    static final Setting<String> GEO_DATABASE =
            Setting.of(
                    "geo-database",
                    Form.FILE,
                    "",
                    "City or country database in MaxMind's format (.mmdb), for country, region and"
                            + " city of clicks. Read again when it changes.");
    static final Setting<String> ISP_DATABASE =
            Setting.of(
                    "isp-database",
                    Form.FILE,
                    "",
                    "ISP or ASN database in the same format, for the provider of clicks.");
    static final Setting<Map<String, String>> PLACE_HEADERS =
            Setting.of(
                    "place-headers",
                    Form.PLACE_HEADERS,
                    "",
                    "Headers in which trusted-proxies tell the place, where no database does.");
    static final Setting<List<Path>> DATA_CENTRES =
            Setting.of(
                    "data-centres",
                    Form.FILES,
                    "",
                    "Lists of networks and AS numbers whose visitors are bots: ranges as cloud"
                            + " providers publish them, or one a line.");
    static final Setting<String> AGENT_RULES =
            Setting.of(
                    "agent-rules",
                    Form.FILE,
                    "",
                    "A newer regexes.yaml of ua-parser/uap-core, to tell devices and browsers by.");

    static final Setting<Boolean> READ_AGENTS =
            Setting.undocumented(
                    "read-agents",
                    Form.FLAG,
                    "true",
                    "The bench switches it off to see what it costs.");

    static final List<Setting<?>> ALL =
            List.of(
                    GEO_DATABASE,
                    ISP_DATABASE,
                    PLACE_HEADERS,
                    DATA_CENTRES,
                    AGENT_RULES,
                    READ_AGENTS);

    static VisitorSettings from(Values values) {
        return new VisitorSettings(
                file(values.get(GEO_DATABASE)),
                file(values.get(ISP_DATABASE)),
                values.get(PLACE_HEADERS),
                values.get(DATA_CENTRES),
                file(values.get(AGENT_RULES)),
                values.get(READ_AGENTS));
    }

    private static Optional<Path> file(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
    }
}
