package matchback.ledger;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import matchback.ledger.Intent.OutboxEntry;
import matchback.ledger.catalog.CatalogChange;
import matchback.ledger.catalog.CatalogCodec;
import matchback.model.RecordId;
import matchback.model.Subject;
import org.jspecify.annotations.Nullable;

/// [Snapshot] over any engine's tables.
public final class TableSnapshot implements Snapshot {
    private final Tables tables;
    private final Runnable release;

    /// @param release called once, on close
    public TableSnapshot(Tables tables, Runnable release) {
        this.tables = tables;
        this.release = release;
    }

    @Override
    public Head head(int bucket) {
        return HeadCodec.read(tables, bucket);
    }

    @Override
    public List<Entry> entries(int bucket, long afterOffset, int max) {
        var entries = new ArrayList<Entry>();
        if (max > 0) {
            tables.range(
                    Table.LEDGER,
                    Keys.entry(bucket, afterOffset + 1),
                    Keys.after(new byte[] {(byte) bucket}),
                    (key, value) -> {
                        entries.add(entry(bucket, Keys.offset(key), value));
                        return entries.size() < max;
                    });
        }
        return entries;
    }

    @Override
    public Optional<Entry> entry(int bucket, long offset) {
        return Optional.ofNullable(tables.get(Table.LEDGER, Keys.entry(bucket, offset)))
                .map(value -> entry(bucket, offset, value));
    }

    private static Entry entry(int bucket, long offset, byte[] value) {
        return new Entry(bucket, offset, EventCodec.decode(value), PersonalCodec.sha256(value));
    }

    @Override
    public Optional<Entry> postback(RecordId recordId) {
        return Optional.ofNullable(tables.get(Table.RECORDS, Keys.personal(recordId)))
                .flatMap(place -> entry(place[0], Keys.offset(place)));
    }

    @Override
    public List<RecordId> postbacks(RecordId from, RecordId to, int max) {
        var found = new ArrayList<RecordId>();
        if (max > 0) {
            tables.range(
                    Table.RECORDS,
                    Keys.personal(from),
                    Keys.after(Keys.personal(to)),
                    (key, _) -> {
                        found.add(Keys.recordId(key));
                        return found.size() < max;
                    });
        }
        return found;
    }

    @Override
    public List<Fact> facts(Entry entry) {
        if (entry.event() instanceof Event.ClickRecorded click) {
            return click.test() ? List.of() : List.of(Fact.ofClick(click));
        }
        var facts = tables.get(Table.FACTS, Keys.entry(entry.bucket(), entry.offset()));
        return facts == null ? List.of() : FactCodec.decode(facts);
    }

    @Override
    public State state(Subject subject) {
        return state(subject.bucket());
    }

    @Override
    public State state(int bucket) {
        return new ReadOnlyState(bucket);
    }

    @Override
    public Optional<PersonalBlock> personal(RecordId recordId) {
        return Optional.ofNullable(tables.get(Table.PERSONAL, Keys.personal(recordId)))
                .map(PersonalCodec::decode);
    }

    @Override
    public void outbox(String destination, Predicate<OutboxEntry> visitor) {
        tables.prefix(
                Table.OUTBOX,
                Keys.outboxPrefix(destination),
                (key, _) -> visitor.test(Keys.outbox(key)));
    }

    @Override
    public List<String> outboxDestinations() {
        var destinations = new ArrayList<String>();
        var from = new byte[] {0};
        while (from.length > 0) {
            var first = new ArrayList<String>(1);
            tables.range(
                    Table.OUTBOX,
                    from,
                    new byte[0],
                    (key, _) -> {
                        first.add(Keys.outbox(key).destination());
                        return false;
                    });
            if (first.isEmpty()) {
                break;
            }
            destinations.add(first.getFirst());
            from = Keys.after(Keys.outboxPrefix(first.getFirst()));
        }
        return destinations;
    }

    @Override
    public List<CatalogChange> catalogChanges(long afterVersion, int max) {
        var changes = new ArrayList<CatalogChange>();
        if (max > 0) {
            tables.range(
                    Table.CATALOG,
                    Keys.version(afterVersion + 1),
                    new byte[0],
                    (_, value) -> {
                        changes.add(CatalogCodec.decode(value));
                        return changes.size() < max;
                    });
        }
        return changes;
    }

    @Override
    public void close() {
        release.run();
    }

    private final class ReadOnlyState implements State {
        private final int bucket;

        ReadOnlyState(int bucket) {
            this.bucket = bucket;
        }

        @Override
        public byte @Nullable [] get(byte[] key) {
            return tables.get(Table.STATE, Keys.state(bucket, key));
        }

        @Override
        public void put(byte[] key, byte[] value) {
            throw readOnly(key);
        }

        @Override
        public void delete(byte[] key) {
            throw readOnly(key);
        }

        @Override
        public void range(byte[] prefix, Visitor visitor) {
            tables.prefix(
                    Table.STATE,
                    Keys.state(bucket, prefix),
                    (key, value) -> visitor.visit(Batch.withoutBucket(key), value));
        }

        private static UnsupportedOperationException readOnly(byte[] key) {
            return new UnsupportedOperationException(
                    "a snapshot cannot be written: "
                            + new String(key, StandardCharsets.ISO_8859_1));
        }
    }
}
