package matchback.server.shop;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import matchback.client.ClickIds;
import matchback.client.Conversion;
import matchback.client.Matchback;

/// A shop that reports its sales. What it needed for that is marked; the rest is any shop. It dies
/// at the step of a purchase it is told to die at, as a process does that loses its power.
final class Shop {
    private static final int STEPS = 4;

    private final Path orders;
    private final Matchback matchback; // 1
    private final int diesAfter;
    private int purchases;

    private Shop(
            Path folder,
            URI postbackUrl,
            String keyId,
            String secret,
            int diesAfter,
            Duration ahead) {
        this.orders = folder.resolve("orders");
        this.diesAfter = diesAfter;
        this.matchback = // 2
                Matchback.to(postbackUrl)
                        .signedWith(keyId, secret)
                        .outbox(folder.resolve("outbox"))
                        .clock(InstantSource.offset(InstantSource.system(), ahead))
                        .start();
    }

    /// Arguments: folder, postback URL, key id, secret, after how many purchases it dies, and how
    /// far its clock is ahead.
    public static void main(String[] args) throws IOException {
        var shop =
                new Shop(
                        Path.of(args[0]),
                        URI.create(args[1]),
                        args[2],
                        args[3],
                        Integer.parseInt(args[4]),
                        Duration.parse(args[5]));
        var server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/land", shop::land);
        server.createContext("/buy", shop::buy);
        server.createContext("/left", shop::left);
        server.start();
        System.out.println("shop " + server.getAddress().getPort());
    }

    private void land(HttpExchange page) throws IOException {
        ClickIds.inQuery(page.getRequestURI().getRawQuery()) // 3
                .ifPresent(id ->
                        page.getResponseHeaders()
                                .add("Set-Cookie", ClickIds.setCookie(id, false))); // 4
        answer(page, "welcome");
    }

    private void buy(HttpExchange page) throws IOException {
        int step = stepToDieAt();
        var order = page.getRequestURI().getQuery();
        dieIf(step == 0);
        store(order);
        dieIf(step == 1);
        ClickIds.inCookies(page.getRequestHeaders().getFirst("Cookie")) // 5
                .ifPresent(id ->
                        matchback.report(
                                Conversion.of(id, order).payout("12.50", "USD").build())); // 6
        dieIf(step == 2);
        answer(page, "thank you");
        dieIf(step == 3);
    }

    private void left(HttpExchange page) throws IOException {
        answer(page, Integer.toString(matchback.waiting() + matchback.refused()));
    }

    private synchronized int stepToDieAt() {
        purchases++;
        return purchases == diesAfter ? ThreadLocalRandom.current().nextInt(STEPS) : STEPS;
    }

    private static void dieIf(boolean isTime) {
        if (isTime) {
            Runtime.getRuntime().halt(137);
        }
    }

    private synchronized void store(String order) throws IOException {
        Files.writeString(
                orders,
                order + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND,
                StandardOpenOption.SYNC);
    }

    private static void answer(HttpExchange page, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        page.sendResponseHeaders(200, bytes.length);
        page.getResponseBody().write(bytes);
        page.close();
    }
}
