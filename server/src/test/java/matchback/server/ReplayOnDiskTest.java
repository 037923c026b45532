package matchback.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import matchback.attribute.Rules;
import matchback.attribute.RulesConfig;
import matchback.ingest.Doorway;
import matchback.ingest.IngestConfig;
import matchback.ingest.KeptRequests;
import matchback.ingest.RowDoor;
import matchback.ledger.Event.ClickRecorded;
import matchback.ledger.Fact.Kind;
import matchback.ledger.catalog.CatalogChange;
import matchback.ledger.intake.Row;
import matchback.ledger.replay.Replay;
import matchback.ledger.replay.ReplayLimits;
import matchback.ledger.replay.ReplayProgress;
import matchback.ledger.replay.ReplayRequest;
import matchback.model.ClickId;
import matchback.model.ClickIdKey;
import matchback.model.ClickIdMint;
import matchback.model.ClickIds;
import matchback.model.Feed;
import matchback.model.ForeignClickIds;
import matchback.model.RecordId;
import matchback.model.RecordIds;
import matchback.model.Subject;
import matchback.model.TokenFingerprints;
import matchback.model.catalog.Entity;
import matchback.model.catalog.Offer;
import matchback.model.catalog.Sender;
import matchback.model.catalog.Sender.Answer;
import matchback.model.catalog.Sender.Security;
import matchback.report.DaySum;
import matchback.report.ListQuery;
import matchback.report.Projector;
import matchback.report.ProjectorConfig;
import matchback.report.Reports;
import matchback.store.embedded.EmbeddedConfig;
import matchback.store.embedded.EmbeddedLedger;
import matchback.store.embedded.InstallationSeed;
import matchback.store.embedded.Maintenance;
import matchback.store.embedded.duck.DuckConfig;
import matchback.store.embedded.duck.DuckFacts;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Random requests under a wrong mapping, which is put right and replayed: postbacks, sums and
/// reports are then those of an installation that knew the right one from the beginning, on the
/// real door, ledger and columns; and a rebuild agrees.
final class ReplayOnDiskTest {
    private static final long START = Instant.parse("2026-03-01T00:00:00Z").toEpochMilli();
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final List<String> WORDS = List.of("1", "2", "3", "sale", "trash", "moon");
    private static final List<String> MEANINGS =
            List.of("approved", "pending", "rejected", "ignore", "reversed");

    private final Rules rules = new Rules(RulesConfig.DEFAULT);
    private final AtomicLong now = new AtomicLong(START);
    private final InstantSource clock = () -> Instant.ofEpochMilli(now.get());
    private final ClickIds ids =
            new ClickIds(
                    List.of(new ClickIdKey(0, new byte[32])), START - 1000, ForeignClickIds.KNOWN);

    @TempDir Path folder;

    static LongStream seeds() {
        return LongStream.range(0, 6);
    }

    /// A ledger with its door and its columns.
    private final class Machine implements AutoCloseable {
        final EmbeddedLedger ledger;
        final DuckFacts facts;
        final Projector projector;
        final Reports reports;
        final RecordIds records;
        final RowDoor door;

        Machine(Path data) {
            var random = new SplittableRandom(7);
            ledger =
                    EmbeddedLedger.open(
                            data,
                            EmbeddedConfig.DEFAULT,
                            rules,
                            "USD",
                            new InstallationSeed(clock, new SecureRandom()));
            facts = DuckFacts.open(data, new DuckConfig(1, 64, 2));
            projector = new Projector(ledger, facts, ProjectorConfig.DEFAULT);
            projector.start();
            reports = new Reports(facts, "USD", clock);
            records = new RecordIds(clock, random);
            door =
                    new RowDoor(
                            new Doorway(
                                    ledger,
                                    ids,
                                    new ClickIdMint(ids, 1, random),
                                    records,
                                    clock,
                                    random,
                                    new TokenFingerprints(new byte[32]),
                                    _ -> false),
                            IngestConfig.DEFAULT);
        }

        void set(List<Entity> entities) {
            for (var entity : entities) {
                ledger.change(new CatalogChange(now.get(), "test", entity))
                        .toCompletableFuture()
                        .join();
            }
        }

        void take(Object event) {
            switch (event) {
                case ClickRecorded click -> ledger.submit(of(click), null).join();
                case Row row -> {
                    var entry = door.take(row);
                    ledger.submit(entry.event(), entry.personal()).join();
                }
                default -> throw new IllegalStateException("no traffic: " + event);
            }
        }

        /// The same click, taken under this ledger's catalog.
        private ClickRecorded of(ClickRecorded click) {
            return new ClickRecorded(
                    click.recordId(),
                    click.receivedAt(),
                    ledger.catalog().version(),
                    click.subject(),
                    click.campaign(),
                    click.source(),
                    click.offer(),
                    click.externalId(),
                    click.creative(),
                    click.costMicros(),
                    click.costCurrency(),
                    click.reportCostMicros(),
                    click.subs(),
                    click.traits(),
                    click.unique(),
                    click.bot(),
                    click.prefetch(),
                    click.personalHash());
        }

        void replay() {
            var replay =
                    new Replay(
                            ledger,
                            rules,
                            new KeptRequests(ids, IngestConfig.DEFAULT, ledger.catalog()),
                            records,
                            clock,
                            ReplayLimits.DEFAULT);
            var request =
                    new ReplayRequest(START, now.get() + 1, Set.of(), Set.of(), false, "test", "");
            var preview = replay.preview(replay.newId(), request, new ReplayProgress());
            var result = replay.apply(preview, new ReplayProgress());
            assertThat(result.left()).isEmpty();
            assertThat(result.subjects()).isEqualTo(preview.summary().changedSubjects());
        }

        @Override
        public void close() {
            projector.close();
            facts.close();
            ledger.close();
        }
    }

    private static List<Entity> catalog(RandomGenerator random) {
        var statuses = new HashMap<String, String>();
        for (var word : WORDS) {
            if (random.nextBoolean()) {
                statuses.put(word, MEANINGS.get(random.nextInt(MEANINGS.size())));
            }
        }
        var parameters =
                Map.of(
                        "clickid", random.nextBoolean() ? "s1" : "s2",
                        "payout", random.nextBoolean() ? "gain" : "pay",
                        "txid", random.nextBoolean() ? "order" : "ref");
        return List.of(
                new Sender(
                        "net",
                        "Network",
                        parameters,
                        statuses,
                        Map.of(),
                        null,
                        null,
                        null,
                        Security.OPEN,
                        Answer.PLAIN,
                        false),
                new Offer(
                        "offer",
                        "Offer",
                        "https://offer.example/?c={clickid}",
                        "net",
                        10_000_000L,
                        "USD",
                        "clickid",
                        1 + random.nextInt(30),
                        false));
    }

    /// What comes in, by time; enough to let it come in somewhere else once more.
    private List<Object> traffic(RandomGenerator random) {
        var mint = new ClickIdMint(ids, 1, random);
        var records = new RecordIds(clock, random);
        var clicks = new ArrayList<ClickId>();
        var traffic = new ArrayList<Object>();
        for (int i = 0; i < 120; i++) {
            now.addAndGet(1 + random.nextInt(20_000_000));
            if (clicks.isEmpty() || random.nextInt(4) == 0) {
                var id = mint.issue(now.get(), 1, false);
                clicks.add(id);
                traffic.add(click(id, records.next()));
            } else {
                traffic.add(row(records.next(), clicks, random));
            }
        }
        return traffic;
    }

    private ClickRecorded click(ClickId id, RecordId record) {
        return new ClickRecorded(
                record,
                now.get(),
                0,
                Subject.click(id),
                "campaign",
                "",
                "offer",
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

    private Row row(RecordId record, List<ClickId> clicks, RandomGenerator random) {
        var query = new StringBuilder("x=1");
        for (var name : List.of("s1", "s2")) {
            if (random.nextInt(5) > 0) {
                var id = clicks.get(random.nextInt(clicks.size()));
                query.append('&').append(name).append('=').append(id);
            }
        }
        for (var name : List.of("gain", "pay")) {
            query.append('&').append(name).append('=').append(random.nextInt(4));
        }
        for (var name : List.of("order", "ref")) {
            if (random.nextBoolean()) {
                query.append('&').append(name).append("=T").append(random.nextInt(12));
            }
        }
        query.append("&status=").append(WORDS.get(random.nextInt(WORDS.size())));
        return new Row(
                record,
                now.get(),
                Feed.S2S,
                "net",
                "GET",
                "/postback/net?" + query,
                List.of(),
                "192.0.2.7",
                new byte[0]);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void reports_and_sums_are_those_of_a_fresh_run(long seed) throws InterruptedException {
        var random = new SplittableRandom(seed);
        var data = folder.resolve("here");
        try (var here = new Machine(data);
                var there = new Machine(folder.resolve("there"))) {
            here.set(catalog(random));
            var traffic = traffic(random);
            traffic.forEach(here::take);

            var right = catalog(random);
            here.set(right);
            here.replay();
            there.set(right);
            traffic.forEach(there::take);

            assertThat(here.projector.awaitCaughtUp(PATIENCE)).isTrue();
            assertThat(there.projector.awaitCaughtUp(PATIENCE)).isTrue();
            assertThat(postbacks(here)).containsExactlyInAnyOrderElementsOf(postbacks(there));
            assertThat(conversions(here)).containsExactlyInAnyOrderElementsOf(conversions(there));
            assertThat(sums(here)).isEqualTo(sums(there)).allMatch(DaySum::isBalanced);
        }
        try (var stopped = Maintenance.open(data, EmbeddedConfig.DEFAULT)) {
            assertThat(stopped.rebuild(rules, "USD", _ -> {}).isEqual()).isTrue();
        }
    }

    /// The columns of a postback that anybody decides anything by.
    private static List<List<Object>> postbacks(Machine at) {
        return at.reports.postbacks(ListQuery.newest(Kind.POSTBACK, 500)).items().stream()
                .map(item ->
                        List.<Object>of(
                                item.recordId(),
                                item.at(),
                                item.decision(),
                                item.reason(),
                                item.detail(),
                                item.clickId(),
                                item.conversionId(),
                                item.event(),
                                item.status(),
                                String.valueOf(item.payout())))
                .toList();
    }

    private static List<Object> conversions(Machine at) {
        return List.copyOf(at.reports.conversions(ListQuery.newest(Kind.CONVERSION, 500)).items());
    }

    private List<DaySum> sums(Machine at) {
        var from = LocalDate.ofInstant(Instant.ofEpochMilli(START), ZoneOffset.UTC);
        var to = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return at.reports.daySums(from, to.plusDays(1));
    }
}
