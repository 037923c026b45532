package matchback.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import matchback.console.Live;
import matchback.console.testing.TestingConsole;
import matchback.console.testing.Traffic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The stream of today's numbers, as a browser reads it.
final class LiveApiTest {
    private final TestingConsole console = new TestingConsole();
    private final Traffic traffic = new Traffic(console);
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Listener> listeners = new ArrayList<>();

    @AfterEach
    void close() {
        listeners.forEach(Listener::close);
        console.close();
        http.close();
    }

    /// One event of a stream.
    private record Told(String name, String id, String data) {}

    private final class Listener implements AutoCloseable {
        private final HttpResponse<Stream<String>> response;
        private final Iterator<String> lines;

        Listener(TestingConsole console, String path, String lastId) {
            // As browsers do without TLS: a connection for each stream.
            var request =
                    console.withToken(path)
                            .version(HttpClient.Version.HTTP_1_1)
                            .header("Accept", "text/event-stream");
            if (!lastId.isEmpty()) {
                request.header("Last-Event-ID", lastId);
            }
            try {
                response = http.send(request.build(), BodyHandlers.ofLines());
            } catch (IOException e) {
                throw new AssertionError(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
            lines = response.body().iterator();
            listeners.add(this);
        }

        Told next() {
            String name = "";
            String id = "";
            String data = "";
            while (true) {
                var line = lines.next();
                if (line.isEmpty() && !name.isEmpty()) {
                    return new Told(name, id, data);
                }
                name = line.startsWith("event: ") ? line.substring(7) : name;
                id = line.startsWith("id: ") ? line.substring(4) : id;
                data = line.startsWith("data: ") ? line.substring(6) : data;
            }
        }

        /// The next event of a name.
        Told next(String name) {
            var told = next();
            while (!told.name().equals(name)) {
                told = next();
            }
            return told;
        }

        /// The numbers, once there are as many conversions.
        String numbers(int conversions) {
            var told = next("numbers");
            while (!told.data().contains("\"conversions\":" + conversions + ",")) {
                told = next("numbers");
            }
            return told.data();
        }

        @Override
        public void close() {
            response.body().close();
        }
    }

    private Listener listen() {
        return new Listener(console, "/api/v1/live", "");
    }

    @Test
    void a_conversion_is_told_with_the_numbers_after_it() {
        traffic.postback(traffic.click(), "payout=5&txid=before");
        console.awaitColumns();
        var listener = listen();

        var first = listener.next();
        traffic.postback(traffic.click(), "payout=12.50&txid=A1");

        assertThat(listener.response.headers().firstValue("Content-Type"))
                .contains("text/event-stream");
        assertThat(first.name()).isEqualTo("numbers");
        assertThat(first.data()).contains("\"conversions\":1,", "\"currency\":\"USD\"");
        var conversion = listener.next("conversion");
        assertThat(conversion.data()).contains("\"txid\":\"A1\"", "\"payout\":\"12.50\"");
        assertThat(conversion.data()).contains("\"id\":\"" + conversion.id() + "\"");
        assertThat(listener.numbers(2)).contains("\"revenue\":\"17.50\"", "\"yesterday\":{");
    }

    @Test
    void a_stream_that_broke_goes_on_with_the_conversions_since() {
        traffic.postback(traffic.click(), "payout=5&txid=A1");
        console.awaitColumns();
        var before = listen().next();
        console.clock.advance(Duration.ofSeconds(1));
        traffic.postback(traffic.click(), "payout=6&txid=A2");
        console.awaitColumns();

        var again = new Listener(console, "/api/v1/live?tz=Asia/Kathmandu", before.id());

        assertThat(again.next().data()).contains("\"txid\":\"A2\"");
        assertThat(again.next().data()).contains("\"tz\":\"Asia/Kathmandu\"", "\"conversions\":2,");
    }

    @Test
    void there_are_only_so_many_streams_and_a_place_given_back_is_taken_again() {
        for (int i = 0; i < Live.STREAMS_MAX; i++) {
            listen().next();
        }

        var refused = console.get("/api/v1/live");

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.header("Retry-After")).isEqualTo("30");
        assertThat(refused.json().path("detail").asText()).contains(Live.STREAMS_MAX + " are open");
        listeners.forEach(Listener::close);
        // Whoever went away is noticed when there is something to tell.
        console.await(
                "places are free",
                () -> {
                    traffic.click();
                    console.awaitColumns();
                    return listen().response.statusCode() == 200;
                });
    }

    @Test
    void a_stream_needs_a_zone_that_exists_and_a_token() {
        assertThat(console.get("/api/v1/live?tz=Mars").error("tz")).contains("zone");
        assertThat(console.send(console.bare("/api/v1/live").GET()).status()).isEqualTo(401);
    }

    @Test
    void a_console_that_stops_ends_its_streams_properly() {
        Listener listener;
        try (var other = new TestingConsole()) {
            listener = new Listener(other, "/api/v1/live", "");
            listener.next();
        }

        // One that was cut off would throw here.
        listener.lines.forEachRemaining(line -> assertThat(line).isIn("", ": still here"));
    }
}
