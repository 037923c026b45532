package matchback.console.testing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import matchback.ledger.Event.AttemptResult;
import matchback.ledger.Event.ClickRecorded;
import matchback.ledger.Event.DeliveryAttempted;
import matchback.ledger.Event.PostbackReceived;
import matchback.ledger.Ledger;
import matchback.ledger.PersonalBlock;
import matchback.ledger.catalog.CatalogChange;
import matchback.ledger.state.DeliveryState;
import matchback.ledger.state.SubjectState;
import matchback.model.ClickId;
import matchback.model.ClickIdMint;
import matchback.model.Feed;
import matchback.model.Params;
import matchback.model.Reason;
import matchback.model.RecordId;
import matchback.model.Subject;
import matchback.model.catalog.Campaign;
import matchback.model.catalog.Campaign.CostModel;
import matchback.model.catalog.Campaign.WeightedOffer;
import matchback.model.catalog.Entity;
import matchback.model.catalog.Offer;
import matchback.model.catalog.Sender;
import matchback.model.catalog.TrafficSource;
import org.jspecify.annotations.Nullable;

/// A catalog and a day and a half of clicks, postbacks and deliveries, decided by the ledger's own
/// rules. The same seed gives the same traffic.
public final class SampleTraffic {
    private static final long SEED = 7;
    private static final long MINUTE = 60_000;
    private static final List<String> COUNTRIES = List.of("DE", "PL", "BR", "IN", "US", "ID");
    private static final List<String> CREATIVES =
            List.of("video-a", "video-b", "banner-7", "native-3");
    private static final byte[] HASH = new byte[32];

    private record Way(
            Campaign campaign, Offer offer, long costMicros, int payoutCents, double rate) {}

    private final Ledger ledger;
    private final ClickIdMint mint;
    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    private final List<Way> ways = new ArrayList<>();
    private final List<String> clicks = new ArrayList<>();
    private int txid = 48_213;

    public SampleTraffic(Ledger ledger, ClickIdMint mint) {
        this.ledger = ledger;
        this.mint = mint;
    }

    /// Makes the catalog and plays the traffic that ends at a time.
    public void play(long now) {
        catalog(now);
        long first = now - 34 * 60 * MINUTE;
        for (long at = first; at < now; at += MINUTE) {
            double hour = (at / (60.0 * MINUTE)) % 24;
            double busy = 0.7 + 0.6 * Math.sin((hour - 6) / 24 * 2 * Math.PI);
            for (int i = 0; i < 5; i++) {
                if (random.nextDouble() < busy * 0.75) {
                    visit(at + random.nextLong(MINUTE), now);
                }
            }
            if (random.nextDouble() < 0.025) {
                trouble(Math.min(at + random.nextLong(MINUTE), now - 1000));
            }
        }
    }

    /// All clicks, oldest first.
    public List<String> clicks() {
        return List.copyOf(clicks);
    }

    private void catalog(long now) {
        put(now, source("pops", "Pop traffic", "SUBID", true));
        put(now, source("social", "Social ads", "adclick", false));
        put(now, source("push-direct", "Push direct", "cid", true));
        put(now, sender("network", "Affiliate network"));
        put(now, sender("shop", "Own shop"));
        var offers =
                List.of(
                        offer("nutra-de", "Nutra trial DE", "network", 24_000_000L),
                        offer("nutra-pl", "Nutra trial PL", "network", 18_500_000L),
                        offer("sweeps-br", "Sweepstakes BR", "network", 1_900_000L),
                        offer("shop-feed", "Shop, summer range", "shop", null));
        offers.forEach(offer -> put(now, offer));
        way(
                now,
                "nutra-push",
                "Nutra · push · DE/PL",
                "push-direct",
                190_000,
                List.of(offers.get(0), offers.get(1)),
                0.016);
        way(now, "sweeps-pops", "Sweeps · pops · BR", "pops", 24_000, List.of(offers.get(2)), 0.02);
        way(
                now,
                "shop-social",
                "Shop · social · prospecting",
                "social",
                790_000,
                List.of(offers.get(3)),
                0.027);
    }

    private void way(
            long now,
            String key,
            String name,
            String source,
            long cost,
            List<Offer> offers,
            double rate) {
        var campaign =
                new Campaign(
                        key,
                        ways.size() + 1,
                        name,
                        source,
                        offers.stream()
                                .map(o -> new WeightedOffer(o.key(), offers.size() == 1 ? 100 : 50))
                                .toList(),
                        CostModel.CPC,
                        cost,
                        null,
                        "https://fallback.example/",
                        false,
                        false,
                        302,
                        false);
        put(now, campaign);
        for (var offer : offers) {
            var payout = offer.payoutMicros();
            ways.add(
                    new Way(
                            campaign,
                            offer,
                            cost,
                            payout == null ? 3900 : (int) (payout / 10_000),
                            rate));
        }
    }

    private static TrafficSource source(String key, String name, String external, boolean told) {
        return new TrafficSource(
                key,
                name,
                Map.of("externalId", external, "creative", "bannerid"),
                told
                        ? "https://" + key + ".example/postback?id={externalid}&payout={payout}"
                        : null,
                false);
    }

    private static Sender sender(String key, String name) {
        return new Sender(
                key,
                name,
                Map.of(),
                Map.of(),
                Map.of(),
                "USD",
                null,
                null,
                Sender.Security.OPEN,
                Sender.Answer.PLAIN,
                false);
    }

    private static Offer offer(String key, String name, String sender, @Nullable Long payout) {
        return new Offer(
                key,
                name,
                "https://offer.example/" + key + "?subid={clickid}",
                sender,
                payout,
                payout == null ? null : "USD",
                "clickid",
                30,
                false);
    }

    private void put(long at, Entity entity) {
        ledger.change(new CatalogChange(at, "test", entity)).toCompletableFuture().join();
    }

    private void visit(long at, long now) {
        var way = ways.get(random.nextInt(ways.size()));
        var campaign = way.campaign();
        var id = mint.issue(at, campaign.number(), false);
        var record = record(at);
        var source = campaign.source();
        boolean bot = random.nextDouble() < 0.02;
        ledger.submit(
                        new ClickRecorded(
                                record,
                                at,
                                ledger.catalog().version(),
                                Subject.click(id),
                                campaign.key(),
                                source == null ? "" : source,
                                way.offer().key(),
                                "x" + Long.toString(random.nextLong(1L << 40), 36),
                                CREATIVES.get(random.nextInt(CREATIVES.size())),
                                way.costMicros(),
                                "USD",
                                way.costMicros(),
                                Map.of("sub1", "zone-" + random.nextInt(12)),
                                Map.of("country", COUNTRIES.get(random.nextInt(COUNTRIES.size()))),
                                random.nextDouble() < 0.86,
                                bot ? "agent" : "",
                                false,
                                HASH),
                        block(record, "GET", "/c/" + campaign.key() + "?bannerid=7"))
                .join();
        clicks.add(id.text());
        if (!bot && random.nextDouble() < way.rate()) {
            convert(way, id, at + random.nextLong(50 * MINUTE), now);
        }
    }

    private void convert(Way way, ClickId id, long at, long now) {
        if (at >= now) {
            return;
        }
        var tx = "A" + txid++;
        var payout =
                "%.2f".formatted(way.payoutCents() / 100.0 * (0.9 + random.nextDouble() * 0.3));
        var sender = way.offer().sender() == null ? "" : way.offer().sender();
        boolean pends = random.nextDouble() < 0.3;
        var query = "clickid=" + id.text() + "&payout=" + payout.replace(',', '.') + "&txid=" + tx;
        postback(at, sender, id.text(), query + "&status=" + (pends ? "lead" : "approved"), null);
        deliver(id, at + 900);
        if (random.nextDouble() < 0.25 && at + 5 * MINUTE < now) {
            postback(at + 4 * MINUTE, sender, id.text(), query + "&status=approved", null);
            deliver(id, at + 4 * MINUTE + 800);
        }
        if (random.nextDouble() < 0.08 && at + 10 * MINUTE < now) {
            postback(at + 9 * MINUTE, sender, id.text(), query + "&status=rejected", null);
        }
    }

    private void trouble(long at) {
        double kind = random.nextDouble();
        var click = clicks.isEmpty() ? "" : clicks.get(random.nextInt(clicks.size()));
        if (kind < 0.4) {
            postback(at, "network", "", "clickid={CLICKID}&payout=24", Reason.UNRESOLVED_MACRO);
        } else if (kind < 0.55) {
            postback(at, "", "", "payout=12", Reason.MISSING_CLICK_ID);
        } else if (kind < 0.7) {
            postback(
                    at,
                    "network",
                    "",
                    "clickid=" + click.substring(1) + "Z",
                    Reason.FORGED_CLICK_ID);
        } else if (kind < 0.8) {
            postback(
                    at,
                    "network",
                    "",
                    "clickid=" + click.substring(0, 20),
                    Reason.TRUNCATED_CLICK_ID);
        } else if (kind < 0.9 && !click.isEmpty()) {
            postback(
                    at,
                    "",
                    click,
                    "clickid=" + click + "&payout=9&txid=Q" + txid++ + "&status=whatever",
                    null);
        } else if (!click.isEmpty()) {
            postback(at, "", click, "clickid=" + click + "&txid=Q" + txid++ + "&payout=1,,2", null);
        }
    }

    /// A postback as the door hands it on.
    public RecordId postback(
            long at, String sender, String clickId, String query, @Nullable Reason refusal) {
        var record = record(at);
        var params = Params.ofQuery(query);
        var value = params.first("clickid");
        var subject = clickId.isEmpty() ? Subject.record(record) : new Subject(clickId);
        ledger.submit(
                        new PostbackReceived(
                                record,
                                at,
                                ledger.catalog().version(),
                                subject,
                                Feed.S2S,
                                sender,
                                clickId,
                                value.isEmpty() ? "" : "clickid",
                                clickId.isEmpty() ? value : "",
                                refusal,
                                "",
                                params.only(ledger.catalog().readNames()::contains),
                                List.of(),
                                List.of(),
                                HASH),
                        block(
                                record,
                                "GET",
                                "/postback/" + sender + "?" + query + "&token=s3cret-token"))
                .join();
        return record;
    }

    private void deliver(ClickId id, long at) {
        var subject = Subject.click(id);
        List<DeliveryState> waiting;
        try (var snapshot = ledger.snapshot()) {
            waiting =
                    new SubjectState(snapshot.state(subject), subject)
                            .deliveries().stream().filter(d -> d.dueAt() > 0).toList();
        }
        for (var delivery : waiting) {
            boolean fails = random.nextDouble() < 0.2;
            int attempt = delivery.attemptsMade() + 1;
            ledger.submit(
                            new DeliveryAttempted(
                                    record(at),
                                    at,
                                    ledger.catalog().version(),
                                    subject,
                                    delivery.number(),
                                    attempt,
                                    fails ? AttemptResult.RETRY : AttemptResult.DELIVERED,
                                    "https://source.example/postback?id=x1&payout=24.00",
                                    fails ? 503 : 200,
                                    fails ? "busy" : "OK",
                                    40 + random.nextInt(200),
                                    fails ? at + 5000 : 0),
                            null)
                    .join();
        }
    }

    private RecordId record(long at) {
        return RecordId.of(at, random.nextInt(), random.nextLong());
    }

    private static PersonalBlock block(RecordId id, String method, String target) {
        return new PersonalBlock(
                id,
                new byte[16],
                "192.0.2.17",
                "Mozilla/5.0 (Linux; Android 14)",
                method,
                target,
                List.of("accept: */*", "host: track.example".toLowerCase(Locale.ROOT)),
                "".getBytes(StandardCharsets.UTF_8));
    }
}
