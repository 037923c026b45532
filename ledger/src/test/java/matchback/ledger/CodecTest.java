package matchback.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import matchback.ledger.Fields.CorruptRecord;
import matchback.ledger.Fields.Writer;
import matchback.ledger.Intent.OutboxEntry;
import matchback.ledger.Snapshot.Head;
import matchback.ledger.catalog.CatalogCodec;
import matchback.ledger.memory.MemoryTables;
import matchback.ledger.testing.Golden;
import matchback.ledger.testing.Mutations;
import matchback.model.Subject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The stored forms, as they were when they were first written.
final class CodecTest {
    private static Stream<String> eventNames() {
        return Samples.events().keySet().stream();
    }

    private static Stream<String> changeNames() {
        return Samples.catalogChanges().keySet().stream();
    }

    private static Event event(String name) {
        return Objects.requireNonNull(Samples.events().get(name));
    }

    @ParameterizedTest
    @MethodSource("eventNames")
    void an_event_looks_as_it_always_did_and_is_read_back_whole(String name) {
        var event = event(name);

        var stored = Golden.require("v1/event-" + name, EventCodec.encode(event));

        assertThat(EventCodec.decode(stored)).usingRecursiveComparison().isEqualTo(event);
        assertThat(EventCodec.decode(stored)).hasSameClassAs(event);
    }

    @ParameterizedTest
    @MethodSource("eventNames")
    void a_damaged_event_is_corrupt_or_another_event_and_nothing_else(String name) {
        Mutations.requireOnlyCorruptRecords(EventCodec.encode(event(name)), EventCodec::decode);
    }

    @Test
    void personal_blocks_look_as_they_always_did() {
        for (var block : List.of(Samples.fullBlock(), Samples.emptyBlock())) {
            var name = block.address().isEmpty() ? "v1/personal-empty" : "v1/personal-full";

            var stored = Golden.require(name, PersonalCodec.encode(block));

            assertThat(PersonalCodec.decode(stored)).usingRecursiveComparison().isEqualTo(block);
            Mutations.requireOnlyCorruptRecords(stored, PersonalCodec::decode);
        }
    }

    @Test
    void a_personal_block_with_user_data_looks_as_it_always_did() {
        var stored =
                Golden.require("v1/personal-person", PersonalCodec.encode(Samples.personBlock()));

        assertThat(PersonalCodec.decode(stored))
                .usingRecursiveComparison()
                .isEqualTo(Samples.personBlock());
        Mutations.requireOnlyCorruptRecords(stored, PersonalCodec::decode);
    }

    @Test
    void facts_look_as_they_always_did() {
        var stored = Golden.require("v1/facts", FactCodec.encode(Samples.facts()));

        assertThat(FactCodec.decode(stored)).isEqualTo(Samples.facts());
        Mutations.requireOnlyCorruptRecords(stored, FactCodec::decode);
    }

    @Test
    void a_fact_of_an_apple_device_looks_as_it_always_did() {
        var facts = Samples.appleFacts();

        var stored = Golden.require("v1/facts-apple", FactCodec.encode(facts));

        assertThat(FactCodec.decode(stored)).isEqualTo(facts);
    }

    @Test
    void what_is_known_of_a_visitor_looks_as_it_always_did() {
        var facts = List.of(Samples.visitorFact());

        var stored = Golden.require("v1/facts-visitor", FactCodec.encode(facts));

        assertThat(FactCodec.decode(stored)).isEqualTo(facts);
    }

    @Test
    void what_a_browser_saw_looks_as_it_always_did() {
        var stored = Golden.require("v1/facts-browser", FactCodec.encode(BrowserSamples.facts()));

        assertThat(FactCodec.decode(stored)).isEqualTo(BrowserSamples.facts());
    }

    @Test
    void a_withdrawn_fact_looks_as_it_always_did() {
        var facts =
                List.of(
                        new Fact.Builder()
                                .build(Fact.Kind.WITHDRAWN, Samples.ID, 1, 9, Samples.AT));

        var stored = Golden.require("v1/facts-withdrawn", FactCodec.encode(facts));

        assertThat(FactCodec.decode(stored)).isEqualTo(facts);
    }

    @Test
    void a_cost_fact_looks_as_it_always_did() {
        var facts =
                List.of(
                        new Fact.Builder()
                                .text(Column.CAMPAIGN, "spring")
                                .text(Column.COST_SLICE, "campaign=spring")
                                .text(Column.COST_SHAPE, "campaign")
                                .number(Column.COST_FROM, Samples.AT)
                                .number(Column.COST_TO, Samples.AT + 1)
                                .number(Column.COST_STATED, 7)
                                .text(Column.COST_STATE, "in_force")
                                .text(Column.COST_MODE, "replace")
                                .text(Column.COST_BY, "console")
                                .text(Column.COST_RATE, "1.1")
                                .text(Column.COST_ZONE, "UTC")
                                .build(Fact.Kind.COST, Samples.ID, 0, 3, Samples.AT));

        var stored = Golden.require("v1/facts-cost", FactCodec.encode(facts));

        assertThat(FactCodec.decode(stored)).isEqualTo(facts);
    }

    @Test
    void keys_look_as_they_always_did() {
        var entry = new OutboxEntry("source:propeller", Samples.AT, Samples.CLICK, 3);

        Golden.require("v1/key-ledger", Keys.entry(63, 0x0102_0304_0506_0708L));
        Golden.require("v1/key-state", Keys.state(5, new byte[] {1, 0, (byte) 0xFF}));
        Golden.require("v1/key-personal", Keys.personal(Samples.ID));
        Golden.require("v1/key-catalog", Keys.version(258));
        Golden.require("v1/key-head", Keys.head(63));
        Golden.require("v1/key-meta", Keys.meta("format"));
        var outbox = Golden.require("v1/key-outbox", Keys.outbox(entry));

        assertThat(Keys.outbox(outbox)).isEqualTo(entry);
        assertThat(Keys.offset(Keys.entry(63, 77))).isEqualTo(77);
    }

    @Test
    void keys_sort_by_bucket_then_position_and_by_due_time() {
        var early = Keys.outbox(new OutboxEntry("d", 255, new Subject("z"), 9));
        var late = Keys.outbox(new OutboxEntry("d", 256, new Subject("a"), 1));

        assertThat(List.of(Keys.entry(1, 255), Keys.entry(1, 256), Keys.entry(2, 1)))
                .isSortedAccordingTo(Arrays::compareUnsigned);
        assertThat(List.of(early, late, Keys.after(Keys.outboxPrefix("d"))))
                .isSortedAccordingTo(Arrays::compareUnsigned);
        assertThat(Keys.after(new byte[] {1, (byte) 0xFF})).containsExactly(2);
        assertThat(Keys.after(new byte[] {(byte) 0xFF})).isEmpty();
    }

    @Test
    void a_chain_head_looks_as_it_always_did() {
        var chain = PersonalCodec.sha256(new byte[] {1});
        var tables = new MemoryTables();

        var stored = Golden.require("v1/head", HeadCodec.encode(new Head(77, chain)));
        tables.apply(batch(tables, Keys.head(5), stored));

        assertThat(HeadCodec.read(tables, 5))
                .usingRecursiveComparison()
                .isEqualTo(new Head(77, chain));
        assertThat(HeadCodec.read(tables, 6))
                .usingRecursiveComparison()
                .isEqualTo(new Head(0, new byte[32]));
        Mutations.requireOnlyCorruptRecords(
                stored,
                bytes -> {
                    var damaged = new MemoryTables();
                    damaged.apply(batch(damaged, Keys.head(5), bytes));
                    return HeadCodec.read(damaged, 5);
                });
    }

    private static Batch batch(MemoryTables tables, byte[] key, byte[] value) {
        var batch = new Batch(tables);
        batch.put(Table.META, key, value);
        return batch;
    }

    @ParameterizedTest
    @MethodSource("changeNames")
    void a_catalog_change_looks_as_it_always_did_and_is_read_back_whole(String name) {
        var change = Objects.requireNonNull(Samples.catalogChanges().get(name));

        var stored = Golden.require("v1/catalog-" + name, CatalogCodec.encode(change));

        assertThat(CatalogCodec.decode(stored)).isEqualTo(change);
        Mutations.requireOnlyCorruptRecords(stored, CatalogCodec::decode);
    }

    @Test
    void catalog_changes_are_json_that_people_can_read() {
        var change = Objects.requireNonNull(Samples.catalogChanges().get("offer"));

        assertThat(new String(CatalogCodec.encode(change), StandardCharsets.UTF_8))
                .startsWith(
                        "{\"format\":1,\"at\":1790000000123,\"by\":\"token:admin\",\"kind\":\"offer\"")
                .contains("\"payoutMicros\":10000000");
    }

    @Test
    void a_field_that_a_later_build_adds_is_skipped() {
        var later = new Writer(3).number(1, 5).text(2, "known").text(900, "from the future");

        String known = Fields.read(later.toBytes(), in -> in.text(2));

        assertThat(known).isEqualTo("known");
    }

    @Test
    void a_record_of_a_newer_format_is_refused() {
        var bytes = EventCodec.encode(event("check-full"));
        bytes[0] = 2;

        assertThatThrownBy(() -> EventCodec.decode(bytes))
                .isInstanceOf(CorruptRecord.class)
                .hasMessageContaining("format 2");
    }

    @Test
    void a_refusal_that_this_build_does_not_know_is_not_read_as_no_refusal() {
        var bytes = EventCodec.encode(event("postback-full"));
        var text = new String(bytes, StandardCharsets.ISO_8859_1);
        var unknown = text.replace("malformed_request", "malformed_reqUest");

        assertThatThrownBy(() -> EventCodec.decode(unknown.getBytes(StandardCharsets.ISO_8859_1)))
                .isInstanceOf(CorruptRecord.class);
    }

    @Test
    void numbers_of_any_size_and_sign_are_read_back() {
        for (long number :
                new long[] {1, -1, 63, 64, -64, -65, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 35}) {
            var bytes = new Writer(1).number(1, number).toBytes();

            long read = Fields.read(bytes, in -> in.number(1));

            assertThat(read).isEqualTo(number);
        }
    }
}
