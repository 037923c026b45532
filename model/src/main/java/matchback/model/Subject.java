package matchback.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// What an event is about: the key by which events are ordered and state is kept. Usually a click
/// id; a transaction of a sender for checks that reach over clicks; else the record's own id.
///
/// The form of each kind and the bucket are fixed by the first byte written and never change.
public record Subject(String text) {
    /// Number of buckets of every engine.
    public static final int BUCKETS = 64;

    /// Longest subject in characters.
    public static final int CHARS_MAX = 400;

    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(Subject::sha);

    public Subject {
        if (text.isEmpty() || text.length() > CHARS_MAX) {
            throw new IllegalArgumentException(
                    "subject of " + text.length() + " characters; 1 to " + CHARS_MAX);
        }
        if (text.indexOf('\0') >= 0) {
            // A zero ends the subject in every key.
            throw new IllegalArgumentException("subject with a zero in it");
        }
    }

    /// The subject of everything that happens to a click.
    public static Subject click(ClickId id) {
        return new Subject(id.text());
    }

    /// The subject of a record that found no other.
    public static Subject record(RecordId id) {
        return new Subject(id.toString());
    }

    /// The subject that says which click a sender's transaction id belongs to.
    public static Subject transaction(String sender, String txid) {
        return new Subject("tx:" + sender + ':' + txid);
    }

    /// Low 6 bits of the first byte of SHA-256 over the text in UTF-8: 0 to 63.
    public int bucket() {
        return SHA_256.get().digest(text.getBytes(StandardCharsets.UTF_8))[0] & (BUCKETS - 1);
    }

    private static MessageDigest sha() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
