package matchback.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import matchback.attribute.Rules;
import matchback.console.api.RecoveriesApi;
import matchback.console.recovery.Recovery;
import matchback.ingest.Doorway;
import matchback.ingest.http.RescueDoor;
import matchback.ledger.Sandbox;
import matchback.ledger.intake.Missed;
import matchback.model.RecordIds;
import matchback.server.config.Configuration;
import matchback.server.recover.Recover;
import matchback.store.embedded.EmbeddedLedger;
import matchback.store.embedded.InstallationSeed;
import matchback.store.embedded.RocksScratch;
import matchback.store.embedded.StoreFailure;

/// Brings missed requests to the installation: into its data folder when no server has it open,
/// else to the server that has.
final class RecoverCommand implements Recover.Taker {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration ANSWER_MAX = Duration.ofMinutes(30);

    private final Configuration configuration;
    private final InstantSource clock;

    RecoverCommand(Configuration configuration, InstantSource clock) {
        this.configuration = configuration;
        this.clock = clock;
    }

    int run(Recover.Wish wish, PrintStream out) throws IOException {
        new Recover(this, out).run(wish);
        return Commands.DONE;
    }

    @Override
    public JsonNode take(List<Missed> missed, Recovery.Wish wish) throws IOException {
        if (missed.size() > RecoveriesApi.REQUESTS_MAX) {
            throw new StartFailure(
                    "%,d requests are more than %,d; take them in parts with --from and --to"
                            .formatted(missed.size(), RecoveriesApi.REQUESTS_MAX));
        }
        var data = configuration.store().data();
        if (!Files.exists(data.resolve("FORMAT"))) {
            throw new StartFailure("%s is no data folder; name it with --data".formatted(data));
        }
        EmbeddedLedger ledger;
        var random = new SecureRandom();
        try {
            ledger = open(data, random);
        } catch (StoreFailure e) {
            if (String.valueOf(e.getMessage()).contains("in use")) {
                return byServer(missed, wish);
            }
            throw e;
        }
        try (ledger) {
            return byFolder(ledger, random, missed, wish);
        }
    }

    private EmbeddedLedger open(Path data, SecureRandom random) {
        return EmbeddedLedger.open(
                data,
                StageConfigs.embedded(configuration),
                new Rules(StageConfigs.rules(configuration)),
                configuration.store().reportCurrency(),
                new InstallationSeed(clock, random));
    }

    private JsonNode byFolder(
            EmbeddedLedger ledger, SecureRandom random, List<Missed> missed, Recovery.Wish wish) {
        try (var sight = new Sight(configuration)) {
            return byFolder(ledger, random, missed, wish, sight);
        }
    }

    private JsonNode byFolder(
            EmbeddedLedger ledger,
            SecureRandom random,
            List<Missed> missed,
            Recovery.Wish wish,
            Sight sight) {
        var identity = Identity.of(ledger, configuration, random);
        var door =
                new Doorway(
                                ledger,
                                identity.clickIds(),
                                identity.mint(),
                                new RecordIds(clock, new Chance(random)),
                                clock,
                                random,
                                identity.prints(),
                                identity.token().fingerprints()::contains)
                        .knowing(sight.visitors());
        var recovery =
                new Recovery(
                        ledger,
                        new RescueDoor(door, StageConfigs.ingest(configuration)),
                        () ->
                                new Sandbox(
                                        ledger.snapshot(),
                                        new Rules(StageConfigs.rules(configuration)),
                                        ledger::catalog,
                                        RocksScratch.open(configuration.store().data())));
        return RecoveriesApi.json(recovery.run(missed.iterator(), wish), wish.isDry());
    }

    private JsonNode byServer(List<Missed> missed, Recovery.Wish wish) throws IOException {
        var token = configuration.console().adminToken();
        if (!token.isSet()) {
            throw new StartFailure(
                    "the server runs, and takes it only with its token: set"
                            + " MATCHBACK_ADMIN_TOKEN, or stop the server");
        }
        var body = new StringBuilder();
        missed.forEach(request -> body.append(json(request)).append('\n'));
        var url =
                consoleUrl(configuration)
                        + "/api/v1/recoveries?dryRun="
                        + wish.isDry()
                        + "&clicks="
                        + wish.withClicks();
        var request =
                HttpRequest.newBuilder(URI.create(url))
                        .timeout(ANSWER_MAX)
                        .header("Authorization", "Bearer " + token.text())
                        .header("Content-Type", RecoveriesApi.TYPE)
                        .POST(BodyPublishers.ofString(body.toString(), StandardCharsets.UTF_8))
                        .build();
        try (var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            var answer = http.send(request, BodyHandlers.ofString());
            var json = JSON.readTree(answer.body());
            if (answer.statusCode() != 200) {
                throw new StartFailure(
                        "the server at %s answered %d: %s"
                                .formatted(
                                        consoleUrl(configuration),
                                        answer.statusCode(),
                                        json.path("detail").asText()));
            }
            return json;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("interrupted", e);
        }
    }

    /// Where the console of a running server is, as far as its settings tell.
    static String consoleUrl(Configuration configuration) {
        var console = configuration.console();
        if (!console.url().isEmpty()) {
            return console.url().replaceFirst("/$", "");
        }
        var scheme = configuration.tls().isOn() ? "https" : "http";
        boolean isAny = console.bind().equals("0.0.0.0") || console.bind().equals("::");
        var host =
                isAny
                        ? "127.0.0.1"
                        : console.bind().contains(":")
                                ? "[" + console.bind() + "]"
                                : console.bind();
        return scheme + "://" + host + ":" + console.port();
    }

    private static String json(Missed missed) {
        return JSON.createObjectNode()
                .put("id", missed.id().toString())
                .put("at", Instant.ofEpochMilli(missed.at()).toString())
                .put("target", missed.target())
                .put("host", missed.host())
                .put("address", missed.address())
                .put("userAgent", missed.userAgent())
                .put("status", missed.status())
                .toString();
    }
}
