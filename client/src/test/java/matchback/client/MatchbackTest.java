package matchback.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MatchbackTest {
    private static final String CLICK = "0123456789abcdef0123456789abcdef";

    @TempDir private Path folder;
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final List<String> queries = new CopyOnWriteArrayList<>();
    private final AtomicInteger failures = new AtomicInteger();
    private HttpServer tracker;

    @BeforeEach
    void start() throws IOException {
        tracker = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        tracker.createContext(
                "/postback/shop",
                exchange -> {
                    var body =
                            new String(
                                    exchange.getRequestBody().readAllBytes(),
                                    StandardCharsets.UTF_8);
                    if (failures.getAndDecrement() > 0) {
                        exchange.sendResponseHeaders(503, -1);
                    } else {
                        bodies.add(body);
                        queries.add(String.valueOf(exchange.getRequestURI().getRawQuery()));
                        var answer =
                                "{\"decision\":\"counted\",\"reason\":\"new_conversion\"}"
                                        .getBytes(StandardCharsets.UTF_8);
                        exchange.getResponseHeaders().add("Matchback-Decision", "counted");
                        exchange.getResponseHeaders().add("Matchback-Receipt", "r1");
                        exchange.sendResponseHeaders(200, answer.length);
                        exchange.getResponseBody().write(answer);
                    }
                    exchange.close();
                });
        tracker.start();
    }

    @AfterEach
    void stop() {
        tracker.stop(0);
    }

    private Matchback.Builder builder() {
        return Matchback.to(
                        URI.create(
                                "http://127.0.0.1:"
                                        + tracker.getAddress().getPort()
                                        + "/postback/shop"))
                .outbox(folder);
    }

    private static Conversion conversion(String txid) {
        return Conversion.of(CLICK, txid).payout("12.50", "USD").email("a@example.org").build();
    }

    @Test
    void a_conversion_arrives_and_its_outcome_is_told() {
        // given
        List<Outcome> outcomes = new CopyOnWriteArrayList<>();

        // when
        try (var target = builder().onOutcome(outcomes::add).start()) {
            target.report(conversion("A1"));
            assertThat(target.flush(Duration.ofSeconds(10))).isTrue();
        }

        // then
        assertThat(bodies)
                .singleElement()
                .satisfies(body ->
                        assertThat(body)
                                .contains(
                                        "clickid=" + CLICK,
                                        "txid=A1",
                                        "payout=12.50",
                                        "email=a%40example.org"));
        assertThat(outcomes)
                .singleElement()
                .isEqualTo(
                        new Outcome(
                                CLICK,
                                "A1",
                                Outcome.Result.ACCEPTED,
                                "counted",
                                "new_conversion",
                                "r1"));
    }

    @Test
    void the_same_conversion_has_the_same_event_id_and_a_changed_one_another() {
        // when
        try (var target = builder().start()) {
            target.report(conversion("A1"));
            target.report(conversion("A1"));
            target.report(Conversion.of(CLICK, "A1").status("reversed").build());
            target.flush(Duration.ofSeconds(10));
        }

        // then
        assertThat(
                        bodies.stream()
                                .map(body -> body.replaceAll(".*event_id=([^&]*).*", "$1"))
                                .distinct())
                .hasSize(2);
        assertThat(bodies).hasSize(3);
    }

    @Test
    void a_restart_sends_what_the_one_before_could_not() {
        // given
        failures.set(Integer.MAX_VALUE);
        try (var target = builder().start()) {
            target.report(conversion("A1"));
            assertThat(target.flush(Duration.ofSeconds(10))).isFalse();
        }
        failures.set(0);

        // when
        try (var target = builder().start()) {
            assertThat(target.flush(Duration.ofSeconds(10))).isTrue();
        }

        // then
        assertThat(bodies).hasSize(1);
    }

    @Test
    void a_signed_one_is_signed_anew_at_every_try_and_shows_no_secret() {
        // when
        try (var target = builder().signedWith("k1", "the secret").start()) {
            target.report(conversion("A1"));
            target.report(conversion("A2"));
            target.flush(Duration.ofSeconds(10));

            // then
            assertThat(queries)
                    .hasSize(2)
                    .doesNotHaveDuplicates()
                    .allMatch(q -> q.matches("kid=k1&nonce=[0-9a-f]{32}&ts=\\d+&sig=[\\w-]{43}"));
            var preview = target.explain(conversion("A3"));
            assertThat(preview.url()).endsWith("&sig=***");
            assertThat(preview.problems()).isEmpty();
            assertThat(bodies).as("nothing was sent for it").hasSize(2);
        }
    }

    @Test
    void what_is_wrong_is_said_before_anything_is_queued() {
        try (var target = builder().start()) {
            assertThatThrownBy(() -> target.report(Conversion.of("", "").build()))
                    .hasMessageContaining("clickid is empty")
                    .hasMessageContaining("txid is empty");
            assertThatThrownBy(() ->
                            target.report(
                                    Conversion.of("{clickid}", "A1")
                                            .field("note", "x".repeat(2049))
                                            .build()))
                    .hasMessageContaining("a macro that nobody replaced")
                    .hasMessageContaining("more than 2048 characters");
            assertThat(target.waiting()).isZero();
        }
        assertThatThrownBy(() -> Matchback.to(URI.create("track.example/postback")))
                .hasMessageContaining("not a postback URL");
    }
}
