package matchback.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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

    @Test
    void it_says_when_the_sale_was_however_late_it_arrives() {
        // given
        var sold = Instant.parse("2026-03-01T12:00:00.5Z");

        // when
        try (var target = builder().clock(InstantSource.fixed(sold)).start()) {
            target.report(conversion("A1"));
            target.report(
                    Conversion.of(CLICK, "A2").time(Instant.parse("2026-02-01T00:00:00Z")).build());
            target.flush(Duration.ofSeconds(20));
        }

        // then
        assertThat(bodies.get(0)).contains("event_time=2026-03-01T12%3A00%3A00.500Z");
        assertThat(bodies.get(1)).contains("event_time=2026-02-01T00%3A00%3A00Z");
    }

    @Test
    void the_dry_run_tells_a_person_what_is_odd() {
        try (var target = builder().start()) {
            var preview = target.explain(Conversion.of("12345678", "A1").build());

            assertThat(preview.problems()).isEmpty();
            assertThat(preview.toString())
                    .startsWith("POST http://127.0.0.1:")
                    .contains("\n  &txid=A1\n")
                    .contains("hint: clickid has 8 characters and Matchback's own have 32")
                    .contains("hint: no payout: the offer's default counts")
                    .contains("hint: neither token nor signature")
                    .endsWith("would be sent");
            assertThat(target.explain(Conversion.of("", "A1").build()).toString())
                    .contains("problem: clickid is empty")
                    .endsWith("would not be taken");
        }
        assertThat(bodies).isEmpty();
    }

    @Test
    void a_folder_that_cannot_be_one_is_named() throws IOException {
        // given
        var file = Files.writeString(folder.resolve("file"), "");

        // when, then
        assertThatThrownBy(() -> builder().outbox(file).start())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("the outbox cannot be used")
                .hasMessageContaining(file.toString());
    }

    @Test
    void what_would_never_be_accepted_is_refused_at_the_start() {
        assertThatThrownBy(() -> builder().token("of-a-file\n"))
                .hasMessageContaining("token is empty, or has a blank or a line break around it");
        var large = Conversion.of(CLICK, "A1");
        for (int i = 0; i < 40; i++) {
            large.field("f" + i, "x".repeat(2000));
        }
        assertThat(large.build().problems())
                .containsExactly("the fields together are longer than 61440 bytes");
    }

    @Test
    void closing_twice_is_harmless_and_nothing_is_taken_after_it() {
        // given
        var target = builder().start();

        // when
        target.close();
        target.close();

        // then
        assertThatThrownBy(() -> target.report(conversion("A1"))).hasMessageContaining("closed");
    }
}
