package matchback.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.PfxOptions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import matchback.deliver.Answer.Answered;
import matchback.deliver.Answer.Forbidden;
import matchback.deliver.Answer.TimedOut;
import matchback.deliver.Answer.Unreachable;
import matchback.deliver.testing.ServerSockets;
import matchback.deliver.testing.TestingDestination;
import matchback.model.net.AddressGuard;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardedClientTest {
    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");
    private static final InetAddress ELSEWHERE = InetAddress.ofLiteral("127.0.0.2");

    /// So long that no slow machine is taken for a server that does not answer.
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final DeliverConfig STRICT = DeliverConfig.DEFAULT.withWaits(PATIENCE, PATIENCE);
    private static final DeliverConfig LENIENT = STRICT.withPrivate(true);

    private final Vertx vertx = Vertx.vertx();
    private final TestingDestination server = new TestingDestination();
    private final List<GuardedClient> clients = new ArrayList<>();

    @AfterEach
    void end() {
        server.close();
        clients.forEach(GuardedClient::close);
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private GuardedClient client(DeliverConfig config, Resolver resolver) {
        return client(config, resolver, UnaryOperator.identity());
    }

    private GuardedClient client(
            DeliverConfig config, Resolver resolver, UnaryOperator<HttpClientOptions> tuning) {
        var guard = new AddressGuard(config.allowsPrivate());
        var client = new GuardedClient(vertx, config, resolver, guard::refusal, tuning);
        clients.add(client);
        return client;
    }

    /// Takes 127.0.0.1 for a public address and every other one of the loopback for a private one.
    private GuardedClient clientOfHere(Resolver resolver) {
        var client =
                new GuardedClient(
                        vertx,
                        STRICT,
                        resolver,
                        address ->
                                address.equals(HERE) ? Optional.empty() : Optional.of("not here"),
                        UnaryOperator.identity());
        clients.add(client);
        return client;
    }

    private static Answer send(GuardedClient client, String url) {
        return send(client, OutboundRequest.get(url, List.of()));
    }

    private static Answer send(GuardedClient client, OutboundRequest request) {
        var answer = new CompletableFuture<Answer>();
        client.send(request, answer::complete);
        return answer.orTimeout(2, TimeUnit.MINUTES).join();
    }

    private static Resolver never() {
        return host -> {
            throw new AssertionError("resolved " + host);
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.255.254",
                "169.254.169.254",
                "10.0.0.1",
                "172.16.0.1",
                "192.168.1.1",
                "0.0.0.0",
                "localhost",
                "LocalHost.",
                "a.localhost",
                "[::1]",
                "[::]",
                "[::ffff:127.0.0.1]",
                "[::ffff:a00:1]",
                "[64:ff9b::7f00:1]",
                "[2002:7f00:1::]",
                "[fd00::1]",
                "[fe80::1]",
                "0x7f.1",
                "0x7f000001",
                "2130706433",
                "0177.0.0.1",
                "127.1",
                "user@tracker.example",
                "１２７.0.0.1"
            })
    void an_address_that_nobody_should_call_is_refused_without_a_look_up(String host) {
        var client = client(STRICT, never());

        var answer = send(client, "http://" + host + ":" + server.port() + "/");

        assertThat(answer).isInstanceOf(Forbidden.class);
        assertThat(server.connections()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"169.254.169.254", "0x7f.1", "2130706433", "[::]", "0.0.0.0"})
    void what_is_no_own_network_is_refused_even_with_private_ones_allowed(String host) {
        assertThat(send(client(LENIENT, never()), "http://" + host + "/"))
                .isInstanceOf(Forbidden.class);
    }

    @Test
    void a_name_that_leads_to_a_private_address_is_refused_with_the_setting_named() {
        var client = client(STRICT, _ -> List.of(HERE));

        assertThat(send(client, "http://tracker.example:" + server.port() + "/"))
                .isEqualTo(
                        new Forbidden(
                                "The address 127.0.0.1 is refused: loopback; the setting"
                                        + " allow-private-destinations allows it (the host"
                                        + " tracker.example leads there)"));
        assertThat(server.connections()).isZero();
    }

    @Test
    void one_bad_address_among_good_ones_refuses_the_host() {
        var client = clientOfHere(_ -> List.of(HERE, ELSEWHERE));

        assertThat(send(client, "http://tracker.example:" + server.port() + "/"))
                .isInstanceOf(Forbidden.class);
        assertThat(server.connections()).isZero();
    }

    @Test
    void a_name_that_leads_elsewhere_the_second_time_is_asked_once_and_then_refused() {
        var questions = new AtomicInteger();
        var client =
                clientOfHere(_ -> List.of(questions.incrementAndGet() == 1 ? HERE : ELSEWHERE));
        var url = "http://tracker.example:" + server.port() + "/";

        var first = send(client, url);

        assertThat(first).isInstanceOf(Answered.class);
        assertThat(questions).hasValue(1);

        // A connection to the good address is still open; it is not used for the bad one.
        var second = send(client, url);

        assertThat(second).isInstanceOf(Forbidden.class);
        assertThat(questions).hasValue(2);
        assertThat(server.received()).hasSize(1);
    }

    @Test
    void the_host_header_keeps_the_name() {
        var client = client(LENIENT, _ -> List.of(HERE));

        send(client, "http://Tracker.Example.:" + server.port() + "/a?b=c#d");

        assertThat(server.received()).hasSize(1);
        assertThat(server.received().getFirst().target()).isEqualTo("/a?b=c");
        assertThat(server.received().getFirst().head().toLowerCase(java.util.Locale.ROOT))
                .contains("\r\nhost: tracker.example:" + server.port() + "\r\n")
                .contains("\r\nuser-agent: matchback\r\n");
    }

    @Test
    void an_ipv6_address_stands_in_brackets_in_the_host_header() {
        var host = "[::ffff:127.0.0.1]:" + server.port();

        send(client(LENIENT, never()), "http://" + host + "/");

        assertThat(server.received().getFirst().head().toLowerCase(java.util.Locale.ROOT))
                .contains("\r\nhost: " + host + "\r\n");
    }

    @Test
    void connections_are_kept() {
        // However long it takes from one to the next.
        var client = client(LENIENT, _ -> List.of(HERE), o -> o.setKeepAliveTimeout(600));

        for (int i = 0; i < 5; i++) {
            send(client, "http://tracker.example:" + server.port() + "/");
        }

        assertThat(server.received()).hasSize(5);
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void the_next_address_is_tried_when_there_is_no_connection() {
        var client = client(LENIENT, _ -> List.of(ELSEWHERE, HERE));

        // Nothing listens at this port of 127.0.0.2.
        var answer = send(client, "http://tracker.example:" + server.port() + "/");

        assertThat(answer).isInstanceOf(Answered.class);
    }

    @Test
    void a_host_without_address_is_unreachable() {
        var client =
                client(
                        STRICT,
                        host -> {
                            throw new UnknownHostException(host);
                        });

        assertThat(send(client, "http://nowhere.example/"))
                .isEqualTo(new Unreachable("The host nowhere.example has no address"));
    }

    @Test
    void a_name_server_that_does_not_answer_counts_into_the_time() {
        var end = new CountDownLatch(1);
        var client =
                client(
                        STRICT.withWaits(PATIENCE, Duration.ofMillis(300)),
                        _ -> {
                            try {
                                end.await();
                            } catch (InterruptedException _) {
                                Thread.currentThread().interrupt();
                            }
                            return List.of(HERE);
                        });

        assertThat(send(client, "http://tracker.example/"))
                .isEqualTo(new TimedOut(Duration.ofMillis(300)));
        end.countDown();
    }

    @Test
    void a_body_is_sent_and_an_answer_read() {
        server.does(
                new TestingDestination.Behaviour.Answer(
                        202, Map.of("X-Request", "7"), "{\"ok\":true}"));
        var request =
                new OutboundRequest(
                        "POST",
                        server.url("/"),
                        Map.of("Content-Type", "application/json", "User-Agent", "other"),
                        "{\"a\":1}".getBytes(StandardCharsets.UTF_8),
                        List.of());

        var answer = (Answered) send(client(LENIENT, never()), request);

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.header("x-request")).contains("7");
        assertThat(answer.body()).isEqualTo("{\"ok\":true}");
        assertThat(server.received().getFirst().head())
                .startsWith("POST / HTTP/1.1\r\n")
                .containsIgnoringCase("user-agent: other\r\n");
        assertThat(server.received().getFirst().body()).isEqualTo("{\"a\":1}");
    }

    @Test
    void no_more_of_a_body_is_read_than_allowed() {
        server.does(new TestingDestination.Behaviour.Endless(200, 1_000_000));

        var answer = (Answered) send(client(LENIENT, never()), server.url("/"));

        assertThat(answer.body()).hasSize(64 * 1024);
    }

    @Test
    void a_value_with_line_ends_stays_a_value() {
        send(client(LENIENT, never()), server.url("/?a=b\r\nX-Evil: 1\r\n\r\nGET /second"));

        assertThat(server.received()).hasSize(1);
        assertThat(server.received().getFirst().head().toLowerCase(java.util.Locale.ROOT))
                .doesNotContain("\r\nx-evil")
                .startsWith("get /?a=b%0d%0ax-evil:%201%0d%0a%0d%0aget%20/second http/1.1\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nX-Evil: 1", "a\nb", "a\u0000b"})
    void a_header_with_a_line_end_is_never_made(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new OutboundRequest(
                                "GET",
                                "http://tracker.example/",
                                Map.of("X-Name", value),
                                new byte[0],
                                List.of()));
    }

    @Test
    void tls_asks_for_the_name_and_checks_it(@TempDir Path folder) throws Exception {
        var store = keyStore(folder, "tracker.example");
        try (var secure = new TestingDestination(0, new ServerSockets.Tls(context(store)))) {
            var trust = new PfxOptions().setPath(store.toString()).setPassword("changeit");
            var client = client(LENIENT, _ -> List.of(HERE), o -> o.setTrustOptions(trust));
            var untrusting = client(LENIENT, _ -> List.of(HERE));

            var right = send(client, "https://tracker.example:" + secure.port() + "/");
            var wrongName = send(client, "https://other.example:" + secure.port() + "/");
            var unknown = send(untrusting, "https://tracker.example:" + secure.port() + "/");

            assertThat(right).isInstanceOf(Answered.class);
            assertThat(secure.serverNames()).contains("tracker.example");
            assertThat(wrongName).isInstanceOf(Unreachable.class);
            assertThat(unknown).isInstanceOf(Unreachable.class);
            assertThat(secure.received()).hasSize(1);
        }
    }

    private static Path keyStore(Path folder, String name) throws Exception {
        var store = folder.resolve("store.p12");
        var made =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                "server",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=" + name,
                                "-ext",
                                "SAN=dns:" + name,
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                "changeit",
                                "-keystore",
                                store.toString())
                        .redirectErrorStream(true)
                        .start();
        var output = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(made.waitFor()).as(output).isZero();
        return store;
    }

    private static SSLContext context(Path store) throws Exception {
        var keys = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, "changeit".toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, new SecureRandom());
        return context;
    }
}
