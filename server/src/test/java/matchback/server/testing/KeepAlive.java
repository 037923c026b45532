package matchback.server.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// One connection that stays open, for many requests one after the other; as fast as a client in
/// Java can be, and careless of what it sends.
public final class KeepAlive implements AutoCloseable {
    private static final int ANSWER_MILLIS_MAX = 90_000;
    private static final int LINE_BYTES_MAX = 64 * 1024;

    /// @param status 0 when the connection ended without an answer
    /// @param headers by name in lower case
    public record Answer(int status, Map<String, String> headers, String body) {
        static final Answer NONE = new Answer(0, Map.of(), "");

        public String decision() {
            return headers.getOrDefault("matchback-decision", "");
        }

        public String receipt() {
            return headers.getOrDefault("matchback-receipt", "");
        }
    }

    private final URI url;
    private final byte[] host;
    private Socket socket;
    private InputStream in;
    private OutputStream out;

    /// @param url of the listener
    public KeepAlive(String url) throws IOException {
        this.url = URI.create(url);
        this.host =
                ("Host: " + this.url.getRawAuthority() + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII);
        this.socket = new Socket();
        this.in = InputStream.nullInputStream();
        this.out = OutputStream.nullOutputStream();
        connect();
    }

    private void connect() throws IOException {
        socket.close();
        socket = new Socket(url.getHost(), url.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(ANSWER_MILLIS_MAX);
        in = new BufferedInputStream(socket.getInputStream(), 8192);
        out = socket.getOutputStream();
    }

    public Answer get(String target) throws IOException {
        var request = new ByteArrayOutputStream(256);
        request.write(("GET " + target + " HTTP/1.1\r\n").getBytes(StandardCharsets.ISO_8859_1));
        request.write(host);
        return send(request.toByteArray());
    }

    /// [#send] for bytes that may be taken for several requests: what else is answered is left
    /// behind with the connection.
    public Answer sendOnce(byte[] request) throws IOException {
        var answer = send(request);
        connect();
        return answer;
    }

    /// Sends bytes as they are. The connection is opened anew when the server has closed it.
    public Answer send(byte[] request) throws IOException {
        try {
            out.write(request);
            out.flush();
        } catch (IOException _) {
            // It may have answered and closed before it had read everything; look.
        }
        Answer answer;
        try {
            answer = read();
        } catch (IOException e) {
            if (e instanceof java.net.SocketTimeoutException) {
                throw e;
            }
            answer = Answer.NONE;
        }
        if (answer.status() == 0
                || answer.headers().getOrDefault("connection", "").equals("close")) {
            connect();
        }
        return answer;
    }

    private Answer read() throws IOException {
        var line = line();
        var words = line.split(" ", 3);
        if (!line.startsWith("HTTP/") || words.length < 2) {
            return Answer.NONE;
        }
        int status = Integer.parseInt(words[1]);
        var headers = new TreeMap<String, String>();
        for (line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        return new Answer(
                status, headers, new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream(64);
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0 || line.size() > LINE_BYTES_MAX) {
                throw new IOException("the answer broke off");
            }
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
