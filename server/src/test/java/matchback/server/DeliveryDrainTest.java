package matchback.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import matchback.attribute.Rules;
import matchback.attribute.RulesConfig;
import matchback.deliver.Adapter;
import matchback.deliver.DeliverConfig;
import matchback.deliver.DestinationHealth.Standing;
import matchback.deliver.Dispatcher;
import matchback.deliver.GuardedClient;
import matchback.deliver.OutboundRequest;
import matchback.deliver.Parcel;
import matchback.deliver.Preparation;
import matchback.deliver.Shipment;
import matchback.deliver.Surroundings;
import matchback.deliver.Timer;
import matchback.ledger.Accepted;
import matchback.ledger.Event.ClickRecorded;
import matchback.ledger.Event.PostbackReceived;
import matchback.ledger.catalog.CatalogChange;
import matchback.model.ClickIdMint;
import matchback.model.ClickIds;
import matchback.model.Feed;
import matchback.model.ForeignClickIds;
import matchback.model.Params;
import matchback.model.RecordIds;
import matchback.model.Subject;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.Destination;
import matchback.model.catalog.Destination.Moment;
import matchback.model.catalog.Destination.Scope;
import matchback.server.testing.Await;
import matchback.server.testing.Receiver;
import matchback.store.embedded.EmbeddedConfig;
import matchback.store.embedded.EmbeddedLedger;
import matchback.store.embedded.InstallationSeed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// Many deliveries on the real ledger in real time; alone, because it looks at the heap.
@Isolated
class DeliveryDrainTest {
    private static final int IN_FLIGHT = 500;
    private static final Duration DRAIN_MAX = Duration.ofMinutes(4);
    private static final long MIB = 1 << 20;

    /// Calls a URL by GET.
    private record Hook() implements Adapter {
        @Override
        public String kind() {
            return "hook";
        }

        @Override
        public Preparation prepare(String key, Shipment shipment, Catalog catalog, Instant now) {
            var url = catalog.destination(key).flatMap(d -> d.setting("url")).orElse("");
            var query = "?e=" + shipment.delivery().eventId() + "&c=" + shipment.subject().text();
            return new Preparation.Ready(new Parcel(shipment, url + query, List.of()));
        }

        @Override
        public OutboundRequest pack(String key, List<Parcel> parcels, Catalog catalog) {
            return OutboundRequest.get(parcels.getFirst().content(), List.of());
        }
    }

    @TempDir Path data;

    private final InstantSource clock = InstantSource.system();
    private final SecureRandom random = new SecureRandom();
    private final Vertx vertx = Vertx.vertx();
    private final List<Receiver> receivers = new ArrayList<>();
    private EmbeddedLedger ledger;
    private Dispatcher dispatcher;
    private ClickIdMint mint;
    private RecordIds ids;

    @BeforeEach
    void open() {
        ledger =
                EmbeddedLedger.open(
                        data,
                        EmbeddedConfig.DEFAULT.withoutSync(),
                        new Rules(RulesConfig.DEFAULT),
                        "USD",
                        new InstallationSeed(clock, random));
        var keys =
                new ClickIds(
                        ledger.installation().clickIdKeys(),
                        ledger.installation().installedAtMillis(),
                        ForeignClickIds.KNOWN);
        mint = new ClickIdMint(keys, 1, random);
        ids = new RecordIds(clock, random);
        var config = DeliverConfig.DEFAULT.withPrivate(true).withLimits(32, 100_000);
        dispatcher =
                new Dispatcher(
                        config,
                        ledger,
                        ids,
                        new GuardedClient(vertx, config),
                        new Surroundings(clock, Timer.of(vertx), random),
                        List.of(new Hook()));
    }

    @AfterEach
    void close() {
        dispatcher.close();
        ledger.close();
        receivers.forEach(Receiver::close);
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private Receiver destination(String key, Scope scope) {
        var receiver = new Receiver(0);
        receivers.add(receiver);
        point(key, receiver, scope);
        return receiver;
    }

    private void point(String key, Receiver receiver, Scope scope) {
        var destination =
                new Destination(
                        key,
                        key,
                        "hook",
                        Map.of("url", receiver.url("/")),
                        Map.of(),
                        scope,
                        Destination.Conditions.NONE,
                        Set.of(Moment.APPROVED),
                        Destination.Sum.PAYOUT,
                        Map.of(),
                        Destination.Pace.DEFAULT,
                        false,
                        false);
        ledger.change(new CatalogChange(clock.millis(), "test", destination))
                .toCompletableFuture()
                .join();
    }

    private void convert(int count) {
        var waiting = new ArrayList<CompletableFuture<Accepted>>();
        for (int i = 0; i < count; i++) {
            var clickId = mint.issue(clock.millis(), 1, false);
            var subject = Subject.click(clickId);
            waiting.add(ledger.submit(click(subject), null));
            waiting.add(ledger.submit(postback(subject), null));
            if (waiting.size() >= IN_FLIGHT) {
                waiting.forEach(CompletableFuture::join);
                waiting.clear();
            }
        }
        waiting.forEach(CompletableFuture::join);
    }

    private ClickRecorded click(Subject subject) {
        return new ClickRecorded(
                ids.next(),
                clock.millis(),
                ledger.catalog().version(),
                subject,
                "campaign",
                "",
                "",
                "",
                "",
                -1,
                "",
                -1,
                Map.of(),
                Map.of(),
                true,
                "",
                false,
                new byte[0]);
    }

    private PostbackReceived postback(Subject subject) {
        return new PostbackReceived(
                ids.next(),
                clock.millis(),
                ledger.catalog().version(),
                subject,
                Feed.S2S,
                "",
                subject.text(),
                "clickid",
                "",
                null,
                "",
                Params.ofQuery("payout=12.5&currency=USD&txid=T1"),
                List.of(),
                List.of(),
                new byte[0]);
    }

    @Test
    void a_thousand_conversions_reach_five_destinations_once_each() {
        drain(1_000);
    }

    @Test
    @Tag("long")
    void ten_thousand_conversions_reach_five_destinations_once_each() {
        drain(10_000);
    }

    private void drain(int conversions) {
        for (int i = 0; i < 5; i++) {
            destination("d" + i, Scope.ALL);
        }
        convert(conversions);
        long before = heapMib();
        long start = System.nanoTime();

        dispatcher.start();
        Await.until("half are through", DRAIN_MAX, () -> total() >= conversions * 5 / 2);
        long half = heapMib();
        Await.until("all are through", DRAIN_MAX, () -> total() == conversions * 5);
        Await.until(
                "all are recorded",
                () -> dispatcher.health().stream().noneMatch(h -> h.waiting() > 0));

        double seconds = (System.nanoTime() - start) / 1e9;
        long after = heapMib();
        System.out.printf(
                "drain: %d conversions x 5 destinations in %.1f s, %.0f deliveries/s, heap %d/%d/%d"
                        + " MiB%n",
                conversions, seconds, conversions * 5 / seconds, before, half, after);
        receivers.forEach(receiver ->
                assertThat(receiver.heard().values())
                        .hasSize(conversions)
                        .allMatch(heard -> heard.times() == 1));
        assertThat(after - before).as("heap grew by MiB").isLessThan(64);
    }

    private int total() {
        return receivers.stream().mapToInt(Receiver::events).sum();
    }

    /// What is left after a collection; the receivers' own counts are in it.
    private static long heapMib() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MIB;
    }

    @Test
    void many_that_wait_for_one_do_not_slow_another() {
        crowd(10_000);
    }

    @Test
    @Tag("long")
    void a_hundred_thousand_that_wait_for_one_do_not_slow_another() {
        crowd(100_000);
    }

    private void crowd(int waiting) {
        var down = destination("down", Scope.ALL);
        down.answers(403);
        var nobody = new Scope(List.of("nobody"), List.of(), List.of());
        var up = destination("up", nobody);
        convert(waiting);
        point("up", up, Scope.ALL);
        dispatcher.start();
        Await.until("it is parked", () -> !dispatcher.standing(Standing.PARKED).isEmpty());

        long longest = 0;
        for (int i = 1; i <= 50; i++) {
            int count = i;
            long start = System.nanoTime();
            convert(1);
            Await.until("it is through", () -> up.events() == count);
            longest = Math.max(longest, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
        }

        System.out.printf(
                "crowd: with %d waiting for another, a delivery took %d ms at most%n",
                waiting, longest);
        assertThat(down.calls()).isLessThan(100);
    }
}
