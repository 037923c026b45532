package matchback.server.recover;

import java.util.Optional;

/// One request as a line of an access log tells of it.
///
/// @param at epoch milliseconds, as exactly as the log has it
/// @param target path and query, one character for each byte
/// @param host empty when the log does not tell
record LogLine(
        long at,
        String method,
        String target,
        String host,
        String address,
        String userAgent,
        int status) {

    /// Reads a line in the combined format of nginx and Apache (with or without the virtual host in
    /// front), or a JSON object as nginx, Caddy and others write it; empty for anything else.
    static Optional<LogLine> parse(String line) {
        var text = line.strip();
        return text.startsWith("{") ? JsonLine.parse(text) : CombinedLine.parse(text);
    }

    /// Splits `GET /path HTTP/1.1`; empty when it is no request line.
    static Optional<String[]> request(String text) {
        int first = text.indexOf(' ');
        int last = text.lastIndexOf(' ');
        if (first <= 0 || last <= first || !text.startsWith("HTTP/", last + 1)) {
            return Optional.empty();
        }
        return Optional.of(
                new String[] {text.substring(0, first), text.substring(first + 1, last).strip()});
    }
}
