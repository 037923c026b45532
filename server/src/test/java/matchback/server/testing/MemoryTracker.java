package matchback.server.testing;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import matchback.attribute.Rules;
import matchback.attribute.RulesConfig;
import matchback.ingest.Doorway;
import matchback.ingest.IngestConfig;
import matchback.ingest.http.TrackingServer;
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
import matchback.model.catalog.Entity;
import matchback.model.catalog.ExchangeRate;
import matchback.model.catalog.Offer;
import matchback.model.catalog.Sender;
import matchback.model.catalog.Sender.Security;
import matchback.server.demo.ApiClient;
import org.jspecify.annotations.Nullable;

/// The real listener and the real rules on a ledger in memory, with a clock that is moved by hand:
/// what a running program cannot show without waiting for a year.
///
/// Campaign `run` (number 1) has the offer `shoe` (10 USD, 30 days) of the open sender `net`.
public final class MemoryTracker implements AutoCloseable {
    /// Its bearer is told more.
    public static final String TOKEN = "token-of-the-operator";

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final Pattern CLICK_ID = Pattern.compile("[?&]clickid=(\\w+)");
    private static final Duration LONG_AGO = Duration.ofDays(800);

    public final MemoryLedger ledger =
            new MemoryLedger(new MemoryTables(), new Rules(RulesConfig.DEFAULT), "USD");
    public final TokenFingerprints fingerprints = new TokenFingerprints(new byte[32]);
    public final SplittableRandom random = new SplittableRandom(1);
    public final RecordIds recordIds;

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final InstantSource clock = now::get;
    private final ClickIdMint mint;
    private final TrackingServer server;
    private final String url;

    /// What the listener answered.
    public record Answer(int status, JsonNode json) {}

    public MemoryTracker(Vertx vertx, IngestConfig config) {
        var ids =
                new ClickIds(
                        List.of(new ClickIdKey(0, new byte[32])),
                        START.minus(LONG_AGO).toEpochMilli(),
                        ForeignClickIds.KNOWN);
        mint = new ClickIdMint(ids, 1, random);
        recordIds = new RecordIds(clock, random);
        put(sender("net", Security.OPEN, null));
        put(offer("shoe", "net", 10_000_000L));
        put(campaign("run", 1, "shoe"));
        var door =
                new Doorway(
                        ledger,
                        ids,
                        mint,
                        recordIds,
                        clock,
                        random,
                        fingerprints,
                        fingerprints.of(TOKEN)::equals);
        server =
                new TrackingServer(
                        vertx,
                        config.listeningOn("127.0.0.1", 0).withClickWait(Duration.ofMinutes(1)),
                        door);
        url = "http://127.0.0.1:" + server.start().await();
    }

    public static Sender sender(String key, Security security, @Nullable Long limitMicros) {
        return new Sender(
                key,
                key,
                Map.of(),
                Map.of("open", "ignore"),
                Map.of(),
                null,
                limitMicros,
                null,
                security,
                Sender.Answer.PLAIN,
                false);
    }

    public static Offer offer(String key, String sender, @Nullable Long payoutMicros) {
        return new Offer(
                key,
                key,
                "https://offer.example/?clickid={clickid}",
                sender,
                payoutMicros,
                "USD",
                Offer.CLICK_ID_PARAMETER_DEFAULT,
                Offer.WINDOW_DAYS_DEFAULT,
                false);
    }

    public static Campaign campaign(String key, int number, String offer) {
        return campaign(key, number, null, offer);
    }

    public static Campaign campaign(String key, int number, @Nullable String source, String offer) {
        return new Campaign(
                key,
                number,
                key,
                source,
                List.of(new Campaign.WeightedOffer(offer, 1)),
                Campaign.CostModel.NONE,
                null,
                null,
                null,
                false,
                false,
                302,
                false);
    }

    public static ExchangeRate rate(String currency, String rate) {
        return new ExchangeRate(currency, new BigDecimal(rate), false);
    }

    public void put(Entity entity) {
        ledger.change(new CatalogChange(now(), "test", entity)).toCompletableFuture().join();
    }

    /// For example `http://127.0.0.1:4711`.
    public String url() {
        return url;
    }

    public long now() {
        return clock.millis();
    }

    public void pass(Duration time) {
        now.updateAndGet(at -> at.plus(time));
    }

    public String click(String campaign, String... headers) {
        var answer = RawHttp.get(url, "/c/" + campaign, headers);
        var found = CLICK_ID.matcher(answer.text());
        if (!found.find()) {
            throw new AssertionError("no redirect: " + answer.text());
        }
        return found.group(1);
    }

    /// A person's click on the campaign `run`.
    public String click() {
        return click("run", "User-Agent: Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0");
    }

    /// An id of which no click is stored.
    public String id(boolean unrecorded) {
        return mint.issue(now(), 1, unrecorded).text();
    }

    /// Asks as the operator.
    public Answer get(String target) {
        return answer(
                RawHttp.get(
                        url, target, "Authorization: Bearer " + TOKEN, "Accept: application/json"));
    }

    /// Posts JSON as the operator.
    public Answer post(String target, String body) {
        return answer(
                RawHttp.send(
                        url,
                        "POST "
                                + target
                                + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                                + TOKEN
                                + "\r\nContent-Type: application/json\r\nContent-Length: "
                                + body.length()
                                + "\r\nConnection: close\r\n\r\n"
                                + body));
    }

    private static Answer answer(RawHttp.Answer answer) {
        var body = answer.text().substring(answer.text().indexOf("\r\n\r\n") + 4);
        return new Answer(answer.status(), ApiClient.json(body));
    }

    @Override
    public void close() {
        server.stop().await();
        ledger.close();
    }
}
