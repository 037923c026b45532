package matchback.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// The peer: nginx in the foreground, in a folder of its own, on a free port of loopback.
final class Nginx implements AutoCloseable {
    private static final int STARTS_IN_SECONDS_MAX = 10;

    private final Process process;
    private final int port;

    Nginx(Path program, Path work) throws IOException {
        port = freePort();
        var configuration =
                """
                daemon off;
                master_process on;
                worker_processes auto;
                pid %1$s/nginx.pid;
                error_log %1$s/error.log warn;
                events { worker_connections 4096; }
                http {
                  access_log %1$s/access.log combined buffer=64k flush=1s;
                  client_body_temp_path %1$s/body;
                  proxy_temp_path %1$s/proxy;
                  fastcgi_temp_path %1$s/fastcgi;
                  uwsgi_temp_path %1$s/uwsgi;
                  scgi_temp_path %1$s/scgi;
                  keepalive_requests 100000000;
                  server {
                    listen 127.0.0.1:%2$d backlog=1024;
                    location / {
                      add_header Cache-Control "no-store" always;
                      return 302 https://offer.example/land?s2=0123456789ABCDEFGHJKMNPQRSTVWXYZ;
                    }
                  }
                }
                """
                        .formatted(work.toAbsolutePath(), port);
        var file = Files.writeString(work.resolve("nginx.conf"), configuration);
        process =
                new ProcessBuilder(
                                List.of(
                                        program.toString(),
                                        "-e",
                                        work.resolve("error.log").toString(),
                                        "-p",
                                        work.toString(),
                                        "-c",
                                        file.toAbsolutePath().toString()))
                        .redirectErrorStream(true)
                        .redirectOutput(work.resolve("nginx.out").toFile())
                        .start();
        awaitListening(work);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitListening(Path work) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(STARTS_IN_SECONDS_MAX);
        while (process.isAlive() && System.nanoTime() < deadline) {
            try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException _) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        }
        close();
        throw new Tools.BenchFailure("nginx did not start:\n" + said(work));
    }

    private static String said(Path work) throws IOException {
        var text = Files.readString(work.resolve("nginx.out"));
        var log = work.resolve("error.log");
        return Files.exists(log) ? text + Files.readString(log) : text;
    }

    String url() {
        return "http://127.0.0.1:" + port + "/c/bench?zid=0123456789&zone=z1";
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
