package matchback.server.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import matchback.client.ClickIds;
import matchback.server.demo.ApiClient;
import matchback.server.demo.LocalSite;
import matchback.server.testing.Await;
import matchback.server.testing.Installed;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A shop with the client in it dies in the middle of purchases; customers whose page did not come
/// ask again, as they do. Through half of its deaths the tracker is down, for two days by the
/// clocks of both. Whatever a customer was thanked for is counted, once.
class ShopTest {
    private static final Pattern STARTED = Pattern.compile("shop (\\d+)");
    private static final int CLICKS = 20;
    private static final Duration DOWN = Duration.ofDays(2);

    @TempDir private Path data;
    @TempDir private Path shopFolder;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Random random = new Random(11);
    private final Map<String, String> sold = new HashMap<>();
    private Duration ahead = Duration.ZERO;

    @Test
    void nothing_sold_is_lost_or_counted_twice_over_four_deaths() throws Exception {
        sell(4);
    }

    @Test
    @Tag("long")
    void nothing_sold_is_lost_or_counted_twice_over_two_hundred_deaths() throws Exception {
        sell(200);
    }

    private void sell(int deaths) throws Exception {
        try (var relay = new Relay();
                var site = LocalSite.start()) {
            List<String> clicks = new ArrayList<>();
            List<String> signature;
            try (var tracker = new Tracker(data, Duration.ZERO)) {
                Installed.prepare(tracker.client(), site);
                for (int i = 0; i < CLICKS; i++) {
                    clicks.add(tracker.click());
                }
                signature = sign(tracker.client());
            }

            // The tracker is down for two days: everything waits in the shop, through all but the
            // last deaths.
            int whileDown = deaths / 2;
            for (int i = 0; i < whileDown; i++) {
                ahead = DOWN.multipliedBy(i).dividedBy(whileDown);
                sellUntilItDies(relay, signature, clicks);
            }

            ahead = DOWN;
            try (var tracker = new Tracker(data, ahead)) {
                relay.to(Optional.of(tracker.url()));
                for (int i = whileDown; i < deaths; i++) {
                    sellUntilItDies(relay, signature, clicks);
                }
                try (var shop = open(relay, signature, 0)) {
                    Await.until(
                            "the outbox is empty", Duration.ofMinutes(5), () -> shop.left() == 0);
                }

                assertCounted(tracker);
            }
        }
    }

    /// Makes the sender ask for signatures; gives key id and secret.
    private static List<String> sign(ApiClient client) {
        var sender =
                """
                {"key":"network","name":"Shop","security":{"signature":{"scheme":"query-hmac","secret":true}}}
                """;
        var answer = client.api("PUT", "/api/v1/senders/" + Installed.SENDER, sender);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var signature = ApiClient.json(answer.body()).at("/security/signature");
        return List.of(signature.at("/keys/0/kid").asText(), signature.path("secret").asText());
    }

    private void sellUntilItDies(Relay relay, List<String> signature, List<String> clicks)
            throws IOException {
        try (var shop = open(relay, signature, 1 + random.nextInt(6))) {
            for (int i = 0; shop.isAlive() && i < 100; i++) {
                var order = "order-" + sold.size();
                var click = clicks.get(random.nextInt(clicks.size()));
                if (shop.buy(order, click)) {
                    sold.put(order, click);
                } else {
                    // The same customer asks again when the shop is back; the next one finds it
                    // shut.
                    again.put(order, click);
                    break;
                }
            }
        }
        try (var shop = open(relay, signature, 0)) {
            for (var customer : Map.copyOf(again).entrySet()) {
                assertThat(shop.buy(customer.getKey(), customer.getValue())).isTrue();
                sold.put(customer.getKey(), customer.getValue());
                again.remove(customer.getKey());
            }
        }
    }

    private final Map<String, String> again = new HashMap<>();

    private void assertCounted(Tracker tracker) {
        var revenue = new BigDecimal("12.50").multiply(BigDecimal.valueOf(sold.size()));
        Await.until(
                "the report has every sale once: " + sold.size(),
                () -> tracker.reports(sold.size(), revenue));
        sold.forEach((order, click) ->
                assertThat(tracker.story(click).path("conversions"))
                        .as("%s of click %s", order, click)
                        .filteredOn(c -> c.path("txid").asText().equals(order))
                        .hasSize(1));
        System.out.println("sold " + sold.size() + ", counted once each");
    }

    private OpenShop open(Relay relay, List<String> signature, int diesAfter) throws IOException {
        var url = "http://127.0.0.1:" + relay.port() + "/postback/" + Installed.SENDER;
        var process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-Xshare:auto",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Shop.class.getName(),
                                shopFolder.toString(),
                                url,
                                signature.get(0),
                                signature.get(1),
                                Integer.toString(diesAfter),
                                ahead.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        var reader = process.inputReader(StandardCharsets.UTF_8);
        var line = reader.readLine();
        var started = STARTED.matcher(String.valueOf(line));
        if (!started.matches()) {
            process.destroyForcibly();
            throw new IOException("the shop did not start: " + line);
        }
        return new OpenShop(process, URI.create("http://127.0.0.1:" + started.group(1)));
    }

    private final class OpenShop implements AutoCloseable {
        private final Process process;
        private final URI url;

        OpenShop(Process process, URI url) {
            this.process = process;
            this.url = url;
        }

        boolean isAlive() {
            return process.isAlive();
        }

        /// Whether the customer was thanked.
        boolean buy(String order, String click) {
            return page("/buy?" + order, click).filter("thank you"::equals).isPresent();
        }

        int left() {
            return page("/left", "").map(Integer::parseInt).orElse(-1);
        }

        private Optional<String> page(String path, String click) {
            var request = HttpRequest.newBuilder(url.resolve(path)).timeout(Duration.ofMinutes(1));
            if (!click.isEmpty()) {
                request.header("Cookie", ClickIds.COOKIE + "=" + click);
            }
            try {
                return Optional.of(http.send(request.build(), BodyHandlers.ofString()).body());
            } catch (IOException _) {
                return Optional.empty();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        /// By force, as most of the others die.
        @Override
        public void close() {
            process.destroyForcibly();
            process.onExit().join();
        }
    }
}
