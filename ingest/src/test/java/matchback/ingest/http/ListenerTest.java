package matchback.ingest.http;

import static matchback.ingest.testing.TestingTracker.campaign;
import static matchback.ingest.testing.TestingTracker.offer;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import matchback.ingest.IngestConfig;
import matchback.ingest.IngestConfig.AddressHeader;
import matchback.ingest.IngestConfig.Proxies;
import matchback.ingest.IngestConfig.Tls;
import matchback.ingest.testing.RawClient;
import matchback.ingest.testing.TestingTracker;
import matchback.model.Reason;
import matchback.model.catalog.Entity;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ListenerTest {
    private static final Entity SHOP = offer("shop", "https://shop.example/?c={clickid}");
    private static final Entity SPRING = campaign("spring", 7, "shop");

    private static IngestConfig config(
            Proxies proxies, @Nullable Tls tls, int doubtfulPerSecond, int doubtfulBurst) {
        var config = TestingTracker.PATIENT;
        return new IngestConfig(
                config.bind(),
                config.port(),
                2,
                null,
                config.onLedgerFailure(),
                config.clickWait(),
                config.postbackWait(),
                config.limits(),
                proxies,
                tls,
                doubtfulPerSecond,
                doubtfulBurst);
    }

    @Test
    void ids_that_are_not_authentic_are_limited_and_authentic_ones_never() {
        try (var tracker = new TestingTracker(config(Proxies.NONE, null, 1, 20), SHOP, SPRING)) {
            var id = tracker.clickId("spring");
            var statuses = new ArrayList<Integer>();
            for (int i = 0; i < 30; i++) {
                statuses.add(tracker.get("/postback?clickid=nonsense" + i).status());
            }
            var authentic = tracker.get("/postback?clickid=" + id);

            assertThat(statuses.subList(0, 20)).containsOnly(400);
            assertThat(statuses.subList(20, 30)).containsOnly(429);
            assertThat(authentic.status()).isEqualTo(200);
            assertThat(tracker.postbacks()).hasSize(31);
            assertThat(tracker.postbacks().get(29).refusal()).isEqualTo(Reason.RATE_LIMITED);
        }
    }

    @Test
    void behind_a_trusted_proxy_the_visitor_is_the_one_it_names() {
        var proxies = new Proxies(List.of("127.0.0.0/8"), AddressHeader.X_FORWARDED_FOR);
        try (var tracker = new TestingTracker(config(proxies, null, 0, 1), SHOP, SPRING)) {
            tracker.get("/c/spring", "X-Forwarded-For: 192.0.2.66, ::ffff:203.0.113.9");

            assertThat(tracker.lastBlock().address()).isEqualTo("203.0.113.9");
        }
    }

    @Test
    void many_clients_at_once_are_all_answered_and_counted() throws Exception {
        long clients = 32;
        int rounds = 40;
        try (var tracker = new TestingTracker(SHOP, SPRING);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var done = new ArrayList<CompletableFuture<Integer>>();
            for (int c = 0; c < clients; c++) {
                done.add(
                        CompletableFuture.supplyAsync(
                                () -> rounds(tracker.port(), rounds), threads));
            }
            int good = 0;
            for (var one : done) {
                good += one.get();
            }

            assertThat(good).isEqualTo(clients * rounds * 2);
            assertThat(tracker.metrics().clicks()).isEqualTo(clients * rounds);
            assertThat(tracker.metrics().postbacks(Reason.NEW_CONVERSION))
                    .isEqualTo(clients * rounds);
            assertThat(tracker.metrics().clickLatency().cumulative()).endsWith(clients * rounds);
        }
    }

    /// Clicks and converts by turns on one connection; gives the number of good answers.
    private static int rounds(int port, int rounds) {
        int good = 0;
        try (var client = new RawClient(port)) {
            for (int i = 0; i < rounds; i++) {
                client.write("GET /c/spring HTTP/1.1\r\nHost: t.example\r\n\r\n");
                var click = client.read();
                var id = click.header("Location").substring("https://shop.example/?c=".length());
                client.write(
                        "GET /postback?clickid=" + id + " HTTP/1.1\r\nHost: t.example\r\n\r\n");
                var postback = client.read();
                good += click.status() == 302 ? 1 : 0;
                good += postback.body().equals("counted: new_conversion\n") ? 1 : 0;
            }
        }
        return good;
    }

    @Test
    void an_idle_connection_does_not_hold_up_the_stop() {
        try (var tracker = new TestingTracker(stoppingSlowly(), SHOP, SPRING);
                var client = new RawClient(tracker.port())) {
            client.write("GET /robots.txt HTTP/1.1\r\nHost: t.example\r\n\r\n");
            client.read();

            var stopped = tracker.server().stop();

            // Long before the hour that a request in flight may take.
            TestingTracker.await(stopped);
        }
    }

    private static IngestConfig stoppingSlowly() {
        var config = TestingTracker.PATIENT;
        var limits = config.limits();
        return new IngestConfig(
                config.bind(),
                config.port(),
                2,
                null,
                config.onLedgerFailure(),
                config.clickWait(),
                config.postbackWait(),
                new IngestConfig.Limits(
                        limits.bodyBytesMax(),
                        limits.urlCharsMax(),
                        limits.headerBytesMax(),
                        limits.parametersMax(),
                        limits.requestTime(),
                        Duration.ofHours(1),
                        Duration.ofHours(1)),
                config.proxies(),
                null,
                0,
                1);
    }

    @Test
    void tls_is_spoken_and_a_new_certificate_taken_without_a_restart(@TempDir Path folder)
            throws Exception {
        var tls = new Tls(folder.resolve("cert.pem"), folder.resolve("key.pem"));
        makeCertificate(folder, tls, "first.example");
        try (var tracker = new TestingTracker(config(Proxies.NONE, tls, 0, 1), SHOP, SPRING)) {
            assertThat(subject(tracker.port())).contains("first.example");

            makeCertificate(folder, tls, "second.example");
            TestingTracker.until(() -> subject(tracker.port()).contains("second.example"));

            Files.writeString(tls.cert(), "no certificate");
            try (var client = new RawClient(tlsSocket(tracker.port()))) {
                client.write("GET /c/spring HTTP/1.1\r\nHost: t.example\r\n\r\n");
                assertThat(client.read().status()).isEqualTo(302);
            }
        }
    }

    private static String subject(int port) {
        try (var socket = tlsSocket(port)) {
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                    .getSubjectX500Principal()
                    .getName();
        } catch (IOException e) {
            return "";
        }
    }

    /// Trusts any certificate: which one is shown is the question here.
    private static SSLSocket tlsSocket(int port) throws IOException {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new TrustAll()}, new SecureRandom());
            Socket plain = new Socket(InetAddress.getLoopbackAddress(), port);
            plain.setSoTimeout(60_000);
            var socket =
                    (SSLSocket)
                            context.getSocketFactory()
                                    .createSocket(plain, "first.example", port, true);
            socket.startHandshake();
            return socket;
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static final class TrustAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    private static void makeCertificate(Path folder, Tls tls, String host) throws Exception {
        var store = folder.resolve(host + ".p12");
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        var process =
                new ProcessBuilder(
                                keytool.toString(),
                                "-genkeypair",
                                "-alias",
                                "k",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=" + host,
                                "-keystore",
                                store.toString(),
                                "-storepass",
                                "changeit",
                                "-storetype",
                                "PKCS12")
                        .redirectErrorStream(true)
                        .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        var password = "changeit".toCharArray();
        var keys = KeyStore.getInstance(store.toFile(), password);
        Files.writeString(tls.key(), pem("PRIVATE KEY", keys.getKey("k", password).getEncoded()));
        Files.writeString(tls.cert(), pem("CERTIFICATE", keys.getCertificate("k").getEncoded()));
    }

    private static String pem(String kind, byte[] bytes) {
        var encoder = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
        return "-----BEGIN "
                + kind
                + "-----\n"
                + encoder.encodeToString(bytes)
                + "\n-----END "
                + kind
                + "-----\n";
    }
}
