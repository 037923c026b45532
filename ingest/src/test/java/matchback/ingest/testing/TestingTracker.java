package matchback.ingest.testing;

import io.vertx.core.Vertx;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import matchback.attribute.Rules;
import matchback.attribute.RulesConfig;
import matchback.ingest.Doorway;
import matchback.ingest.IngestConfig;
import matchback.ingest.IngestMetrics;
import matchback.ingest.http.TrackingServer;
import matchback.ingest.testing.RawClient.Reply;
import matchback.ingest.visitor.Visitors;
import matchback.ledger.Event;
import matchback.ledger.Event.ClickRecorded;
import matchback.ledger.Event.PostbackReceived;
import matchback.ledger.PersonalBlock;
import matchback.ledger.catalog.CatalogChange;
import matchback.ledger.memory.MemoryLedger;
import matchback.ledger.memory.MemoryTables;
import matchback.model.ClickIdKey;
import matchback.model.ClickIdMint;
import matchback.model.ClickIds;
import matchback.model.ForeignClickIds;
import matchback.model.RecordIds;
import matchback.model.TokenFingerprints;
import matchback.model.catalog.Campaign;
import matchback.model.catalog.Campaign.CostModel;
import matchback.model.catalog.Campaign.WeightedOffer;
import matchback.model.catalog.Entity;
import matchback.model.catalog.Offer;
import matchback.model.catalog.Sender;
import matchback.model.catalog.TrafficSource;
import org.jspecify.annotations.Nullable;

/// A tracking listener on a free port, with the real rules on a ledger in memory.
public final class TestingTracker implements AutoCloseable {
    public static final String API_TOKEN = "api-token-of-the-tests";

    /// The common settings, where no visitor goes on unrecorded because a machine is slow.
    public static final IngestConfig PATIENT =
            IngestConfig.DEFAULT.withClickWait(Duration.ofMinutes(1));

    private static final Duration UNTIL_MAX = Duration.ofMinutes(1);

    private final Vertx vertx = Vertx.vertx();
    private final ManualClock clock = new ManualClock();
    private final StubbornLedger ledger;
    private final ClickIds ids;
    private final TokenFingerprints fingerprints = new TokenFingerprints(new byte[32]);
    private final TrackingServer server;
    private final int port;

    public TestingTracker(Entity... entities) {
        this(PATIENT, entities);
    }

    public TestingTracker(IngestConfig config, Entity... entities) {
        this(config, Visitors.UNAIDED, entities);
    }

    public TestingTracker(IngestConfig config, Visitors visitors, Entity... entities) {
        ledger =
                new StubbornLedger(
                        new MemoryLedger(
                                new MemoryTables(), new Rules(RulesConfig.DEFAULT), "USD"));
        for (var entity : entities) {
            put(entity);
        }
        long installedAt = clock.millis() - Duration.ofDays(500).toMillis();
        ids =
                new ClickIds(
                        List.of(new ClickIdKey(0, new byte[32])),
                        installedAt,
                        ForeignClickIds.KNOWN);
        var apiToken = fingerprints.of(API_TOKEN);
        server =
                new TrackingServer(
                        vertx,
                        config.listeningOn("127.0.0.1", 0),
                        new Doorway(
                                        ledger,
                                        ids,
                                        new ClickIdMint(ids, 1, new SecureRandom()),
                                        new RecordIds(clock, new SecureRandom()),
                                        clock,
                                        seeded(),
                                        fingerprints,
                                        apiToken::equals)
                                .knowing(visitors));
        port = await(server.start());
    }

    /// Chance that repeats itself and may be used by many threads.
    private static SecureRandom seeded() {
        try {
            var random = SecureRandom.getInstance("SHA1PRNG");
            random.setSeed(20261123);
            return random;
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    public static <T> T await(io.vertx.core.Future<T> future) {
        try {
            return future.toCompletionStage()
                    .toCompletableFuture()
                    .get(UNTIL_MAX.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /// Waits until a condition holds; fails after a minute.
    public static void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + UNTIL_MAX.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("not within " + UNTIL_MAX);
            }
            Thread.onSpinWait();
        }
    }

    public void put(Entity entity) {
        ledger.change(new CatalogChange(clock.millis(), "test", entity))
                .toCompletableFuture()
                .join();
    }

    public int port() {
        return port;
    }

    public ManualClock clock() {
        return clock;
    }

    public StubbornLedger ledger() {
        return ledger;
    }

    public ClickIds ids() {
        return ids;
    }

    public TokenFingerprints fingerprints() {
        return fingerprints;
    }

    public TrackingServer server() {
        return server;
    }

    public IngestMetrics metrics() {
        return server.metrics();
    }

    public Reply get(String target, String... headers) {
        return RawClient.get(port, target, headers);
    }

    /// Makes a click and gives the id of its event.
    public String clickId(String campaign) {
        var reply = get("/c/" + campaign);
        if (reply.status() != 302) {
            throw new AssertionError("click answered " + reply);
        }
        return clicks().getLast().subject().text();
    }

    public List<ClickRecorded> clicks() {
        return events(ClickRecorded.class);
    }

    public List<PostbackReceived> postbacks() {
        return events(PostbackReceived.class);
    }

    public PersonalBlock lastBlock() {
        return ledger.blocks().getLast();
    }

    private <E extends Event> List<E> events(Class<E> kind) {
        var found = new ArrayList<E>();
        for (var event : ledger.events()) {
            if (kind.isInstance(event)) {
                found.add(kind.cast(event));
            }
        }
        return found;
    }

    @Override
    public void close() {
        await(server.stop());
        await(vertx.close());
        ledger.close();
    }

    public static Offer offer(String key, String url) {
        return new Offer(key, key, url, null, 10_000_000L, "USD", "clickid", 30, false);
    }

    public static Offer offerOf(String key, String url, String sender) {
        return new Offer(key, key, url, sender, 10_000_000L, "USD", "clickid", 30, false);
    }

    public static Campaign campaign(String key, int number, String... offers) {
        return campaign(key, number, null, CostModel.NONE, null, offers);
    }

    public static Campaign campaign(
            String key,
            int number,
            @Nullable String source,
            CostModel model,
            @Nullable Long costMicros,
            String... offers) {
        var weighted = new ArrayList<WeightedOffer>();
        for (var offer : offers) {
            weighted.add(new WeightedOffer(offer, 1));
        }
        return new Campaign(
                key,
                number,
                key,
                source,
                weighted,
                model,
                costMicros,
                null,
                null,
                false,
                false,
                302,
                false);
    }

    public static TrafficSource source(String key, Map<String, String> parameters) {
        return new TrafficSource(key, key, parameters, null, false);
    }

    public static Sender sender(String key, Map<String, String> parameters) {
        return sender(key, parameters, Sender.Security.OPEN, Sender.Answer.PLAIN);
    }

    public static Sender sender(
            String key,
            Map<String, String> parameters,
            Sender.Security security,
            Sender.Answer answer) {
        return new Sender(
                key,
                key,
                parameters,
                Map.of(),
                Map.of(),
                null,
                null,
                null,
                security,
                answer,
                false);
    }
}
