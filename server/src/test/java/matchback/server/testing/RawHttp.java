package matchback.server.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/// Sends bytes as they are, for requests that no client would make.
public final class RawHttp {
    private static final int ANSWER_MILLIS_MAX = 90_000;

    private RawHttp() {}

    /// What came back until the other side closed; empty when nothing did.
    ///
    /// @param status 0 when there was none
    public record Answer(int status, String text) {}

    /// @param url of the listener
    /// @param request as ISO-8859-1: each char is a byte
    public static Answer send(String url, String request) {
        var uri = URI.create(url);
        try (var socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.setSoTimeout(ANSWER_MILLIS_MAX);
            write(socket, request);
            var text = read(socket);
            return new Answer(status(text), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A GET with nothing but what it must have.
    public static Answer get(String url, String target, String... headers) {
        var lines = new StringBuilder("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n");
        for (var header : headers) {
            lines.append(header).append("\r\n");
        }
        return send(url, lines.append("Connection: close\r\n\r\n").toString());
    }

    private static void write(Socket socket, String request) {
        try {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
        } catch (IOException _) {
            // It may have answered and closed before it had read everything; look.
        }
    }

    private static String read(Socket socket) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(bytes);
        } catch (IOException e) {
            // A reset after the answer is as good as an end; without one it is the finding.
            if (bytes.size() == 0) {
                return "broken off: " + e.getMessage();
            }
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    private static int status(String text) {
        return text.startsWith("HTTP/1.") ? Integer.parseInt(text.substring(9, 12)) : 0;
    }
}
