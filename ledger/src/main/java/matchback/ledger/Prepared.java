package matchback.ledger;

import matchback.ledger.Event.ClickRecorded;
import org.jspecify.annotations.Nullable;

/// An event with everything that can be computed before it takes its place in the ledger, so that
/// the submitting threads do that work and not the committing one.
///
/// @param event as it will be read back: what cannot be stored (half of a surrogate pair) is
///   already replaced in it, so that a rebuild decides the same
/// @param bucket of the event's subject
/// @param bytes of the event
/// @param hash of the bytes
/// @param personal the block's key and bytes; null when there is none
public record Prepared(
        Event event, int bucket, byte[] bytes, byte[] hash, @Nullable Personal personal) {

    /// A personal block as it is stored.
    public record Personal(byte[] key, byte[] value) {}

    public static Prepared of(Event event, @Nullable PersonalBlock personal) {
        var bytes = EventCodec.encode(event);
        // The rules only copy a click's texts, and clicks are many.
        var stored = event instanceof ClickRecorded ? event : EventCodec.decode(bytes);
        return new Prepared(
                stored,
                stored.subject().bucket(),
                bytes,
                EventCodec.hash(bytes),
                personal == null
                        ? null
                        : new Personal(
                                Keys.personal(personal.recordId()),
                                PersonalCodec.encode(personal)));
    }

    /// How many bytes it brings into the ledger, state left out.
    public int size() {
        return bytes.length + (personal == null ? 0 : personal.value().length);
    }
}
