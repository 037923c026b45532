package matchback.ledger;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import matchback.ledger.Intent.OutboxEntry;
import matchback.ledger.catalog.CatalogChange;
import matchback.model.RecordId;
import matchback.model.Subject;

/// A consistent, read-only view of a ledger and of what was folded from it.
public interface Snapshot extends AutoCloseable {

    /// @param offset position in the bucket, from 1
    record Entry(int bucket, long offset, Event event, byte[] recordHash) {}

    /// The last position of a bucket and the chain over all record hashes up to it.
    ///
    /// @param offset 0 when the bucket is empty
    record Head(long offset, byte[] chain) {}

    Head head(int bucket);

    /// Entries of a bucket after a position, oldest first, at most so many.
    List<Entry> entries(int bucket, long afterOffset, int max);

    /// One entry, or empty when there is none at the position.
    Optional<Entry> entry(int bucket, long offset);

    /// The entry of a postback; empty when there is none of this record id.
    Optional<Entry> postback(RecordId recordId);

    /// Record ids of postbacks from one to another, both included, oldest first, at most so many.
    List<RecordId> postbacks(RecordId from, RecordId to, int max);

    /// The facts of an entry, those of clicks included.
    List<Fact> facts(Entry entry);

    /// The state of a subject's bucket; writing to it throws.
    State state(Subject subject);

    /// The state of a bucket, from 0 to 63; writing to it throws.
    State state(int bucket);

    /// The personal block of a record, unless it was erased or never was.
    Optional<PersonalBlock> personal(RecordId recordId);

    /// Outbox entries of a destination, soonest due first, while the visitor wants more.
    void outbox(String destination, Predicate<OutboxEntry> visitor);

    /// Destinations that have anything in the outbox.
    List<String> outboxDestinations();

    /// Changes of the catalog after a version, oldest first, at most so many.
    List<CatalogChange> catalogChanges(long afterVersion, int max);

    @Override
    void close();
}
