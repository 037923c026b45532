package matchback.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import matchback.attribute.testing.Door;
import matchback.attribute.testing.Samples;
import matchback.attribute.testing.Sums;
import matchback.ledger.Catalogs;
import matchback.ledger.Column;
import matchback.ledger.Correction;
import matchback.ledger.Event.AttemptResult;
import matchback.ledger.Event.DeliveryAttempted;
import matchback.ledger.Fact.Kind;
import matchback.ledger.Intent.OutboxEntry;
import matchback.ledger.Rebuild;
import matchback.ledger.Table;
import matchback.ledger.Verdict;
import matchback.ledger.state.ConversionState;
import matchback.model.ClickId;
import matchback.model.Decision;
import matchback.model.Feed;
import matchback.model.Params;
import matchback.model.Status;
import matchback.model.Subject;
import matchback.model.catalog.ConversionCap;
import matchback.model.catalog.DuplicateRule;
import matchback.model.catalog.PayoutRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds over any history: random reports about a few clicks, with catalog changes, resends
/// and delivery attempts between them. `-Dseed=…` runs one seed.
final class HistoryTest {
    private static final int EVENTS = 250;
    private static final List<Status> STATUSES = List.of(Status.values());
    private static final List<String> WORDS =
            List.of("lead", "sale", "rejected", "refund", "2", "foo", "", "{status}");
    private static final List<String> PAYOUTS =
            List.of("", "0", "5", "12.50", "12,,5x", "9999", "-1", "{payout}");
    private static final List<String> ODDITIES =
            List.of(
                    "",
                    "&currency=EUR",
                    "&currency=GBP",
                    "&currency=QQQ",
                    "&event=lead",
                    "&event=nonsense",
                    "&event_time=1",
                    "&event_time=never",
                    "&value=40",
                    "&payout=1&payout=2");

    static LongStream seeds() {
        var only = Long.getLong("seed");
        return only == null ? LongStream.rangeClosed(1, 40) : LongStream.of(only);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void every_report_has_one_decision_and_every_conversion_counts_once(long seed) {
        var door = new Door(seed, new Rules(RulesConfig.DEFAULT));

        play(door, new SplittableRandom(seed));

        var sums = Sums.of(door.facts());
        int received = door.postbacks().size();
        assertThat(sums.decisions().values().stream().mapToLong(n -> n).sum()).isEqualTo(received);
        assertThat(sums.kind(Kind.POSTBACK)).hasSize(received);
        assertThat(sums.kind(Kind.POSTBACK))
                .noneMatch(row -> "internal_error".equals(row.texts().get(Column.REASON)));
        checkClicks(door, sums);
        checkRebuild(door);
    }

    private static void checkClicks(Door door, Sums sums) {
        long revenue = 0;
        int conversions = 0;
        var transactions = new HashSet<String>();
        for (var click : new HashSet<>(door.clicks())) {
            var state = door.state(click);
            for (var conversion : state.conversions()) {
                conversions++;
                revenue += revenue(conversion);
                if (!conversion.txid().isEmpty()) {
                    var transaction =
                            conversion.sender()
                                    + ':'
                                    + conversion.eventType()
                                    + ':'
                                    + conversion.txid();
                    assertThat(transactions.add(transaction)).as(transaction).isTrue();
                }
            }
            long counted =
                    state.reports().stream()
                            .filter(r -> r.outcome().reason().decision().word().equals("counted"))
                            .count();
            assertThat(counted).isEqualTo(state.conversions().size());
        }
        assertThat(sums.kind(Kind.CONVERSION)).hasSize(conversions);
        assertThat(sums.revenue()).isEqualTo(revenue);
    }

    private static long revenue(ConversionState conversion) {
        return switch (conversion.status()) {
            case PENDING, APPROVED -> conversion.revenueMicros();
            case REJECTED, REVERSED -> 0;
        };
    }

    static void checkRebuild(Door door) {
        checkRebuild(door, RulesConfig.DEFAULT);
    }

    static void checkRebuild(Door door, RulesConfig config) {
        var tables = door.tables.copy();
        var folded = Rebuild.FOLDED;
        var before = folded.stream().map(table -> Rebuild.digest(tables, table)).toList();
        folded.forEach(tables::clear);

        long events =
                Rebuild.run(
                        tables,
                        new Rules(config),
                        new Catalogs(tables, "USD"),
                        tables::apply,
                        _ -> {});

        var after = folded.stream().map(table -> Rebuild.digest(tables, table)).toList();
        assertThat(events).isGreaterThan(door.postbacks().size());
        assertThat(after).isEqualTo(before);
    }

    private static void play(Door door, SplittableRandom random) {
        door.set(Samples.rate("EUR", "1.1"));
        door.set(Samples.limited("net", 1_000_000_000));
        door.set(Samples.sender("other"));
        door.set(Samples.offer("theirs", "other", null));
        for (int i = 0; i < EVENTS; i++) {
            door.pass(Duration.ofSeconds(random.nextInt(4 * 3600)));
            switch (random.nextInt(16)) {
                case 0 ->
                        door.click(
                                random.nextBoolean() ? "offer" : "theirs",
                                random.nextInt(8) == 0 ? "agent" : "",
                                random.nextInt(5) == 0);
                case 1 -> resend(door, random);
                case 2 -> attempt(door, random);
                case 3 -> door.id(random.nextBoolean());
                case 4 -> door.set(Samples.offer("offer", "net", 1_000_000L * random.nextInt(20)));
                case 5, 6 -> review(door, random);
                case 7 -> changeRules(door, random);
                case 8 -> edit(door, random);
                default -> report(door, random);
            }
        }
    }

    /// By event id alone one txid may be of two conversions, and so nothing could be said of those.
    private static void changeRules(Door door, SplittableRandom random) {
        var duplicates = EnumSet.complementOf(EnumSet.of(DuplicateRule.EVENT_ID));
        var payouts =
                Arrays.asList(
                        null,
                        new PayoutRule(PayoutRule.Kind.FIXED, 3_000_000),
                        new PayoutRule(PayoutRule.Kind.SHARE_OF_PAYOUT, 33_333_333),
                        new PayoutRule(PayoutRule.Kind.OFFER_DEFAULT, 0));
        var sender = random.nextBoolean() ? "net" : "other";
        door.set(
                Samples.sender(sender)
                        .with(
                                payouts.get(random.nextInt(payouts.size())),
                                List.copyOf(duplicates).get(random.nextInt(duplicates.size()))));
        var cap = random.nextBoolean() ? new ConversionCap(1 + random.nextInt(3), null) : null;
        door.set(Samples.offer("offer", "net").with(cap, Map.of("deposit", 60)));
    }

    private static void report(Door door, SplittableRandom random) {
        var clicks = door.clicks();
        if (clicks.isEmpty()) {
            return;
        }
        var recent = clicks.subList(Math.max(0, clicks.size() - 4), clicks.size());
        var click = recent.get(random.nextInt(recent.size()));
        var query = new StringBuilder("clickid=" + click);
        int txid = random.nextInt(6);
        if (txid > 0) {
            query.append("&txid=T").append(txid);
        }
        if (random.nextInt(3) == 0) {
            query.append("&event_id=E").append(random.nextInt(5));
        }
        query.append("&status=").append(WORDS.get(random.nextInt(WORDS.size())));
        if (random.nextInt(6) == 0) {
            query.append(ODDITIES.get(random.nextInt(ODDITIES.size())));
        } else {
            query.append("&payout=").append(PAYOUTS.get(random.nextInt(PAYOUTS.size())));
        }
        var feed = random.nextInt(4) == 0 ? Feed.PIXEL : Feed.S2S;
        var sender = random.nextInt(10) == 0 ? "other" : random.nextInt(20) == 0 ? "no" : "";
        door.post(feed, sender, query.toString());
    }

    private static void resend(Door door, SplittableRandom random) {
        var postbacks = door.postbacks();
        if (postbacks.isEmpty()) {
            return;
        }
        var postback = postbacks.get(random.nextInt(postbacks.size()));
        var before = door.state(postback.subject()).report(postback.recordId()).orElseThrow();
        int facts = door.facts().size();

        var again = door.ledger.submit(postback, null).join().outcome();

        assertThat(again).isEqualTo(before.outcome());
        assertThat(door.facts()).hasSize(facts);
    }

    private static void review(Door door, SplittableRandom random) {
        var postbacks = door.postbacks();
        if (postbacks.isEmpty()) {
            return;
        }
        var postback = postbacks.get(random.nextInt(postbacks.size()));
        var before = door.state(postback.subject()).report(postback.recordId()).orElseThrow();
        var correction =
                new Correction(
                        random.nextBoolean() ? Status.APPROVED : null,
                        random.nextInt(4) == 0 ? "deposit" : "",
                        random.nextBoolean() ? 7_000_000L : null,
                        random.nextBoolean() ? "USD" : "",
                        random.nextInt(4) == 0 ? "T" + random.nextInt(6) : "");
        var verdict = random.nextInt(4) == 0 ? Verdict.REJECT : Verdict.APPROVE;

        var now = door.review(postback, verdict, correction);

        if (before.outcome().reason().decision() != Decision.HELD) {
            assertThat(now).isEqualTo(before.outcome());
        }
    }

    private static void edit(Door door, SplittableRandom random) {
        var clicks = door.clicks();
        if (clicks.isEmpty()) {
            return;
        }
        var click = clicks.get(random.nextInt(clicks.size()));
        var conversions = door.state(click).conversions();
        if (conversions.isEmpty()) {
            return;
        }
        var conversion = conversions.get(random.nextInt(conversions.size()));
        door.edit(
                click,
                conversion.recordId(),
                new Correction(
                        random.nextBoolean() ? STATUSES.get(random.nextInt(STATUSES.size())) : null,
                        random.nextInt(4) == 0 ? "deposit" : "",
                        random.nextBoolean() ? 1_000_000L * random.nextInt(9) : null,
                        random.nextInt(4) == 0 ? "EUR" : "",
                        ""));
    }

    private static void attempt(Door door, SplittableRandom random) {
        var entries = new ArrayList<OutboxEntry>();
        door.ledger.snapshot().outbox("source:src", entries::add);
        if (entries.isEmpty()) {
            return;
        }
        var entry = entries.get(random.nextInt(entries.size()));
        var delivery = door.state(entry.subject()).delivery(entry.delivery()).orElseThrow();
        var result = List.of(AttemptResult.values()).get(random.nextInt(4));
        boolean ends = result == AttemptResult.DELIVERED || result == AttemptResult.DEAD;
        door.submit(
                new DeliveryAttempted(
                        door.nextRecord(),
                        door.now(),
                        door.ledger.catalog().version(),
                        entry.subject(),
                        entry.delivery(),
                        delivery.attemptsMade() + 1,
                        result,
                        "https://source.example/pb",
                        500,
                        "",
                        3,
                        ends ? 0 : door.now() + random.nextInt(100_000)));
    }

    @Test
    void a_report_sent_again_gets_its_answer_and_leaves_no_trace() {
        var door = new Door();
        var click = door.click();
        var report =
                door.postback(Feed.S2S, "", Params.ofQuery("clickid=" + click + "&txid=A1"), null);
        var first = Objects.requireNonNull(door.submit(report));
        door.post(click, "txid=A1&status=rejected");
        var before =
                List.of(Table.values()).stream().map(t -> Rebuild.digest(door.tables, t)).toList();

        var again = door.submit(report);

        var after =
                List.of(Table.values()).stream().map(t -> Rebuild.digest(door.tables, t)).toList();
        assertThat(again).isEqualTo(first);
        assertThat(after).isEqualTo(before);
    }

    @Test
    void the_history_of_a_conversion_tells_each_change() {
        var door = new Door();
        ClickId click = door.click();
        door.post(click, "txid=A1&status=lead&payout=1");
        door.post(click, "txid=A1&status=lead&payout=1");
        door.post(click, "txid=A1&status=sale&payout=2");
        door.post(click, "txid=A1&status=sale&payout=3");

        var conversion = door.state(Subject.click(click)).conversions().getFirst();

        assertThat(conversion.changes())
                .extracting(change -> change.reason().code() + ' ' + change.payout().plain())
                .containsExactly(
                        "new_conversion 1.00", "status_changed 2.00", "payout_changed 3.00");
        assertThat(conversion.status()).isEqualTo(Status.APPROVED);
    }
}
