package matchback.server.shop;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Optional;

/// One address for a tracker that comes and goes: hands every connection on to it, or closes it
/// while there is none.
final class Relay implements AutoCloseable {
    private final ServerSocket door;
    private volatile Optional<URI> target = Optional.empty();

    Relay() throws IOException {
        door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    void to(Optional<URI> tracker) {
        target = tracker;
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                var in = door.accept();
                Thread.ofVirtual().start(() -> join(in));
            } catch (IOException _) {
                // Closed.
            }
        }
    }

    private void join(Socket in) {
        var to = target;
        if (to.isEmpty()) {
            close(in);
            return;
        }
        try {
            var out = new Socket(to.get().getHost(), to.get().getPort());
            Thread.ofVirtual().start(() -> pump(in, out));
            pump(out, in);
        } catch (IOException _) {
            close(in);
        }
    }

    private static void pump(Socket from, Socket to) {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException _) {
            // One side is gone, so both are.
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // It is gone either way.
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
