package matchback.ingest.visitor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.YAMLException;
import ua_parser.Client;
import ua_parser.OS;
import ua_parser.Parser;

/// Reads user agents by the rules of the ua-parser project and the list of crawlers. Takes about a
/// millisecond for each, some tens for one made to be slow. Safe for use by many threads.
final class AgentReader {
    private static final String UNKNOWN = "Other";

    private final Parser parser;
    private final CrawlerList crawlers = CrawlerList.shipped();

    private AgentReader(Parser parser) {
        this.parser = parser;
    }

    /// By the rules that come with the program.
    static AgentReader shipped() {
        return new AgentReader(new Parser());
    }

    /// By the rules of a file, `regexes.yaml` of https://github.com/ua-parser/uap-core.
    static AgentReader by(Path rules) {
        try (InputStream file = Files.newInputStream(rules)) {
            return new AgentReader(new Parser(file));
        } catch (IOException | YAMLException | ClassCastException | NullPointerException e) {
            throw new UnusableFile(
                    "%s: cannot be read as rules for user agents (%s); take regexes.yaml of https://github.com/ua-parser/uap-core"
                            .formatted(rules, UnusableFile.cause(e)),
                    e);
        } catch (IllegalArgumentException e) {
            throw new UnusableFile(rules + ": " + UnusableFile.cause(e), e);
        }
    }

    Agent read(String agent) {
        if (agent.isBlank()) {
            return Agent.SILENT;
        }
        var bot = crawlers.category(agent).orElseGet(() -> Agent.unread(agent).bot());
        return new Agent(traits(agent, parser.parse(agent)), bot);
    }

    private static Map<String, String> traits(String agent, Client client) {
        var traits = new HashMap<String, String>();
        put(traits, "device", DeviceClass.of(agent, client.os.family, client.device.family));
        var system = client.os.family.equals("Mac OS X") ? "macOS" : client.os.family;
        put(traits, "os", system);
        put(traits, "os_version", versioned(system, systemVersion(client.os)));
        var browser = client.userAgent.family;
        put(traits, "browser", browser);
        put(traits, "browser_version", versioned(browser, client.userAgent.major));
        put(traits, "in_app", inApp(agent, browser));
        return traits;
    }

    private static void put(Map<String, String> traits, String name, String value) {
        if (!value.isEmpty() && !value.equals(UNKNOWN)) {
            traits.put(name, value);
        }
    }

    /// With the family, so that a report by versions alone reads well.
    private static String versioned(String family, @Nullable String version) {
        return version == null || version.isEmpty() || family.equals(UNKNOWN)
                ? ""
                : family + " " + version;
    }

    /// Apple's desktop system kept 10 as its first number for twenty years.
    private static @Nullable String systemVersion(OS os) {
        boolean isTen = os.family.equals("Mac OS X") && "10".equals(os.major);
        return isTen && os.minor != null ? os.major + "." + os.minor : os.major;
    }

    private static String inApp(String agent, String browser) {
        return InApp.of(agent).orElse(browser.equals(UNKNOWN) ? "" : InApp.PLAIN);
    }
}
