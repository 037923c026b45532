package matchback.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import matchback.attribute.Rules;
import matchback.console.api.ReplayForm;
import matchback.console.api.ReplayJobs;
import matchback.console.api.ReplayJobs.Begun;
import matchback.console.api.ReplayJson;
import matchback.ingest.KeptRequests;
import matchback.ledger.replay.Replay;
import matchback.ledger.replay.ReplayLimits;
import matchback.model.RecordIds;
import matchback.server.config.Configuration;
import matchback.store.embedded.EmbeddedLedger;
import matchback.store.embedded.InstallationSeed;
import matchback.store.embedded.StoreFailure;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.ParseResult;

/// Decides a period again from the command line: in the data folder when no server has it open,
/// else through the server that has.
final class ReplayCommand {
    private static final String FROM = "--from";
    private static final String TO = "--to";
    private static final String SENDER = "--sender";
    private static final String NOTE = "--note";
    private static final String APPLY = "--apply";
    private static final String DELIVER = "--deliver";
    private static final String BY = "command line";
    private static final long LOOK_NANOS = 100_000_000;
    private static final int REASONS_MAX = 50;

    private final Configuration configuration;
    private final InstantSource clock;
    private final PrintStream out;

    /// Replays somewhere: the answers are those of the API.
    interface Runner {
        JsonNode begin(ObjectNode request) throws IOException;

        JsonNode look(String id) throws IOException;

        JsonNode apply(String id) throws IOException;
    }

    ReplayCommand(Configuration configuration, InstantSource clock, PrintStream out) {
        this.configuration = configuration;
        this.clock = clock;
        this.out = out;
    }

    static List<? extends ArgSpec> specs() {
        return List.of(
                Options.text(
                        FROM, "Postbacks received from this day or time on, such as 2026-03-01."),
                Options.text(TO, "and before this day or time."),
                Options.text(
                        SENDER, "Only clicks with a postback of this sender; several with commas."),
                Options.text(NOTE, "Why; kept with every click that changes."),
                Options.flag(APPLY, "Write what changes; without it you only see it."),
                Options.flag(DELIVER, "Send the deliveries that nobody wanted before."));
    }

    int run(ParseResult parsed) throws IOException {
        var request = request(parsed);
        boolean isApplied = parsed.hasMatchedOption(APPLY);
        var data = configuration.store().data();
        if (!Files.exists(data.resolve("FORMAT"))) {
            throw new StartFailure("%s is no data folder; name it with --data".formatted(data));
        }
        var random = new SecureRandom();
        EmbeddedLedger ledger;
        var rules = new Rules(StageConfigs.rules(configuration));
        try {
            ledger =
                    EmbeddedLedger.open(
                            data,
                            StageConfigs.embedded(configuration),
                            rules,
                            configuration.store().reportCurrency(),
                            new InstallationSeed(clock, random));
        } catch (StoreFailure e) {
            if (String.valueOf(e.getMessage()).contains("in use")) {
                return run(new ReplayByServer(configuration), request, isApplied);
            }
            throw e;
        }
        try (ledger;
                var jobs = new ReplayJobs(replay(ledger, rules, random), clock)) {
            var zone = StageConfigs.console(configuration, "").zone();
            return run(new InFolder(ledger, jobs, zone), request, isApplied);
        }
    }

    private Replay replay(EmbeddedLedger ledger, Rules rules, SecureRandom random) {
        var identity = Identity.of(ledger, configuration, random);
        var config = StageConfigs.ingest(configuration);
        return new Replay(
                ledger,
                rules,
                new KeptRequests(identity.clickIds(), config, ledger.catalog()),
                new RecordIds(clock, new Chance(random)),
                clock,
                ReplayLimits.DEFAULT);
    }

    private static ObjectNode request(ParseResult parsed) {
        var request = new JsonMapper().createObjectNode();
        request.put("from", parsed.matchedOptionValue(FROM, ""));
        request.put("to", parsed.matchedOptionValue(TO, ""));
        var senders = request.putArray("senders");
        Stream.of(parsed.matchedOptionValue(SENDER, "").split(",", -1))
                .map(String::strip)
                .filter(sender -> !sender.isEmpty())
                .forEach(senders::add);
        request.put("note", parsed.matchedOptionValue(NOTE, ""));
        request.put("deliver", parsed.hasMatchedOption(DELIVER));
        return request;
    }

    private int run(Runner runner, ObjectNode request, boolean isApplied) throws IOException {
        var job = await(runner, runner.begin(request));
        if (!job.path("state").asText().equals("ready")) {
            throw new StartFailure("no preview: " + job.path("trouble").asText());
        }
        var summary = job.path("summary");
        tell(summary, request.path("deliver").asBoolean());
        if (summary.path("changedClicks").asLong() == 0) {
            out.println("Nothing to apply.");
            return Commands.DONE;
        }
        if (!isApplied) {
            out.println("Preview, nothing is written; add " + APPLY + " to write it.");
            return Commands.DONE;
        }
        var done = await(runner, runner.apply(job.path("id").asText()));
        var result = done.path("result");
        out.printf("Applied: %,d clicks were decided again.%n", result.path("clicks").asLong());
        long left = result.path("leftClicks").asLong();
        if (left > 0) {
            out.printf("%,d changed all the while and are left; run it again.%n", left);
        }
        return done.path("state").asText().equals("applied") && left == 0
                ? Commands.DONE
                : Commands.FAILED;
    }

    private static JsonNode await(Runner runner, JsonNode begun) throws IOException {
        var job = begun;
        while (job.path("state").asText().matches("previewing|applying")) {
            LockSupport.parkNanos(LOOK_NANOS);
            job = runner.look(job.path("id").asText());
        }
        return job;
    }

    private void tell(JsonNode summary, boolean deliver) {
        out.printf(
                "%,d postbacks of %,d clicks decided again; %,d decisions of %,d clicks change.%n",
                summary.path("postbacks").asLong(),
                summary.path("clicks").asLong(),
                summary.path("changedPostbacks").asLong(),
                summary.path("changedClicks").asLong());
        int shown = 0;
        for (var reason : summary.path("reasons")) {
            if (shown++ < REASONS_MAX) {
                out.printf(
                        "  %-34s -> %-34s %,8d%n",
                        reason.path("before").asText(),
                        reason.path("after").asText(),
                        reason.path("postbacks").asLong());
            }
        }
        out.printf(
                "conversions %,d -> %,d, revenue %s -> %s %s%n",
                summary.path("conversionsBefore").asLong(),
                summary.path("conversionsAfter").asLong(),
                summary.path("revenueBefore").asText(),
                summary.path("revenueAfter").asText(),
                summary.path("currency").asText());
        out.printf(
                "deliveries: %,d new (%s), %,d waiting cancelled, %,d sent and not retractable%n",
                summary.path("deliveriesWanted").asLong(),
                deliver ? "sent" : "not sent",
                summary.path("deliveriesCancelled").asLong(),
                summary.path("notRetractable").asLong());
        long skipped = summary.path("skippedClicks").asLong();
        if (skipped > 0) {
            out.printf("left as they are: %,d clicks%n", skipped);
            summary.path("skipped")
                    .forEach(one ->
                            out.printf(
                                    "  %s: %s%n",
                                    one.path("clickId").asText(), one.path("why").asText()));
        }
    }

    /// On a data folder that nobody else has open.
    private record InFolder(EmbeddedLedger ledger, ReplayJobs jobs, ZoneId zone) implements Runner {

        @Override
        public JsonNode begin(ObjectNode request) {
            var read = ReplayForm.read(request, ledger.catalog(), zone, BY);
            for (var problem : read.problems()) {
                throw new StartFailure(problem.field() + ": " + problem.message());
            }
            return begun(jobs.preview(read.request()));
        }

        @Override
        public JsonNode look(String id) {
            return ReplayJson.job(jobs.job(id).orElseThrow());
        }

        @Override
        public JsonNode apply(String id) {
            return begun(jobs.apply(jobs.job(id).orElseThrow(), true));
        }

        private static JsonNode begun(Begun begun) {
            return switch (begun) {
                case Begun.Yes(var job) -> ReplayJson.job(job);
                case Begun.Busy _, Begun.NotReady _, Begun.Outdated _ ->
                        throw new StartFailure("the preview no longer holds; run it again");
            };
        }
    }
}
