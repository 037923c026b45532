package matchback.deliver.testing;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Pattern;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLSocket;

/// A real HTTP server on 127.0.0.1 that does what it is told and remembers what it was sent.
public final class TestingDestination implements AutoCloseable {
    private static final Pattern CONTENT_LENGTH =
            Pattern.compile("\r\ncontent-length: *([0-9]+)", Pattern.CASE_INSENSITIVE);

    /// What came in.
    ///
    /// @param target as it stood in the request line
    /// @param head request line and headers, as they came
    public record Received(String target, String head, String body) {
        public String parameter(String name) {
            for (var pair : target.substring(target.indexOf('?') + 1).split("&", -1)) {
                if (pair.startsWith(name + "=")) {
                    return pair.substring(name.length() + 1);
                }
            }
            return "";
        }
    }

    /// What is done with a request.
    public sealed interface Behaviour {
        record Answer(int status, Map<String, String> headers, String body) implements Behaviour {}

        /// Never answers.
        record Silence() implements Behaviour {}

        /// Breaks the connection with a TCP reset.
        record Reset() implements Behaviour {}

        /// Answers the head and so many bytes of a body that never ends.
        record Endless(int status, int bytes) implements Behaviour {}
    }

    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Set<String> serverNames = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final ServerSocket server;
    private volatile Function<Received, Behaviour> behaviour = _ -> ok();

    public TestingDestination() {
        this(0);
    }

    /// @param port 0 for any free one
    public TestingDestination(int port) {
        this(port, new ServerSockets.Plain());
    }

    public TestingDestination(int port, ServerSockets sockets) {
        try {
            server = sockets.open(port, InetAddress.ofLiteral("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().name("destination-" + server.getLocalPort()).start(this::run);
    }

    public static Behaviour ok() {
        return status(200);
    }

    public static Behaviour status(int status) {
        return new Behaviour.Answer(status, Map.of(), "status " + status);
    }

    public static Behaviour status(int status, String header, String value) {
        return new Behaviour.Answer(status, Map.of(header, value), "");
    }

    public void does(Behaviour each) {
        behaviour = _ -> each;
    }

    public void does(Function<Received, Behaviour> chosen) {
        behaviour = chosen;
    }

    public int port() {
        return server.getLocalPort();
    }

    /// A URL of this server, for example `http://127.0.0.1:4711/pb?cid={externalid}`.
    public String url(String pathAndQuery) {
        return "http://127.0.0.1:" + port() + pathAndQuery;
    }

    public List<Received> received() {
        return List.copyOf(received);
    }

    public int connections() {
        return connections.get();
    }

    /// Names that clients asked for in the TLS handshake (SNI).
    public Set<String> serverNames() {
        return Set.copyOf(serverNames);
    }

    private void run() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                connections.incrementAndGet();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException _) {
                // Closed, or a client gone before it was taken.
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            if (socket instanceof SSLSocket secure
                    && secure.getSession() instanceof ExtendedSSLSession session) {
                session.getRequestedServerNames().forEach(name -> serverNames.add(name(name)));
            }
            var in = new BufferedInputStream(socket.getInputStream());
            var isOpen = true;
            while (isOpen) {
                var head = head(in);
                if (head.isEmpty()) {
                    break;
                }
                var request = new Received(head.split(" ", 3)[1], head, body(in, head));
                received.add(request);
                isOpen = answer(socket, behaviour.apply(request));
            }
        } catch (IOException _) {
            // The client hung up.
        } finally {
            open.remove(socket);
        }
    }

    private static String name(SNIServerName name) {
        return new String(name.getEncoded(), StandardCharsets.US_ASCII);
    }

    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int c = in.read();
            if (c < 0) {
                return "";
            }
            head.append((char) c);
        }
        return head.toString();
    }

    private static String body(InputStream in, String head) throws IOException {
        var length = CONTENT_LENGTH.matcher(head);
        return length.find()
                ? new String(
                        in.readNBytes(Integer.parseInt(length.group(1))), StandardCharsets.UTF_8)
                : "";
    }

    /// @return whether the connection goes on
    private static boolean answer(Socket socket, Behaviour behaviour) throws IOException {
        return switch (behaviour) {
            case Behaviour.Answer(var status, var headers, var body) -> {
                write(socket.getOutputStream(), status, headers, body);
                yield true;
            }
            // Until the client hangs up.
            case Behaviour.Silence() -> socket.getInputStream().read() >= 0;
            case Behaviour.Reset() -> {
                socket.setSoLinger(true, 0);
                yield false;
            }
            case Behaviour.Endless(var status, var bytes) -> {
                var out = socket.getOutputStream();
                out.write(
                        ("HTTP/1.1 " + status + " X\r\nTransfer-Encoding: chunked\r\n\r\n")
                                .getBytes(StandardCharsets.ISO_8859_1));
                var chunk =
                        ("400\r\n" + "x".repeat(1024) + "\r\n").getBytes(StandardCharsets.UTF_8);
                for (int sent = 0; sent < bytes; sent += 1024) {
                    out.write(chunk);
                }
                out.flush();
                yield socket.getInputStream().read() >= 0;
            }
        };
    }

    private static void write(
            OutputStream out, int status, Map<String, String> headers, String body)
            throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        var head = new StringBuilder("HTTP/1.1 " + status + " X\r\n");
        headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        if (status != 204) {
            head.append("Content-Length: " + bytes.length + "\r\n");
        }
        out.write((head + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        out.write(bytes);
        out.flush();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (var socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
