package matchback.server.trial;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.Socket;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import matchback.attribute.Rules;
import matchback.attribute.RulesConfig;
import matchback.console.bench.Bench;
import matchback.console.bench.BenchRun;
import matchback.console.bench.TestGround;
import matchback.console.templates.PostbackForm;
import matchback.console.templates.Template;
import matchback.ingest.Doorway;
import matchback.ingest.IngestConfig;
import matchback.ingest.http.TrackingServer;
import matchback.ledger.Outcome;
import matchback.ledger.catalog.CatalogChange;
import matchback.ledger.memory.MemoryLedger;
import matchback.ledger.memory.MemoryTables;
import matchback.ledger.state.ConversionState;
import matchback.model.ClickIdKey;
import matchback.model.ClickIdMint;
import matchback.model.ClickIds;
import matchback.model.ForeignClickIds;
import matchback.model.Params;
import matchback.model.RecordIds;
import matchback.model.TokenFingerprints;
import matchback.model.catalog.Campaign;
import matchback.model.catalog.Entity;
import matchback.model.catalog.ExchangeRate;
import matchback.model.catalog.Offer;

/// A tracker of its own for one template: the real listener on a free port of this machine, the
/// real rules, a ledger in memory. Nothing of it reaches an installation, and all of it is gone
/// when it is closed.
public final class Trial implements AutoCloseable {
    /// Key of the sender that is made from the template.
    public static final String SENDER = "trial";

    /// Currency of the offer and of the reports.
    public static final String CURRENCY = "USD";

    private static final String CAMPAIGN = "trial";
    private static final String OFFER = "trial";
    private static final long OFFER_PAYOUT_MICROS = 1_000_000;
    private static final int KEY_BYTES = 32;
    private static final int WAIT_SECONDS = 20;

    /// Nobody waits here, and a click that goes unrecorded would spoil the trial.
    private static final Duration CLICK_WAIT = Duration.ofSeconds(WAIT_SECONDS);

    private final InstantSource clock;
    private final MemoryLedger ledger =
            new MemoryLedger(new MemoryTables(), new Rules(RulesConfig.DEFAULT), CURRENCY);
    private final TrackingServer server;
    private final String offerParameter;
    private final TestGround ground;
    private final Bench bench;

    /// What came of one postback.
    ///
    /// @param target as it was sent
    /// @param answer what the listener answered
    /// @param conversion the one it is about, if there is one
    public record Arrived(
            String target,
            TestGround.Reply answer,
            Outcome outcome,
            Optional<ConversionState> conversion) {}

    public Trial(Vertx vertx, InstantSource clock, Template template) {
        this(vertx, clock, template, template.offerParameter());
    }

    /// @param offerParameter parameter of the offer URL that carries the click id; empty for ours
    public Trial(Vertx vertx, InstantSource clock, Template template, String offerParameter) {
        this.clock = clock;
        this.offerParameter =
                offerParameter.isEmpty() ? Offer.CLICK_ID_PARAMETER_DEFAULT : offerParameter;
        fill(template);
        var door = doorway();
        this.server =
                new TrackingServer(
                        vertx,
                        IngestConfig.DEFAULT.listeningOn("127.0.0.1", 0).withClickWait(CLICK_WAIT),
                        door);
        int port = await(server.start());
        this.ground =
                new LocalGround(door, () -> new Socket(InetAddress.getLoopbackAddress(), port));
        this.bench = new Bench(ledger, ground);
    }

    private void fill(Template template) {
        put(template.sender(SENDER));
        put(
                new Offer(
                        OFFER,
                        "Offer",
                        "https://offer.example/?" + this.offerParameter + "={clickid}",
                        SENDER,
                        OFFER_PAYOUT_MICROS,
                        CURRENCY,
                        Offer.CLICK_ID_PARAMETER_DEFAULT,
                        30,
                        false));
        put(
                new Campaign(
                        CAMPAIGN,
                        1,
                        "Campaign",
                        null,
                        List.of(new Campaign.WeightedOffer(OFFER, 1)),
                        Campaign.CostModel.NONE,
                        null,
                        null,
                        null,
                        false,
                        false,
                        302,
                        false));
        var currency = template.vector().expect().currency();
        if (!currency.isEmpty() && !currency.equals(CURRENCY)) {
            put(new ExchangeRate(currency, BigDecimal.ONE, false));
        }
    }

    private void put(Entity entity) {
        ledger.change(new CatalogChange(clock.millis(), "trial", entity))
                .toCompletableFuture()
                .join();
    }

    private Doorway doorway() {
        var random = new SecureRandom();
        var ids =
                new ClickIds(
                        List.of(new ClickIdKey(0, bytes(random))),
                        clock.millis(),
                        ForeignClickIds.KNOWN);
        return new Doorway(
                ledger,
                ids,
                new ClickIdMint(ids, 1, random),
                new RecordIds(clock, random),
                clock,
                random,
                new TokenFingerprints(bytes(random)),
                _ -> false);
    }

    private static byte[] bytes(SecureRandom random) {
        var bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        return bytes;
    }

    /// Clicks, and gives what the network finds in a parameter of the offer URL.
    ///
    /// @param slot the parameter the network keeps; empty for ours
    /// @return empty when the offer URL has no such parameter
    public String click(String slot) {
        var catalog = ledger.catalog();
        var url = ground.click(catalog.campaign(CAMPAIGN), catalog.offer(OFFER)).offerUrl();
        var name = slot.isEmpty() ? Offer.CLICK_ID_PARAMETER_DEFAULT : slot;
        return Params.ofQuery(url.substring(url.indexOf('?') + 1)).first(name);
    }

    /// A whole test: click, postback, and what became of it.
    ///
    /// @param path with `{key}` for the sender's key
    public BenchRun run(Template template, String path) {
        var sender = ledger.catalog().sender(SENDER).orElseThrow();
        var form = PostbackForm.of(sender, template).at(path);
        return bench.run(sender, form);
    }

    /// Sends a postback as it stands and looks up what became of it.
    ///
    /// @param path with `{key}` for the sender's key
    public Arrived fire(String path, String query) {
        var target = path.replace("{key}", SENDER) + '?' + query;
        var reply = ground.get(target);
        var found = bench.read(reply);
        return new Arrived(target, reply, found.outcome(), found.conversion());
    }

    /// Where the template's platform sends its postbacks.
    public static List<String> paths(Template template) {
        return template.isTracker() ? template.paths() : List.of("/postback/{key}");
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.await(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("the listener did not start or stop in time", e);
        }
    }

    @Override
    public void close() {
        await(server.stop());
        ledger.close();
    }
}
