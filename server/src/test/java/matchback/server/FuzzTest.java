package matchback.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import matchback.model.Reason;
import matchback.server.testing.Await;
import matchback.server.testing.Installed;
import matchback.server.testing.KeepAlive;
import matchback.server.testing.ServerProcess.Launch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The door for postbacks under made-up and mutated requests: no answer but the documented ones, no
/// wait, no growth, and every request that was HTTP at all has a record and a reason.
class FuzzTest {
    private static final int CONNECTIONS = 16;

    /// One byte in fifty is spoilt.
    private static final int CLEAN = 150;

    /// What the HTTP layer says before there is a request to record.
    private static final Set<Integer> NO_REQUEST =
            Set.of(400, 404, 405, 408, 413, 414, 417, 431, 501, 505);

    private static final List<String> NAMES =
            List.of(
                    "clickid",
                    "click_id",
                    "cid",
                    "subid",
                    "payout",
                    "sum",
                    "currency",
                    "value",
                    "txid",
                    "event",
                    "status",
                    "event_id",
                    "event_time",
                    "promo",
                    "sig",
                    "ts",
                    "nonce",
                    "kid",
                    "token",
                    "return",
                    "sale_status",
                    "email",
                    "explain",
                    "x");
    private static final List<String> VALUES =
            List.of(
                    "",
                    "0",
                    "-1",
                    "12.50",
                    "12,50",
                    "$12.50",
                    "1 234.56",
                    "1e9",
                    "NaN",
                    "Infinity",
                    "999999999999999999999",
                    "USD",
                    "usd",
                    "XXX",
                    "approved",
                    "pending",
                    "rejected",
                    "trash",
                    "chargeback",
                    "1",
                    "2",
                    "{clickid}",
                    "%7Bpayout%7D",
                    "${SUBID}",
                    "[[x]]",
                    "2026-11-23T10:00:00Z",
                    "1700000000",
                    "99999999999999999",
                    "%00",
                    "%",
                    "%zz",
                    "%C3%28",
                    "%F0%9F%92%A9",
                    "a%0d%0ab",
                    "'; DROP TABLE",
                    "<script>",
                    "../..");

    @TempDir Path data;

    private final Map<Integer, LongAdder> statuses = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> reasons = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
    private final LongAdder recorded = new LongAdder();

    @Test
    void ten_thousand_requests_meet_documented_answers_only() throws Exception {
        fuzz(10_000, 1);
    }

    @Test
    @Tag("long")
    void a_million_requests_meet_documented_answers_only() throws Exception {
        fuzz(1_000_000, 2);
    }

    private void fuzz(int count, long seed) throws Exception {
        // given
        try (var installed =
                Installed.on(Launch.on(data).with("--doubtful-per-second", "0").start())) {
            var clicks = new ArrayList<String>();
            for (int i = 0; i < 50; i++) {
                clicks.add(installed.click());
            }
            send(installed, clicks, count / 5, seed);
            long before = residentBytes(installed);

            // when
            send(installed, clicks, count - count / 5, seed + 1000);

            // then
            long after = residentBytes(installed);
            System.out.println("statuses " + new TreeMap<>(statuses));
            System.out.println("reasons " + new TreeMap<>(reasons));
            System.out.printf("resident memory %d MB, then %d MB%n", before >> 20, after >> 20);
            assertThat(wrong).isEmpty();
            assertThat(after - before).as("growth in bytes").isLessThan(200L << 20);
            assertThat(reasons).hasSizeGreaterThan(15);
            assertThat(installed.convert(installed.click(), "&payout=1&txid=after"))
                    .isEqualTo("counted new_conversion");
            assertSums(installed);
        }
    }

    private void assertSums(Installed installed) {
        var path =
                "/api/v1/report?group=sender&metrics=received,counted,updated,duplicate,held,refused";
        long answered = recorded.sum() + 1;
        Await.until(
                "the report has " + answered,
                java.time.Duration.ofMinutes(2),
                () -> installed.client().read(path).at("/totals/received").asLong() >= answered);
        var totals = installed.client().read(path).path("totals");
        long sum = 0;
        for (var decision : List.of("counted", "updated", "duplicate", "held", "refused")) {
            sum += totals.path(decision).asLong();
        }
        assertThat(sum).isEqualTo(totals.path("received").asLong());
    }

    private static long residentBytes(Installed installed) throws IOException {
        var pages =
                Files.readString(Path.of("/proc", Long.toString(installed.server().pid()), "statm"))
                        .split(" ", -1)[1];
        return Long.parseLong(pages) * 4096;
    }

    private void send(Installed installed, List<String> clicks, int count, long seed)
            throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<?>>();
            for (int i = 0; i < CONNECTIONS; i++) {
                var random = new SplittableRandom(seed * 100 + i);
                running.add(
                        threads.submit(() -> {
                            try (var connection = new KeepAlive(installed.server().tracking())) {
                                for (int n = 0; n < count / CONNECTIONS; n++) {
                                    var request = request(random, clicks);
                                    boolean isSpoilt = random.nextInt(3) == 0;
                                    var bytes = isSpoilt ? spoilt(random, request) : request;
                                    judge(
                                            bytes,
                                            isSpoilt
                                                    ? connection.sendOnce(bytes)
                                                    : connection.send(bytes));
                                }
                            }
                            return null;
                        }));
            }
            for (var future : running) {
                future.get();
            }
        }
    }

    private void judge(byte[] request, KeepAlive.Answer answer) {
        statuses.computeIfAbsent(answer.status(), _ -> new LongAdder()).increment();
        if (!answer.receipt().isEmpty()) {
            recorded.increment();
            var line = answer.body().strip();
            int colon = line.indexOf(": ");
            var reason =
                    line.startsWith("{")
                            ? line.replaceAll("(?s).*\"reason\":\"([a-z_]+)\".*", "$1")
                            : colon < 0 ? "" : line.substring(colon + 2);
            reasons.computeIfAbsent(reason, _ -> new LongAdder()).increment();
            boolean isListed =
                    Arrays.stream(Reason.values()).anyMatch(r -> r.code().equals(reason));
            // With return= the body is the caller's own.
            boolean isOwn = text(request).contains("return");
            if (answer.status() >= 500 || answer.decision().isEmpty() || (!isListed && !isOwn)) {
                wrong.add(answer + " to " + printable(request));
            }
        } else if (answer.status() == 0 && text(request).contains(" HTTP/1.1\r\n")) {
            wrong.add("no answer to " + printable(request));
        } else if (answer.status() != 0 && !NO_REQUEST.contains(answer.status())) {
            wrong.add(answer + " to " + printable(request));
        }
    }

    private static String text(byte[] request) {
        return new String(request, StandardCharsets.ISO_8859_1);
    }

    private static String printable(byte[] request) {
        return text(request).substring(0, Math.min(300, request.length));
    }

    /// A postback as a client would send it.
    private static byte[] request(RandomGenerator random, List<String> clicks) {
        var params = params(random, clicks);
        var path =
                random.nextInt(4) == 0
                        ? "/postback/network"
                        : random.nextInt(20) == 0 ? "/postback/nobody" : "/postback";
        var text =
                switch (random.nextInt(4)) {
                    case 0 -> post(path, "application/x-www-form-urlencoded", params);
                    case 1 -> post(path, "application/json", json(random, clicks));
                    default -> "GET " + path + "?" + params + " HTTP/1.1\r\nHost: t\r\n\r\n";
                };
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String post(String path, String type, String body) {
        return "POST %s HTTP/1.1\r\nHost: t\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(path, type, body.length(), body);
    }

    private static String params(RandomGenerator random, List<String> clicks) {
        var params = new StringBuilder();
        if (random.nextInt(5) != 0) {
            params.append("clickid=").append(clickId(random, clicks));
        }
        for (int i = random.nextInt(8); i > 0; i--) {
            params.append('&')
                    .append(any(random, NAMES))
                    .append(random.nextInt(30) == 0 ? "" : "=")
                    .append(value(random));
        }
        return params.toString();
    }

    private static String json(RandomGenerator random, List<String> clicks) {
        var body = new StringBuilder("{\"clickid\":\"").append(clickId(random, clicks)).append('"');
        for (int i = random.nextInt(5); i > 0; i--) {
            body.append(",\"").append(any(random, NAMES)).append("\":");
            switch (random.nextInt(5)) {
                case 0 -> body.append(random.nextInt());
                case 1 -> body.append("null");
                case 2 -> body.append("[1,{}]");
                case 3 -> body.append("1e").append(random.nextInt(400));
                default -> body.append('"').append(any(random, VALUES)).append('"');
            }
        }
        return body.append('}').toString();
    }

    private static String clickId(RandomGenerator random, List<String> clicks) {
        var id = any(random, clicks);
        return switch (random.nextInt(12)) {
            case 0 -> id.substring(0, random.nextInt(id.length()));
            case 1 -> id.replace(id.charAt(20), '7');
            case 2 -> id.toLowerCase(java.util.Locale.ROOT);
            case 3 -> any(random, VALUES);
            case 4 -> id + "&click_id=" + any(random, clicks);
            default -> id;
        };
    }

    private static String value(RandomGenerator random) {
        return random.nextInt(200) == 0
                ? "9".repeat(random.nextInt(6000))
                : random.nextInt(4) == 0 ? "T" + random.nextInt(500) : any(random, VALUES);
    }

    private static <T> T any(RandomGenerator random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /// Bytes flipped, dropped and doubled; the length and the blank line stay, so that an answer is
    /// due at once.
    private static byte[] spoilt(RandomGenerator random, byte[] request) {
        var out = new ByteArrayOutputStream();
        int head = headEnd(request);
        int length = new String(request, StandardCharsets.ISO_8859_1).indexOf("\r\nContent-Length");
        for (int i = 0; i < head; i++) {
            switch (length >= 0 && i >= length ? CLEAN : random.nextInt(CLEAN)) {
                case 0 -> out.write(random.nextInt(1, 256));
                case 1 -> {
                    out.write(request[i]);
                    out.write(request[i]);
                }
                case 2 -> {
                    // Dropped.
                }
                default -> out.write(request[i]);
            }
        }
        out.writeBytes("\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        out.write(request, head + 4, request.length - head - 4);
        return out.toByteArray();
    }

    private static int headEnd(byte[] request) {
        for (int i = 0; ; i++) {
            if (request[i] == '\r' && request[i + 1] == '\n' && request[i + 2] == '\r') {
                return i;
            }
        }
    }
}
