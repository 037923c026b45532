package matchback.server.simulate;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import matchback.server.demo.ApiClient;
import matchback.simulation.Act;
import matchback.simulation.Report;
import matchback.simulation.Traffic;
import matchback.simulation.Visit;
import org.jspecify.annotations.Nullable;

/// Sends the acts of a traffic when they are due, each report with the click id that the answer to
/// its visit had.
final class Player {
    /// The parameter in which the offers' pages get the click id.
    static final String CLICK_ID = "s2";

    /// Requests in a row without an answer, after which the server is taken for gone.
    private static final int FAILURES_MAX = 50;

    private final ApiClient api;
    private final Pace pace;
    private final Tally tally;

    /// By the numbers of the visits; an empty one for a visit that was not answered.
    private final Map<Long, CompletableFuture<Optional<String>>> clickIds =
            new ConcurrentHashMap<>();

    private final AtomicInteger failedInARow = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicReference<@Nullable RuntimeException> trouble = new AtomicReference<>();

    Player(ApiClient api, Pace pace, Tally tally) {
        this.api = api;
        this.pace = pace;
        this.tally = tally;
    }

    /// Requests without an answer.
    int failed() {
        return failed.get();
    }

    /// Plays what comes before the end. Throws when the server does not redirect visitors to the
    /// offers, or is gone.
    ///
    /// @param first told of the first click id, before anything else is sent
    /// @param passed told of each act's time
    /// @return how many reports would come after the end
    long play(Traffic traffic, Instant to, Consumer<String> first, Consumer<Instant> passed) {
        long after = 0;
        var room = new Semaphore(pace.atOnce());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var acts = traffic.acts().iterator();
            while (acts.hasNext() && trouble.get() == null) {
                var act = acts.next();
                if (!act.at().isBefore(to)) {
                    after++;
                    continue;
                }
                passed.accept(act.at());
                // First the room, then the time: the clock of the past must not go on while a
                // request is under way.
                room.acquireUninterruptibly();
                pace.await(act.at());
                if (act instanceof Visit visit) {
                    boolean isFirst = clickIds.isEmpty();
                    clickIds.put(visit.number(), new CompletableFuture<>());
                    if (isFirst) {
                        first.accept(send(visit));
                        room.release();
                        continue;
                    }
                }
                threads.execute(() -> send(act, room));
            }
        }
        var found = trouble.get();
        if (found != null) {
            throw found;
        }
        return after;
    }

    private void send(Act act, Semaphore room) {
        try {
            switch (act) {
                case Visit visit -> send(visit);
                case Report report -> send(report);
            }
            failedInARow.set(0);
        } catch (RuntimeException e) {
            failed.incrementAndGet();
            if (failedInARow.incrementAndGet() >= FAILURES_MAX) {
                trouble.compareAndSet(null, e);
            }
        } finally {
            room.release();
        }
    }

    private String send(Visit visit) {
        var waiting = clickIds.computeIfAbsent(visit.number(), _ -> new CompletableFuture<>());
        var found = Optional.<String>empty();
        try {
            var target = "/c/" + visit.campaign() + "?" + query(visit.parameters());
            var answer =
                    api.get(
                            target,
                            "X-Forwarded-For",
                            visit.address(),
                            "User-Agent",
                            visit.userAgent());
            found = clickId(answer);
            found.ifPresent(_ -> tally.visited(visit));
            return found.orElseThrow(() ->
                    new ApiClient.Unexpected(
                            "a visit of %s was answered %d without a click id: there is no such campaign; set MATCHBACK_ADMIN_TOKEN, and they are made"
                                    .formatted(visit.campaign(), answer.statusCode())));
        } finally {
            waiting.complete(found);
        }
    }

    private void send(Report report) {
        var clickId =
                report.visit() == 0
                        ? Optional.of("")
                        : clickIds.getOrDefault(
                                        report.visit(),
                                        CompletableFuture.completedFuture(Optional.empty()))
                                .join();
        if (clickId.isEmpty()) {
            return;
        }
        var parameters = report.parameters(clickId.get());
        var happenedAt = pace.shown(report.happenedAt());
        parameters.put("event_time", Long.toString(happenedAt.toEpochMilli()));
        var answer = api.postback("/postback/" + report.sender() + "?" + query(parameters));
        tally.reported(
                report,
                answer.path("decision").asText("none"),
                answer.path("reason").asText("none"));
    }

    private static Optional<String> clickId(HttpResponse<String> redirect) {
        var location = redirect.headers().firstValue("Location").orElse("");
        var query = URI.create(location).getRawQuery();
        if (query == null) {
            return Optional.empty();
        }
        for (var pair : query.split("&", -1)) {
            if (pair.startsWith(CLICK_ID + "=")) {
                return Optional.of(pair.substring(CLICK_ID.length() + 1));
            }
        }
        return Optional.empty();
    }

    private static String query(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter ->
                        parameter.getKey()
                                + "="
                                + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
