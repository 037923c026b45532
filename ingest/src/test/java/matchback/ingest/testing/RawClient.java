package matchback.ingest.testing;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// A connection that sends exactly the bytes it is given: what a proper client refuses to send is
/// what has to be tested.
public final class RawClient implements Closeable {
    private static final int ANSWER_MILLIS_MAX = 60_000;

    private final Socket socket;

    /// @param headers by name in lower case
    public record Reply(int status, Map<String, String> headers, String body) {
        public String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }
    }

    public RawClient(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(ANSWER_MILLIS_MAX);
            socket.setTcpNoDelay(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public RawClient(Socket socket) {
        this.socket = socket;
    }

    /// One request on a connection of its own.
    public static Reply send(int port, String request) {
        try (var client = new RawClient(port)) {
            client.write(request);
            return client.read();
        }
    }

    public static Reply get(int port, String target, String... headers) {
        return send(port, "GET " + target + " HTTP/1.1\r\n" + lines(headers) + "\r\n");
    }

    public static Reply post(int port, String target, String type, String body, String... headers) {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        return send(
                port,
                "POST "
                        + target
                        + " HTTP/1.1\r\n"
                        + lines(headers)
                        + "Content-Type: "
                        + type
                        + "\r\nContent-Length: "
                        + bytes.length
                        + "\r\n\r\n"
                        + new String(bytes, StandardCharsets.ISO_8859_1));
    }

    private static String lines(String... headers) {
        var lines = new StringBuilder("Host: t.example\r\n");
        for (var header : headers) {
            lines.append(header).append("\r\n");
        }
        return lines.toString();
    }

    /// @param text one character for each byte
    public void write(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// No more bytes will come.
    public void finish() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Reads one response; status 0 when the connection was closed instead.
    public Reply read() {
        try {
            var in = socket.getInputStream();
            var head = head(in);
            if (head.isEmpty()) {
                return new Reply(0, Map.of(), "");
            }
            var lines = head.split("\r\n", -1);
            var headers = new LinkedHashMap<String, String>();
            for (int i = 1; i < lines.length; i++) {
                int colon = lines[i].indexOf(':');
                if (colon > 0) {
                    headers.merge(
                            lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                            lines[i].substring(colon + 1).strip(),
                            (first, next) -> first + '\n' + next);
                }
            }
            int status = Integer.parseInt(lines[0].split(" ", -1)[1]);
            int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
            var body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
            return new Reply(status, headers, body);
        } catch (java.net.SocketException _) {
            return new Reply(0, Map.of(), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String head(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        int end = 0;
        while (end < 4) {
            int b = in.read();
            if (b < 0) {
                return "";
            }
            head.write(b);
            end = b == (end % 2 == 0 ? '\r' : '\n') ? end + 1 : b == '\r' ? 1 : 0;
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
