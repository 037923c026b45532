package matchback.server.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// The real nginx, with a configuration as an operator would write it.
public final class Nginx implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/sbin/nginx");

    private final Process process;

    /// @param folder of its own
    /// @param site what stands in a file of `conf.d`
    /// @param port it listens on, among others
    public Nginx(Path folder, String site, int port) throws IOException {
        var file =
                Files.writeString(
                        folder.resolve("nginx.conf"),
                        """
                        daemon off;
                        user root;
                        worker_processes 1;
                        pid %1$s/pid;
                        error_log %1$s/error.log warn;
                        events { worker_connections 256; }
                        http {
                        access_log off;
                        client_body_temp_path %1$s/body;
                        proxy_temp_path %1$s/proxy;
                        fastcgi_temp_path %1$s/fastcgi;
                        uwsgi_temp_path %1$s/uwsgi;
                        scgi_temp_path %1$s/scgi;
                        %2$s
                        }
                        """
                                .formatted(folder, site));
        var log = folder.resolve("error.log");
        process =
                new ProcessBuilder(
                                List.of(
                                        PROGRAM.toString(),
                                        "-e",
                                        log.toString(),
                                        "-p",
                                        folder.toString(),
                                        "-c",
                                        file.toString()))
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("out").toFile())
                        .start();
        Await.until(
                "nginx listens",
                () -> {
                    if (!process.isAlive()) {
                        throw new AssertionError("nginx ended: " + said(folder));
                    }
                    return isOpen(port);
                });
    }

    public static boolean isHere() {
        return Files.isExecutable(PROGRAM);
    }

    private static String said(Path folder) {
        try {
            return Files.readString(folder.resolve("out"))
                    + Files.readString(folder.resolve("error.log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static boolean isOpen(int port) {
        try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /// A port below those that the system hands out, so that nobody gets it meanwhile.
    public static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
            try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return port;
            } catch (IOException _) {
                // Taken: the next one.
            }
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
