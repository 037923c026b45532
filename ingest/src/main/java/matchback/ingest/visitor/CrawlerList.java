package matchback.ingest.visitor;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/// The kept list of agents that are no person's, by category. The file beside this class says where
/// it is from and of which day; `tools/CrawlerList.java` makes it anew.
final class CrawlerList {
    private static final String FILE = "crawlers.tsv";

    /// Program libraries are no bots by their name: apps and servers of customers use them too.
    private static final String LIBRARIES = "http-library";

    /// People's programs that a pattern of the list means to leave out but hits: the browsers of
    /// Sogou, pages opened inside WhatsApp, and editors with a browser in them.
    private static final Pattern PEOPLE =
            Pattern.compile("SogouM(?:obileBrowser|SE)|^Mozilla/.* WhatsApp/|\\bElectron/");

    private record Entry(String category, Pattern pattern) {}

    private final List<Entry> entries;

    private CrawlerList(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    static CrawlerList shipped() {
        var entries = new ArrayList<Entry>();
        var file = Objects.requireNonNull(CrawlerList.class.getResourceAsStream(FILE), FILE);
        try (var lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                int tab = line.indexOf('\t');
                if (!line.startsWith("#") && tab > 0 && !line.startsWith(LIBRARIES)) {
                    entries.add(
                            new Entry(
                                    line.substring(0, tab).replace('-', '_'),
                                    Pattern.compile(line.substring(tab + 1))));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new CrawlerList(entries);
    }

    /// The category of the first entry that the agent is of.
    Optional<String> category(String agent) {
        if (PEOPLE.matcher(agent).find()) {
            return Optional.empty();
        }
        return entries.stream()
                .filter(entry -> entry.pattern().matcher(agent).find())
                .map(Entry::category)
                .findFirst();
    }
}
