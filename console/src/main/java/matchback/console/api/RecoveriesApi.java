package matchback.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpMethod;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import matchback.console.ConsoleConfig;
import matchback.console.ConsoleContext;
import matchback.console.recovery.Recovery;
import matchback.console.recovery.Recovery.Summary;
import matchback.ledger.Wordless;
import matchback.ledger.intake.Missed;
import matchback.model.Decision;
import matchback.model.RecordId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes requests that a proxy could not hand on, one JSON object a line. `./matchback recover`
/// reads them out of the proxy's log and sends them here.
public final class RecoveriesApi {
    /// Requests in one call.
    public static final int REQUESTS_MAX = 200_000;

    public static final String TYPE = "application/x-ndjson";
    private static final Logger LOG = LoggerFactory.getLogger(RecoveriesApi.class);
    private static final int TEXT_CHARS_MAX = 16 * 1024;
    private static final Duration AHEAD_MAX = Duration.ofMinutes(5);

    private final ConsoleContext context;
    private final Recovery recovery;

    /// Thrown for a line that cannot be taken.
    private static final class BadLine extends RuntimeException {
        private static final long serialVersionUID = 1;

        BadLine(long line, String problem) {
            super("Line " + line + ": " + problem);
        }
    }

    RecoveriesApi(ConsoleContext context) {
        var handover = context.handover();
        this.context = context;
        this.recovery = new Recovery(context.ledger(), handover.rescue(), handover.sandboxes());
    }

    List<Operation> operations() {
        return List.of(
                Operation.of(
                                HttpMethod.POST,
                                ConsoleConfig.RECOVERIES_PATH,
                                "recoverRequests",
                                "conversions",
                                "Take up to "
                                        + REQUESTS_MAX
                                        + " requests that a proxy could not hand on, in the order of"
                                        + " their times, one JSON object a line",
                                this::recover)
                        .query(
                                "dryRun",
                                Schema.words(
                                        "Whether only to tell what would become of them",
                                        List.of("true", "false")))
                        .query(
                                "clicks",
                                Schema.words(
                                        "Whether clicks are taken too; they are without it",
                                        List.of("true", "false")))
                        .request("MissedRequest", TYPE)
                        .answers(200, "Recovered"));
    }

    static Map<String, ObjectNode> schemas() {
        var schemas = new TreeMap<String, ObjectNode>();
        schemas.put(
                "MissedRequest",
                Schema.object(
                        "One GET request of the proxy's log, on a line of its own",
                        List.of(
                                FieldSpec.required(
                                        "id",
                                        Schema.text(
                                                "32 hexadecimal digits, the same whenever the same"
                                                        + " line is sent; the first twelve are its"
                                                        + " time in milliseconds")),
                                FieldSpec.required("at", Schema.time("When it came")),
                                FieldSpec.required("target", Schema.text("Path and query")),
                                FieldSpec.optional("host", Schema.text("It was meant for")),
                                FieldSpec.optional("address", Schema.text("Of who sent it")),
                                FieldSpec.optional("userAgent", Schema.text("Of who sent it")),
                                FieldSpec.required(
                                        "status",
                                        Schema.integer("What the proxy answered", 0, 599)))));
        return schemas;
    }

    private Answer recover(Call call) {
        if (!(call.context().get(ConsoleConfig.RECEIVED) instanceof Path file)) {
            throw new IllegalStateException("requests that were not received");
        }
        boolean isDry = is(call, "dryRun", "true");
        try {
            try (var all = new Lines(file)) {
                all.forEachRemaining(_ -> {});
            }
            try (var all = new Lines(file)) {
                var wish = new Recovery.Wish(isDry, !is(call, "clicks", "false"));
                var summary = recovery.run(all, wish);
                return Answer.json(json(summary, isDry));
            }
        } catch (BadLine e) {
            return Answer.problem(
                    422,
                    "unreadable-requests",
                    "The requests cannot be taken",
                    String.valueOf(e.getMessage()));
        } catch (CompletionException e) {
            LOG.error("requests not stored", Wordless.of(e));
            return Handing.notStored("Send them again: none is taken twice");
        }
    }

    private static boolean is(Call call, String name, String word) {
        return call.query(name).orElse("").equals(word);
    }

    /// What became of requests, as the API tells it.
    public static ObjectNode json(Summary summary, boolean isDry) {
        var node = Json.object().put("dryRun", isDry);
        var postbacks = node.putObject("postbacks").put("takenBefore", summary.postbacksBefore());
        var counts = postbacks.putObject("counts");
        for (var decision : Decision.values()) {
            counts.put(
                    decision.word(),
                    summary.postbacks().entrySet().stream()
                            .filter(entry -> entry.getKey().decision() == decision)
                            .mapToLong(Map.Entry::getValue)
                            .sum());
        }
        var reasons = postbacks.putArray("reasons");
        summary.postbacks()
                .forEach((reason, number) ->
                        reasons.addObject()
                                .put("reason", reason.code())
                                .put("decision", reason.decision().word())
                                .put("requests", number)
                                .put("message", reason.message()));
        node.putObject("clicks")
                .put("recorded", summary.clicks())
                .put("takenBefore", summary.clicksBefore())
                .put("withoutCampaign", summary.nowhere());
        return node.put("others", summary.others());
    }

    /// The requests of a file, one after the other. Throws [BadLine].
    private final class Lines implements Iterator<Missed>, AutoCloseable {
        private final BufferedReader in;
        private final long notAfter = context.clock().millis() + AHEAD_MAX.toMillis();
        private @org.jspecify.annotations.Nullable String next;
        private long line;

        Lines(Path file) {
            try {
                in = Files.newBufferedReader(file, StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            advance();
        }

        private void advance() {
            try {
                do {
                    line++;
                    next = in.readLine();
                } while (next != null && next.isBlank());
            } catch (IOException e) {
                throw new BadLine(line, "it is no UTF-8");
            }
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public Missed next() {
            if (next == null) {
                throw new NoSuchElementException("line " + line);
            }
            if (line > REQUESTS_MAX) {
                throw new BadLine(line, "there are more than " + REQUESTS_MAX + " requests");
            }
            var missed = missed(next.getBytes(StandardCharsets.UTF_8));
            advance();
            return missed;
        }

        private Missed missed(byte[] json) {
            if (!(Json.parse(json) instanceof Json.Parsed.Value(var object))) {
                throw new BadLine(line, "it is no JSON object");
            }
            var form = new Form(object);
            var id = form.text("id", 32).flatMap(RecordId::parse);
            long at = object.path("at").asText().isEmpty() ? -1 : time(object.path("at").asText());
            var target = form.text("target", TEXT_CHARS_MAX).orElse("");
            int status = form.number("status", 0, 599, -1);
            if (id.isEmpty() || at < 0 || at > notAfter || !target.startsWith("/") || status < 0) {
                throw new BadLine(
                        line,
                        "expected are id (32 hexadecimal digits), at (a time that is not to"
                                + " come), target (beginning with a slash) and status");
            }
            return new Missed(
                    id.get(),
                    at,
                    target,
                    form.text("host", 255).orElse(""),
                    form.text("address", 64).orElse(""),
                    form.text("userAgent", TEXT_CHARS_MAX).orElse(""),
                    status);
        }

        private long time(String text) {
            try {
                return java.time.Instant.parse(text).toEpochMilli();
            } catch (java.time.DateTimeException _) {
                return -1;
            }
        }

        @Override
        public void close() {
            try {
                in.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
