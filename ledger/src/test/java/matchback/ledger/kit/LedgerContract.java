package matchback.ledger.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import matchback.ledger.Accepted;
import matchback.ledger.Completion.LedgerFailure;
import matchback.ledger.Event;
import matchback.ledger.Event.Check;
import matchback.ledger.Event.Checked;
import matchback.ledger.Event.PostbackReceived;
import matchback.ledger.EventCodec;
import matchback.ledger.Fact;
import matchback.ledger.Intent.OutboxEntry;
import matchback.ledger.Ledger;
import matchback.ledger.PersonalCodec;
import matchback.ledger.Rebuild;
import matchback.ledger.Snapshot;
import matchback.ledger.catalog.CatalogChange;
import matchback.ledger.testing.Await;
import matchback.model.Reason;
import matchback.model.RecordId;
import matchback.model.Subject;
import matchback.model.catalog.ExchangeRate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every engine promises. An engine's test extends it and says how it is hosted.
public abstract class LedgerContract {
    private static final String A = "subject-a";
    private static final String B = "subject-b";

    private final KitEvents events = new KitEvents(1);
    private KitHost host;
    private Ledger ledger;

    /// A new host without data.
    public abstract KitHost newHost();

    @BeforeEach
    void openHost() {
        host = newHost();
        ledger = host.open();
    }

    @AfterEach
    void closeHost() {
        host.close();
    }

    private Accepted accepted(Event event) {
        return ledger.submit(event, null).join();
    }

    private void reopen() {
        ledger.close();
        ledger = host.open();
    }

    // ---- acceptance

    @Test
    void an_accepted_event_is_in_the_ledger_when_its_submitter_hears_of_it() {
        var postback = events.postback(A, "text", "first");

        var entries =
                ledger.submit(postback, null)
                        .thenApply(_ -> {
                            try (var snapshot = ledger.snapshot()) {
                                return Ledgers.entries(snapshot);
                            }
                        })
                        .join();

        assertThat(entries).hasSize(1);
        assertThat(entries.getFirst().event()).usingRecursiveComparison().isEqualTo(postback);
    }

    @Test
    void an_accepted_event_survives_a_crash() {
        var postback = events.postback(A, "text", "first");
        accepted(postback);

        host.crash();
        ledger = host.open();

        try (var snapshot = ledger.snapshot()) {
            assertThat(Ledgers.ids(snapshot)).containsExactly(postback.recordId());
        }
    }

    @Test
    void the_receipt_has_the_hash_of_the_stored_bytes_and_the_outcome() {
        var postback = events.postback(A, "text", "first");

        var accepted = accepted(postback);

        assertThat(accepted.recordId()).isEqualTo(postback.recordId());
        assertThat(accepted.recordHash()).isEqualTo(Ledgers.sha256(EventCodec.encode(postback)));
        assertThat(accepted.outcome()).isEqualTo(KitRules.outcome(Reason.NEW_CONVERSION, 1, "0"));
    }

    @Test
    void an_event_without_an_outcome_is_accepted_without_one() {
        var accepted = accepted(events.click(A));

        assertThat(accepted.outcome()).isNull();
    }

    @Test
    void an_event_sees_what_the_ones_before_it_wrote() {
        var futures = new ArrayList<CompletableFuture<Accepted>>();
        for (int i = 0; i < 50; i++) {
            futures.add(ledger.submit(events.postback(A, "text", "n" + i), null));
        }

        var counts =
                futures.stream()
                        .map(future -> future.join().outcome())
                        .map(Ledgers::count)
                        .toList();

        assertThat(counts).containsExactlyElementsOf(Ledgers.numbers(1, 50));
    }

    @Test
    void what_an_event_deletes_is_gone_for_the_next_one() {
        accepted(events.postback(A, "text", "one"));
        accepted(events.postback(A, "text", "two"));

        var forgetting = accepted(events.postback(A, "forget", ""));
        var next = accepted(events.postback(A, "text", "three"));

        assertThat(Ledgers.count(forgetting.outcome())).isZero();
        assertThat(Ledgers.count(next.outcome())).isEqualTo(1);
    }

    // ---- resends

    @Test
    void the_same_record_again_gives_the_same_answer_and_no_second_entry() {
        var postback = events.postback(A, "text", "first");
        var first = accepted(postback);
        accepted(events.postback(A, "text", "second"));

        var again = accepted(postback);

        assertThat(again).usingRecursiveComparison().isEqualTo(first);
        try (var snapshot = ledger.snapshot()) {
            assertThat(Ledgers.entries(snapshot)).hasSize(2);
        }
    }

    @Test
    void the_same_record_again_after_a_restart_gives_the_same_answer() {
        var asking = events.postback(A, "ask", "tx:s:1");
        var first = accepted(asking);

        reopen();
        var again = accepted(asking);

        assertThat(again).usingRecursiveComparison().isEqualTo(first);
        try (var snapshot = ledger.snapshot()) {
            assertThat(Ledgers.entries(snapshot)).hasSize(3);
        }
    }

    @Test
    void the_same_record_twice_in_a_burst_is_stored_once() {
        var postback = events.postback(A, "text", "first");
        var futures = new ArrayList<CompletableFuture<Accepted>>();
        for (int i = 0; i < 20; i++) {
            futures.add(ledger.submit(postback, null));
        }

        var outcomes = futures.stream().map(future -> future.join().outcome()).distinct().toList();

        assertThat(outcomes).hasSize(1);
        try (var snapshot = ledger.snapshot()) {
            assertThat(Ledgers.entries(snapshot)).hasSize(1);
        }
    }

    // ---- poison

    @Test
    void a_poisoned_event_is_kept_and_its_neighbours_stay_whole() {
        var futures = new ArrayList<CompletableFuture<Accepted>>();
        futures.add(ledger.submit(events.postback(A, "text", "before"), null));
        var poisoned = events.postback(A, "poison", "", "text", "never");
        futures.add(ledger.submit(poisoned, null));
        futures.add(ledger.submit(events.postback(A, "text", "after"), null));

        var outcomes = futures.stream().map(future -> future.join().outcome()).toList();

        assertThat(outcomes.get(0)).isEqualTo(KitRules.outcome(Reason.NEW_CONVERSION, 1, "0"));
        assertThat(outcomes.get(1)).isEqualTo(KitRules.outcome(Reason.INTERNAL_ERROR, 0, ""));
        assertThat(outcomes.get(2)).isEqualTo(KitRules.outcome(Reason.NEW_CONVERSION, 2, "0"));
        try (var snapshot = ledger.snapshot()) {
            assertThat(Ledgers.entries(snapshot)).hasSize(3);
            var state = snapshot.state(poisoned.subject());
            assertThat(KitRules.textOf(state, poisoned.subject(), poisoned.recordId())).isEmpty();
        }
    }

    @Test
    void an_event_that_cannot_even_be_poisoned_fails_alone_and_leaves_nothing() {
        var before = ledger.submit(events.postback(A, "text", "before"), null);
        var hopeless = ledger.submit(events.postback(A, "hopeless", ""), events.personal());
        var after = ledger.submit(events.postback(A, "text", "after"), null);

        assertThatThrownBy(hopeless::join).hasCauseInstanceOf(LedgerFailure.class);
        assertThat(Ledgers.count(before.join().outcome())).isEqualTo(1);
        assertThat(Ledgers.count(after.join().outcome())).isEqualTo(2);
        try (var snapshot = ledger.snapshot()) {
            assertThat(Ledgers.entries(snapshot)).hasSize(2);
            Ledgers.requireWholeChains(snapshot);
        }
    }

    // ---- checks

    @Test
    void a_check_goes_to_the_other_bucket_and_its_answer_decides() {
        var asking = events.postback(A, "ask", "tx:s:1");
        var first = accepted(asking);
        var second = accepted(events.postback(B, "ask", "tx:s:1"));

        assertThat(first.outcome()).isEqualTo(KitRules.outcome(Reason.NEW_CONVERSION, 1, A));
        assertThat(second.outcome())
                .isEqualTo(KitRules.outcome(Reason.DUPLICATE_TRANSACTION_OTHER_CLICK, 1, A));
        try (var snapshot = ledger.snapshot()) {
            var transaction = new Subject("tx:s:1");
            assertThat(snapshot.entries(transaction.bucket(), 0, 10))
                    .extracting(Snapshot.Entry::event)
                    .filteredOn(event -> event.recordId().equals(asking.recordId()))
                    .hasExactlyElementsOfTypes(Check.class);
            assertThat(snapshot.entries(new Subject(A).bucket(), 0, 10))
                    .extracting(Snapshot.Entry::event)
                    .filteredOn(event -> event.subject().text().equals(A))
                    .hasExactlyElementsOfTypes(PostbackReceived.class, Checked.class);
        }
    }

    // ---- order and chains

    @Test
    void positions_in_a_bucket_have_no_gap_and_follow_the_order_of_submission() {
        var submitted = new HashMap<Integer, List<RecordId>>();
        var futures = new ArrayList<CompletableFuture<Accepted>>();
        for (int i = 0; i < 300; i++) {
            var event = events.postback("subject-" + i % 40, "text", "n" + i);
            submitted
                    .computeIfAbsent(event.subject().bucket(), _ -> new ArrayList<>())
                    .add(event.recordId());
            futures.add(ledger.submit(event, null));
        }
        futures.forEach(CompletableFuture::join);

        try (var snapshot = ledger.snapshot()) {
            submitted.forEach((bucket, ids) -> {
                var entries = snapshot.entries(bucket, 0, 1000);
                assertThat(entries)
                        .extracting(Snapshot.Entry::offset)
                        .containsExactlyElementsOf(Ledgers.offsets(1, ids.size()));
                assertThat(entries)
                        .extracting(entry -> entry.event().recordId())
                        .containsExactlyElementsOf(ids);
            });
        }
    }

    @Test
    void entries_are_read_in_pages_and_one_by_one() {
        for (int i = 0; i < 10; i++) {
            accepted(events.postback(A, "text", "n" + i));
        }
        int bucket = new Subject(A).bucket();

        try (var snapshot = ledger.snapshot()) {
            var page = snapshot.entries(bucket, 4, 3);

            assertThat(page).extracting(Snapshot.Entry::offset).containsExactly(5L, 6L, 7L);
            assertThat(snapshot.entries(bucket, 10, 3)).isEmpty();
            assertThat(snapshot.entries(bucket, 0, 0)).isEmpty();
            assertThat(snapshot.entry(bucket, 5))
                    .get()
                    .usingRecursiveComparison()
                    .isEqualTo(page.getFirst());
            assertThat(snapshot.entry(bucket, 11)).isEmpty();
        }
    }

    @Test
    void the_chain_over_all_record_hashes_ends_in_the_stored_head() {
        for (int i = 0; i < 200; i++) {
            accepted(events.postback("subject-" + i % 90, "ask", "tx:s:" + i % 7));
        }

        try (var snapshot = ledger.snapshot()) {
            Ledgers.requireWholeChains(snapshot);
            assertThat(Ledgers.entries(snapshot)).hasSize(600);
        }
    }

    // ---- facts, outbox, personal blocks

    @Test
    void facts_are_those_the_rules_decided_and_a_clicks_are_made_from_its_event() {
        var click = events.click(A);
        var postback = events.postback(A, "text", "one");
        accepted(click);
        accepted(postback);

        try (var snapshot = ledger.snapshot()) {
            var entries = snapshot.entries(new Subject(A).bucket(), 0, 10);

            assertThat(snapshot.facts(entries.get(0))).containsExactly(Fact.ofClick(click));
            assertThat(snapshot.facts(entries.get(1)))
                    .singleElement()
                    .satisfies(fact -> {
                        assertThat(fact.recordId()).isEqualTo(postback.recordId());
                        assertThat(fact.version()).isEqualTo(2);
                        assertThat(fact.numbers()).containsValue(1L);
                    });
        }
    }

    @Test
    void the_outbox_lists_what_is_scheduled_soonest_first() {
        accepted(events.postback(A, "schedule", "3000"));
        accepted(events.postback(B, "schedule", "1000"));
        accepted(events.postback("subject-c", "schedule", "2000"));
        accepted(events.postback("subject-c", "unschedule", "2000"));

        try (var snapshot = ledger.snapshot()) {
            assertThat(Ledgers.outbox(snapshot, KitRules.DESTINATION))
                    .containsExactly(
                            new OutboxEntry(KitRules.DESTINATION, 1000, new Subject(B), 1),
                            new OutboxEntry(KitRules.DESTINATION, 3000, new Subject(A), 1));
            assertThat(Ledgers.outbox(snapshot, "source:other")).isEmpty();
            assertThat(snapshot.outboxDestinations()).containsExactly(KitRules.DESTINATION);
        }
    }

    @Test
    void an_attempt_moves_a_delivery_and_the_last_one_takes_it_out() {
        accepted(events.postback(A, "schedule", Long.toString(KitEvents.AT)));

        accepted(events.attempt(A, KitEvents.AT + 5000));
        List<OutboxEntry> moved;
        try (var snapshot = ledger.snapshot()) {
            moved = Ledgers.outbox(snapshot, KitRules.DESTINATION);
        }
        accepted(events.postback(A, "unschedule", Long.toString(KitEvents.AT + 5000)));

        assertThat(moved).extracting(OutboxEntry::dueAt).containsExactly(KitEvents.AT + 5000);
        try (var snapshot = ledger.snapshot()) {
            assertThat(snapshot.outboxDestinations()).isEmpty();
        }
    }

    @Test
    void a_personal_block_is_stored_with_its_record_and_matches_its_hash() {
        var block = events.personal();
        var click = events.click(A, block);

        ledger.submit(click, block).join();

        try (var snapshot = ledger.snapshot()) {
            var stored = snapshot.personal(click.recordId()).orElseThrow();
            assertThat(stored).usingRecursiveComparison().isEqualTo(block);
            assertThat(PersonalCodec.hash(stored)).isEqualTo(click.personalHash());
        }
    }

    @Test
    void a_record_without_a_personal_block_has_none() {
        var click = events.click(A);

        accepted(click);

        try (var snapshot = ledger.snapshot()) {
            assertThat(snapshot.personal(click.recordId())).isEmpty();
        }
    }

    @Test
    void a_postback_is_found_by_its_record_id_also_after_a_crash_and_a_click_is_none() {
        var click = events.click(A);
        var first = events.postback(A, "text", "one");
        var other = events.postback("other", "text", "two");
        accepted(click);
        accepted(first);
        accepted(other);

        host.crash();
        ledger = host.open();

        try (var snapshot = ledger.snapshot()) {
            var found = snapshot.postback(first.recordId()).orElseThrow();
            assertThat(found.event()).usingRecursiveComparison().isEqualTo(first);
            assertThat(snapshot.entry(found.bucket(), found.offset()).orElseThrow().recordHash())
                    .isEqualTo(found.recordHash());
            assertThat(snapshot.postback(click.recordId())).isEmpty();
        }
    }

    @Test
    void record_ids_between_two_are_found_in_their_order() {
        var ids = new ArrayList<RecordId>();
        for (int i = 0; i < 5; i++) {
            var postback = events.postback("subject" + i, "text", "one");
            accepted(postback);
            ids.add(postback.recordId());
        }
        Collections.sort(ids);

        try (var snapshot = ledger.snapshot()) {
            assertThat(snapshot.postbacks(ids.get(1), ids.get(3), 10))
                    .containsExactlyElementsOf(ids.subList(1, 4));
            assertThat(snapshot.postbacks(ids.get(0), ids.get(4), 2))
                    .containsExactlyElementsOf(ids.subList(0, 2));
            assertThat(snapshot.postbacks(ids.get(0), ids.get(4), 0)).isEmpty();
        }
    }

    // ---- snapshots

    @Test
    void a_snapshot_does_not_see_what_comes_after_it() {
        accepted(events.postback(A, "text", "one", "schedule", "1000"));
        try (var before = ledger.snapshot()) {
            var later = events.postback(A, "text", "two", "schedule", "2000");
            ledger.submit(later, events.personal()).join();
            rate("EUR", "1.10");

            assertThat(Ledgers.entries(before)).hasSize(1);
            assertThat(before.head(new Subject(A).bucket()).offset()).isEqualTo(1);
            assertThat(Ledgers.outbox(before, KitRules.DESTINATION)).hasSize(1);
            assertThat(before.catalogChanges(0, 10)).isEmpty();
            assertThat(
                            KitRules.textOf(
                                    before.state(later.subject()),
                                    later.subject(),
                                    later.recordId()))
                    .isEmpty();
        }
        try (var after = ledger.snapshot()) {
            assertThat(Ledgers.entries(after)).hasSize(2);
        }
    }

    @Test
    void a_snapshot_cannot_be_written_and_may_be_closed_twice() {
        var snapshot = ledger.snapshot();
        var state = snapshot.state(new Subject(A));

        assertThatThrownBy(() -> state.put(new byte[] {1}, new byte[] {2}))
                .isInstanceOf(UnsupportedOperationException.class);
        snapshot.close();
        snapshot.close();
    }

    @Test
    void prefetching_changes_nothing() {
        accepted(events.postback(A, "text", "one"));

        ledger.prefetch(new Subject(A));
        ledger.prefetch(new Subject("never-seen"));

        assertThat(Ledgers.count(accepted(events.postback(A, "text", "two")).outcome()))
                .isEqualTo(2);
    }

    // ---- catalog

    @Test
    void a_change_is_in_force_once_it_is_durable_and_survives_a_crash() {
        var catalog = rate("EUR", "1.10");

        assertThat(catalog).isEqualTo(1);
        assertThat(ledger.catalog().version()).isEqualTo(1);
        assertThat(ledger.catalog().all(ExchangeRate.class)).containsKey("EUR");
        host.crash();
        ledger = host.open();
        assertThat(ledger.catalog().version()).isEqualTo(1);
        assertThat(ledger.catalog().all(ExchangeRate.class)).containsKey("EUR");
    }

    @Test
    void every_version_of_the_catalog_stays_readable() {
        int versions = 200;
        var changes = new ArrayList<CompletableFuture<?>>();
        for (int i = 1; i <= versions; i++) {
            changes.add(change("EUR", "1." + i).toCompletableFuture());
        }
        changes.forEach(CompletableFuture::join);

        for (int i = 0; i <= versions; i++) {
            var catalog = ledger.catalog(i);
            assertThat(catalog.version()).isEqualTo(i);
            if (i > 0) {
                assertThat(catalog.all(ExchangeRate.class).get("EUR"))
                        .extracting(ExchangeRate::rate)
                        .isEqualTo(new BigDecimal("1." + i));
            }
        }
        assertThatThrownBy(() -> ledger.catalog(versions + 1))
                .isInstanceOf(IllegalArgumentException.class);
        try (var snapshot = ledger.snapshot()) {
            assertThat(snapshot.catalogChanges(versions - 2, 10)).hasSize(2);
        }
    }

    @Test
    void an_event_is_decided_with_the_catalog_it_was_taken_under() {
        rate("EUR", "1.10");
        rate("EUR", "1.20");

        var old = accepted(events.postback(A, 1, "text", "one")).outcome();
        var newest = accepted(events.postback(A, 2, "text", "two")).outcome();

        assertThat(old).extracting("detail").isEqualTo("1");
        assertThat(newest).extracting("detail").isEqualTo("2");
    }

    private long rate(String currency, String rate) {
        return change(currency, rate).toCompletableFuture().join().version();
    }

    private java.util.concurrent.CompletionStage<matchback.model.catalog.Catalog> change(
            String currency, String rate) {
        return ledger.change(
                new CatalogChange(
                        KitEvents.AT,
                        "token:kit",
                        new ExchangeRate(currency, new BigDecimal(rate), false)));
    }

    // ---- many threads

    @Test
    void everything_acknowledged_to_many_threads_is_there_exactly_once() {
        int threads = 8;
        int each = 250;
        var acknowledged = new ConcurrentLinkedQueue<RecordId>();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int thread = 0; thread < threads; thread++) {
                var own = new KitEvents(100 + thread);
                pool.execute(() -> {
                    for (int i = 0; i < each; i++) {
                        var subject = "subject-" + i % 25;
                        var event =
                                i % 3 == 0 ? own.click(subject) : own.postback(subject, "text", "");
                        acknowledged.add(ledger.submit(event, null).join().recordId());
                    }
                });
            }
        }

        try (var snapshot = ledger.snapshot()) {
            assertThat(acknowledged).hasSize(threads * each);
            assertThat(Ledgers.ids(snapshot).stream().sorted().toList())
                    .isEqualTo(acknowledged.stream().sorted().toList());
            Ledgers.requireWholeChains(snapshot);
        }
    }

    @Test
    void listeners_hear_of_commits() {
        var heard = new AtomicInteger();
        ledger.onCommit(heard::incrementAndGet);
        ledger.onCommit(() -> {
            throw new IllegalStateException("a listener that throws hurts nobody");
        });

        accepted(events.click(A));
        Await.until("a commit was heard", () -> heard.get() == 1);
        rate("EUR", "1.10");

        Await.until("the second commit was heard", () -> heard.get() == 2);
    }

    // ---- restart, rebuild, close

    @Test
    void reopening_gives_everything_back() {
        var block = events.personal();
        ledger.submit(events.click(A, block), block).join();
        accepted(events.postback(A, "ask", "tx:s:1", "schedule", "1000"));
        rate("EUR", "1.10");
        var before = described();

        reopen();

        assertThat(described()).isEqualTo(before);
        assertThat(Ledgers.count(accepted(events.postback(A, "text", "")).outcome())).isEqualTo(2);
    }

    private String described() {
        try (var snapshot = ledger.snapshot()) {
            return Ledgers.describe(snapshot, KitRules.DESTINATION)
                    + " catalog "
                    + ledger.catalog().version();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void a_rebuild_gives_the_same_state_facts_and_outbox(long seed) {
        var random = new SplittableRandom(Long.getLong("seed", seed));
        int count = 20 << Math.min(seed, 6);
        var futures = new ArrayList<CompletableFuture<Accepted>>();
        for (int i = 0; i < count; i++) {
            if (random.nextInt(50) == 0) {
                rate("EUR", "1." + (1 + random.nextInt(99)));
            }
            futures.add(ledger.submit(someEvent(random), null));
        }
        for (var future : futures) {
            future.handle((accepted, failure) -> accepted).join();
        }
        ledger.close();

        var digests = host.rebuild();

        assertThat(digests.after()).isEqualTo(digests.before());
        assertThat(digests.before()).hasSameSizeAs(Rebuild.FOLDED);
        ledger = host.open();
        try (var snapshot = ledger.snapshot()) {
            assertThat(Ledgers.entries(snapshot)).hasSizeGreaterThanOrEqualTo(count / 2);
        }
    }

    private Event someEvent(SplittableRandom random) {
        var subject = "subject-" + random.nextInt(12);
        long version = ledger.catalog().version();
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> events.click(subject);
            case 3 -> events.postback(subject, version, "ask", "tx:s:" + random.nextInt(5));
            case 4 -> events.postback(subject, version, "poison", "");
            case 5 -> events.postback(subject, version, "hopeless", "");
            case 6 -> events.postback(subject, version, "forget", "");
            case 7 ->
                    events.postback(
                            subject, version, "schedule", Integer.toString(random.nextInt(9)));
            case 8 ->
                    events.postback(
                            subject, version, "unschedule", Integer.toString(random.nextInt(9)));
            // Half of a surrogate pair: no UTF-8 has it, so what is read back is another text.
            default -> events.postback(subject, version, "text", "t\uD800" + random.nextInt(9));
        };
    }

    @Test
    void closing_finishes_what_is_queued_and_refuses_what_comes_after() {
        var queued = new ArrayList<CompletableFuture<Accepted>>();
        for (int i = 0; i < 500; i++) {
            queued.add(ledger.submit(events.click("subject-" + i), null));
        }

        ledger.close();
        var late = ledger.submit(events.click(A), null);
        var lateChange = change("EUR", "1.10").toCompletableFuture();

        assertThat(queued).allSatisfy(future -> future.join());
        assertThatThrownBy(late::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(LedgerFailure.class);
        assertThatThrownBy(lateChange::join).hasCauseInstanceOf(LedgerFailure.class);
        ledger.close();
        ledger = host.open();
        try (var snapshot = ledger.snapshot()) {
            assertThat(Ledgers.entries(snapshot)).hasSize(500);
        }
    }
}
