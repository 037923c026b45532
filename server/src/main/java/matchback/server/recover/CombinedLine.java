package matchback.server.recover;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// A line in the combined log format (httpd.apache.org/docs/2.4/logs.html,
/// nginx.org/en/docs/http/ngx_http_log_module.html):
///
/// ```
/// [host:port ]address - user [23/Nov/2026:10:15:30 +0000] "GET /x HTTP/1.1" 502 157 "referer" "agent"
/// ```
///
/// What stands behind is left out; so may be referer and agent.
final class CombinedLine {
    private static final String QUOTED = "\"((?:[^\"\\\\]|\\\\.)*+)\"";
    private static final Pattern LINE =
            Pattern.compile(
                    "(?:([^\\s:]+):\\d+ )?(\\S+) \\S+ .*?\\[([^\\]]{20,40})\\] "
                            + QUOTED
                            + " (\\d{3}) \\S+(?: "
                            + QUOTED
                            + " "
                            + QUOTED
                            + ")?.*");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH);

    private CombinedLine() {}

    static Optional<LogLine> parse(String text) {
        var line = LINE.matcher(text);
        if (!line.matches()) {
            return Optional.empty();
        }
        var request = LogLine.request(unescaped(line.group(4)));
        try {
            long at = OffsetDateTime.parse(line.group(3), TIME).toInstant().toEpochMilli();
            return request.map(parts ->
                    new LogLine(
                            at,
                            parts[0],
                            parts[1],
                            line.group(1) == null ? "" : line.group(1),
                            line.group(2),
                            line.group(7) == null ? "" : unescaped(line.group(7)),
                            Integer.parseInt(line.group(5))));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /// Takes back what the proxy wrote for quotation marks and bytes beyond ASCII: `\"`, `\\`,
    /// `\x22`, `\t`.
    static String unescaped(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        var out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\' || i + 1 == text.length()) {
                out.append(c);
                continue;
            }
            char next = text.charAt(++i);
            int high = next == 'x' && i + 2 < text.length() ? digit(text, i + 1) : -1;
            int low = high < 0 ? -1 : digit(text, i + 2);
            if (low >= 0) {
                out.append((char) (high << 4 | low));
                i += 2;
            } else {
                out.append(
                        switch (next) {
                            case 't' -> '\t';
                            case 'n' -> '\n';
                            case 'r' -> '\r';
                            default -> next;
                        });
            }
        }
        return out.toString();
    }

    private static int digit(String text, int at) {
        return Character.digit(text.charAt(at), 16);
    }
}
