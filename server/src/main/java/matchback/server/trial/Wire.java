package matchback.server.trial;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/// Sends requests as networks do: a line, a host, no more, and in the target whatever stands there,
/// also characters that no client of the book would send.
public final class Wire {
    private static final int WAIT_MILLIS = 20_000;

    private final Line line;
    private final String headers;

    /// A connection to a listener.
    @FunctionalInterface
    public interface Line {
        Socket open() throws IOException;
    }

    /// @param more header lines, each sent with every request
    Wire(Line line, String... more) {
        this.line = line;
        var lines = new StringBuilder("Host: localhost\r\nConnection: close\r\n");
        List.of(more).forEach(one -> lines.append(one).append("\r\n"));
        this.headers = lines.toString();
    }

    public record Answer(int status, List<String> headers, String body) {

        /// The first header of the name; empty without one.
        public String header(String name) {
            var start = name.toLowerCase(Locale.ROOT) + ':';
            return headers.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
                    .map(line -> line.substring(start.length()).strip())
                    .findFirst()
                    .orElse("");
        }
    }

    /// Throws UncheckedIOException when nobody answers.
    Answer get(String target) {
        var request = "GET " + target + " HTTP/1.1\r\n" + headers + "\r\n";
        try (var socket = line.open()) {
            socket.setSoTimeout(WAIT_MILLIS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            return read(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Answer read(String text) {
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            throw new IllegalStateException("no HTTP answer: " + text);
        }
        var head = List.of(text.substring(0, end).split("\r\n", -1));
        return new Answer(
                Integer.parseInt(head.getFirst().split(" ", 3)[1]),
                head.subList(1, head.size()),
                text.substring(end + 4));
    }
}
