package matchback.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import matchback.attribute.testing.Door;
import matchback.attribute.testing.Samples;
import matchback.attribute.testing.Sums;
import matchback.ledger.Catalogs;
import matchback.ledger.Column;
import matchback.ledger.Correction;
import matchback.ledger.Event;
import matchback.ledger.Event.ClickRecorded;
import matchback.ledger.Event.PostbackReceived;
import matchback.ledger.Fact;
import matchback.ledger.Fact.Kind;
import matchback.ledger.Outcome;
import matchback.ledger.Rebuild;
import matchback.ledger.Table;
import matchback.ledger.Verdict;
import matchback.ledger.catalog.CatalogChange;
import matchback.ledger.memory.MemoryLedger;
import matchback.ledger.memory.MemoryTables;
import matchback.ledger.replay.ReplayProgress;
import matchback.ledger.replay.ReplayRequest;
import matchback.ledger.state.ConversionState;
import matchback.ledger.state.ReportState;
import matchback.ledger.state.SubjectState;
import matchback.model.ClickId;
import matchback.model.Feed;
import matchback.model.Params;
import matchback.model.Subject;
import matchback.model.catalog.ConversionCap;
import matchback.model.catalog.Entity;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Random traffic under random mappings; then the mappings are other ones, and everything is
/// replayed: what stands afterwards is what a ledger would have that had taken the same requests
/// under the new mappings from the beginning.
final class ReplayEqualsFreshRunTest {
    private static final List<String> STATUSES =
            List.of("1", "2", "sale", "pending", "rejected", "refund", "moon", "");
    private static final List<String> MEANINGS =
            List.of("approved", "pending", "rejected", "ignore", "event:deposit", "reversed");

    private final Rules rules = new Rules(RulesConfig.DEFAULT);

    static LongStream seeds() {
        long one = Long.getLong("seed", -1);
        return one >= 0 ? LongStream.of(one) : LongStream.range(0, 150);
    }

    private record Conversion(
            String id,
            String type,
            String txid,
            Object status,
            Object payout,
            long revenue,
            Object value,
            List<Feed> feeds,
            long receivedAt,
            long eventAt,
            long reversedAt,
            List<ConversionState.Change> changes) {}

    private record Row(
            Kind kind, int index, long at, Map<Column, String> texts, Map<Column, Long> numbers) {}

    /// What traffic leaves behind: all it takes to play it once more elsewhere.
    private static final class Traffic {
        final Door door;
        final RandomGenerator random;
        final List<Event> events = new ArrayList<>();
        final List<ClickId> clicks = new ArrayList<>();

        Traffic(long seed, Rules rules) {
            random = new SplittableRandom(seed);
            door = new Door(seed + 1000, rules);
            door.set(Samples.offer("other", "net2", null, 30));
            door.set(Samples.offer("free", null));
            map();
        }

        void map() {
            for (var sender : List.of("net", "net2")) {
                var parameters = new HashMap<String, String>();
                maybe(parameters, "payout", "amount", "sum");
                maybe(parameters, "txid", "order", "ref");
                maybe(parameters, "clickid", "sub", "cid");
                maybe(parameters, "event_id", "eid", "ref");
                var statuses = new TreeMap<String, String>();
                for (var word : STATUSES) {
                    if (!word.isEmpty() && random.nextInt(3) == 0) {
                        statuses.put(word, MEANINGS.get(random.nextInt(MEANINGS.size())));
                    }
                }
                door.set(Samples.mapped(sender, parameters, statuses));
            }
            var cap =
                    random.nextBoolean()
                            ? new ConversionCap(
                                    1 + random.nextInt(3), random.nextBoolean() ? "sale" : null)
                            : null;
            door.set(
                    Samples.offer("offer", "net", 10_000_000L, 1 + random.nextInt(60))
                            .with(cap, Map.of()));
        }

        private void maybe(Map<String, String> parameters, String field, String... names) {
            int chosen = random.nextInt(names.length + 1);
            if (chosen < names.length) {
                parameters.put(field, names[chosen]);
            }
        }

        void play(int steps) {
            for (int i = 0; i < steps; i++) {
                int most = random.nextInt(4) == 0 ? 1_000_000_000 : 10_000_000;
                door.pass(Duration.ofMillis(1 + random.nextInt(most)));
                switch (random.nextInt(10)) {
                    case 0, 1 -> click();
                    case 2 -> review();
                    case 3 -> {
                        if (random.nextInt(4) == 0) {
                            map();
                        }
                    }
                    default -> post();
                }
            }
        }

        private void click() {
            var id = door.id(false);
            clicks.add(id);
            var offer = List.of("offer", "other", "free").get(random.nextInt(3));
            var bot = random.nextInt(8) == 0 ? "agent" : "";
            submit(door.click(id, offer, bot, random.nextInt(8) == 0));
        }

        private void post() {
            var params = new StringBuilder();
            for (var name : List.of("clickid", "sub", "cid")) {
                if (random.nextInt(4) > 0 && !clicks.isEmpty()) {
                    add(params, name, clicks.get(random.nextInt(clicks.size())).text());
                }
            }
            for (var name : List.of("payout", "amount", "sum")) {
                if (random.nextBoolean()) {
                    add(params, name, Integer.toString(random.nextInt(4)));
                }
            }
            for (var name : List.of("txid", "order", "ref", "event_id", "eid")) {
                if (random.nextInt(3) == 0) {
                    add(params, name, "T" + random.nextInt(8));
                }
            }
            add(params, "status", STATUSES.get(random.nextInt(STATUSES.size())));
            if (random.nextInt(3) == 0) {
                add(params, "event", List.of("sale", "deposit", "what?").get(random.nextInt(3)));
            }
            var sender = List.of("", "net", "net2").get(random.nextInt(3));
            var feed = random.nextInt(5) == 0 ? Feed.PIXEL : Feed.S2S;
            submit(door.postback(feed, sender, Params.ofQuery(params.toString()), null));
        }

        private static void add(StringBuilder params, String name, String value) {
            params.append('&').append(name).append('=').append(value);
        }

        private void review() {
            var held =
                    door.postbacks().stream()
                            .filter(p -> door.state(p.subject()).held(p.recordId()).isPresent())
                            .toList();
            if (!held.isEmpty()) {
                submit(
                        door.reviewed(
                                held.get(random.nextInt(held.size())),
                                random.nextBoolean() ? Verdict.APPROVE : Verdict.REJECT,
                                Correction.NONE));
            }
        }

        private void submit(Event event) {
            events.add(event);
            door.submit(event);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void what_stands_after_a_replay_is_what_a_fresh_run_comes_to(long seed) {
        var traffic = new Traffic(seed, rules);
        traffic.play(60);

        for (int replay = 0; replay < 2; replay++) {
            traffic.map();
            replay(traffic, replay == 1);
            requireSame(traffic.door, fresh(traffic));
            traffic.play(3);
        }
    }

    private void replay(Traffic traffic, boolean deliver) {
        var door = traffic.door;
        var replay = door.replay(rules);
        var request =
                new ReplayRequest(0, Long.MAX_VALUE, Set.of(), Set.of(), deliver, "tester", "");
        var preview = replay.preview(replay.newId(), request, new ReplayProgress());
        var before = outcomes(traffic);
        var result = replay.apply(preview, new ReplayProgress());
        assertThat(result.left()).isEmpty();

        var after = outcomes(traffic);
        assertThat(preview.changes())
                .allSatisfy(change -> {
                    assertThat(change.before()).isEqualTo(before.get(change.recordId()));
                    assertThat(change.after().bare())
                            .isEqualTo(Objects.requireNonNull(after.get(change.recordId())).bare());
                });
        assertThat(preview.summary().revenueAfter()).isEqualTo(Sums.of(door.facts()).revenue());
        assertThat(after).hasSameSizeAs(before);
        requireRebuilt(door);
    }

    private static Map<Object, Outcome> outcomes(Traffic traffic) {
        var outcomes = new HashMap<Object, Outcome>();
        for (var subject : subjects(traffic.door)) {
            for (var report : traffic.door.state(subject).reports()) {
                assertThat(outcomes.put(report.recordId(), report.outcome()))
                        .as("a record in two places")
                        .isNull();
            }
        }
        assertThat(outcomes)
                .hasSize(
                        (int)
                                traffic.events.stream()
                                        .filter(PostbackReceived.class::isInstance)
                                        .count());
        return outcomes;
    }

    private static Set<Subject> subjects(Door door) {
        var subjects = new java.util.LinkedHashSet<Subject>();
        door.clicks().forEach(click -> subjects.add(Subject.click(click)));
        door.postbacks().forEach(p -> subjects.add(Subject.record(p.recordId())));
        return subjects;
    }

    /// The same requests, in order, in a new ledger that has known the mappings of now from the
    /// beginning.
    private MemoryLedger fresh(Traffic traffic) {
        var catalog = traffic.door.ledger.catalog();
        var fresh = new MemoryLedger(new MemoryTables(), rules, "USD");
        for (var type :
                List.of(
                        matchback.model.catalog.TrafficSource.class,
                        matchback.model.catalog.Sender.class,
                        matchback.model.catalog.Offer.class,
                        matchback.model.catalog.Campaign.class)) {
            for (var entity : catalog.all(type).values()) {
                fresh.change(new CatalogChange(0, "test", (Entity) entity))
                        .toCompletableFuture()
                        .join();
            }
        }
        long version = fresh.catalog().version();
        for (var event : traffic.events) {
            fresh.submit(again(event, traffic, version), null).join();
        }
        return fresh;
    }

    private static Event again(Event event, Traffic traffic, long version) {
        var door = traffic.door;
        return switch (event) {
            case ClickRecorded c ->
                    new ClickRecorded(
                            c.recordId(),
                            c.receivedAt(),
                            version,
                            c.subject(),
                            c.campaign(),
                            c.source(),
                            c.offer(),
                            c.externalId(),
                            c.creative(),
                            c.costMicros(),
                            c.costCurrency(),
                            c.reportCostMicros(),
                            c.subs(),
                            c.traits(),
                            c.unique(),
                            c.bot(),
                            c.prefetch(),
                            c.personalHash());
            case PostbackReceived p ->
                    at(version, door.reread(p, Optional.empty(), door.ledger.catalog()));
            case Event.Reviewed r -> {
                var of =
                        door.postbacks().stream()
                                .filter(p -> p.recordId().equals(r.reviewed()))
                                .findFirst()
                                .orElseThrow();
                var now = door.reread(of, Optional.empty(), door.ledger.catalog());
                yield new Event.Reviewed(
                        r.recordId(),
                        r.receivedAt(),
                        version,
                        now.subject(),
                        r.reviewed(),
                        r.verdict(),
                        r.by(),
                        r.note(),
                        r.correction());
            }
            default -> throw new IllegalStateException("no traffic: " + event);
        };
    }

    private static PostbackReceived at(long version, PostbackReceived p) {
        return new PostbackReceived(
                p.recordId(),
                p.receivedAt(),
                version,
                p.subject(),
                p.feed(),
                p.sender(),
                p.clickId(),
                p.clickParameter(),
                p.clickValue(),
                p.refusal(),
                p.detail(),
                p.params(),
                p.tokenFingerprints(),
                p.refusingSenders(),
                p.personalHash());
    }

    private static void requireSame(Door door, MemoryLedger fresh) {
        try (var snapshot = fresh.snapshot()) {
            for (var subject : subjects(door)) {
                var here = door.state(subject);
                var there = new SubjectState(snapshot.state(subject), subject);
                assertThat(reports(here))
                        .as("reports of %s", subject)
                        .containsExactlyInAnyOrderEntriesOf(reports(there));
                assertThat(conversions(here))
                        .as("conversions of %s", subject)
                        .isEqualTo(conversions(there));
            }
            var facts = new ArrayList<Fact>();
            for (int bucket = 0; bucket < Subject.BUCKETS; bucket++) {
                for (var entry : snapshot.entries(bucket, 0, Integer.MAX_VALUE)) {
                    facts.addAll(snapshot.facts(entry));
                }
            }
            assertThat(rows(door.facts())).containsExactlyInAnyOrderEntriesOf(rows(facts));
        }
    }

    private static Map<Object, Outcome> reports(SubjectState state) {
        var reports = new HashMap<Object, Outcome>();
        for (ReportState report : state.reports()) {
            reports.put(report.recordId(), report.outcome().bare());
        }
        return reports;
    }

    private static List<Conversion> conversions(SubjectState state) {
        return state.conversions().stream()
                .map(c ->
                        new Conversion(
                                c.id(),
                                c.eventType(),
                                c.txid(),
                                c.status(),
                                c.payout(),
                                c.revenueMicros(),
                                Optional.ofNullable(c.value()),
                                c.feeds(),
                                c.receivedAt(),
                                c.eventAt(),
                                c.reversedAt(),
                                c.changes()))
                .toList();
    }

    /// What the reports see, deliveries left out. Which txid a postback named that changed nothing
    /// stays as it was read first: nothing is decided by it.
    private static Map<Object, Row> rows(List<Fact> facts) {
        var rows = new HashMap<Object, Row>();
        for (var fact : Sums.of(facts).latest()) {
            if (fact.kind() != Kind.WITHDRAWN && fact.kind() != Kind.DELIVERY) {
                var texts = new TreeMap<>(fact.texts());
                if (fact.kind() == Kind.POSTBACK) {
                    texts.remove(Column.TXID);
                }
                rows.put(
                        List.of(fact.recordId(), fact.index()),
                        new Row(fact.kind(), fact.index(), fact.at(), texts, fact.numbers()));
            }
        }
        return rows;
    }

    private void requireRebuilt(Door door) {
        var again = door.tables.copy();
        var folded = List.of(Table.STATE, Table.FACTS, Table.OUTBOX);
        folded.forEach(again::clear);
        Rebuild.run(again, rules, new Catalogs(again, "USD"), again::apply, _ -> {});
        for (var table : folded) {
            assertThat(Rebuild.digest(again, table))
                    .as("%s", table)
                    .isEqualTo(Rebuild.digest(door.tables, table));
        }
    }
}
