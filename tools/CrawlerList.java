import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Makes the list of crawlers anew from `crawler-user-agents.json` of
/// https://github.com/monperrus/crawler-user-agents:
///
/// ```
/// java tools/CrawlerList.java crawler-user-agents.json 1.60.0 2026-08-06
/// ```
///
/// Only patterns and their categories are taken. The last two arguments go into the file's head.
void main(String[] arguments) throws IOException {
    if (arguments.length != 3) {
        IO.println("java tools/CrawlerList.java crawler-user-agents.json VERSION DATE");
        System.exit(2);
    }
    var target = Path.of("ingest/src/main/resources/matchback/ingest/visitor/crawlers.tsv");
    var head =
            """
            # Agents that are no person's: category, tab, regular expression.
            # Source: https://github.com/monperrus/crawler-user-agents, version %s of %s.
            # MIT License, Copyright (c) 2017 Martin Monperrus; the text stands in NOTICE.
            # Made by tools/CrawlerList.java; do not edit.
            """
                    .formatted(arguments[1], arguments[2]);
    var lines = lines(Files.readString(Path.of(arguments[0])));
    Files.writeString(target, head + String.join("\n", lines) + "\n");
    IO.println(lines.size() + " patterns written to " + target);
}

private static final Pattern ENTRY =
        Pattern.compile(
                "\"pattern\":\\s*\"((?:[^\"\\\\]|\\\\.)*)\"(.*?)(?=\"pattern\":|\\z)",
                Pattern.DOTALL);
private static final Pattern TAG = Pattern.compile("\"tags\":\\s*\\[\\s*\"([a-z-]+)\"");

private static ArrayList<String> lines(String json) {
    var lines = new ArrayList<String>();
    for (Matcher entry = ENTRY.matcher(json); entry.find(); ) {
        var pattern =
                entry.group(1).replace("\\/", "/").replace("\\\"", "\"").replace("\\\\", "\\");
        var tag = TAG.matcher(entry.group(2));
        try {
            Pattern.compile(pattern);
            lines.add((tag.find() ? tag.group(1) : "crawler") + "\t" + pattern);
        } catch (PatternSyntaxException e) {
            IO.println("left out: " + e.getMessage());
        }
    }
    return lines;
}
