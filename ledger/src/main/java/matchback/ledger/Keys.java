package matchback.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import matchback.ledger.Intent.OutboxEntry;
import matchback.model.RecordId;
import matchback.model.Subject;

/// The keys of all tables. Numbers are big-endian, so that byte order is their order.
public final class Keys {
    private Keys() {}

    /// Key in [Table#LEDGER] and [Table#FACTS].
    public static byte[] entry(int bucket, long offset) {
        return ByteBuffer.allocate(9).put((byte) bucket).putLong(offset).array();
    }

    public static long offset(byte[] entryKey) {
        return ByteBuffer.wrap(entryKey).getLong(1);
    }

    /// Key in [Table#STATE] of a key within a bucket.
    public static byte[] state(int bucket, byte[] key) {
        return ByteBuffer.allocate(1 + key.length).put((byte) bucket).put(key).array();
    }

    /// Key in [Table#PERSONAL] and [Table#RECORDS].
    public static byte[] personal(RecordId id) {
        return ByteBuffer.allocate(16).putLong(id.high()).putLong(id.low()).array();
    }

    /// The record id of such a key.
    static RecordId recordId(byte[] key) {
        var in = ByteBuffer.wrap(key);
        return new RecordId(in.getLong(), in.getLong());
    }

    /// Key in [Table#CATALOG].
    public static byte[] version(long version) {
        return ByteBuffer.allocate(8).putLong(version).array();
    }

    /// Key in [Table#META] of a bucket's chain head.
    public static byte[] head(int bucket) {
        return new byte[] {'h', (byte) bucket};
    }

    /// Key in [Table#META] of anything else.
    public static byte[] meta(String name) {
        return ("m/" + name).getBytes(StandardCharsets.US_ASCII);
    }

    /// Key in [Table#META] of what somebody keeps in the [Cabinet], or the prefix of several.
    public static byte[] kept(String name) {
        return ("m/fact/" + name).getBytes(StandardCharsets.UTF_8);
    }

    /// The name of a value in the [Cabinet].
    public static String keptName(byte[] key) {
        int from = kept("").length;
        return new String(key, from, key.length - from, StandardCharsets.UTF_8);
    }

    /// Prefix in [Table#OUTBOX] of a destination's queue.
    public static byte[] outboxPrefix(String destination) {
        var name = destination.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(name.length + 1).put(name).put((byte) 0).array();
    }

    public static byte[] outbox(OutboxEntry entry) {
        var prefix = outboxPrefix(entry.destination());
        var subject = entry.subject().text().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(prefix.length + 12 + subject.length)
                .put(prefix)
                .putLong(entry.dueAt())
                .putInt(entry.delivery())
                .put(subject)
                .array();
    }

    public static OutboxEntry outbox(byte[] key) {
        int end = 0;
        while (key[end] != 0) {
            end++;
        }
        var in = ByteBuffer.wrap(key, end + 1, key.length - end - 1);
        long dueAt = in.getLong();
        int delivery = in.getInt();
        var subject = new byte[in.remaining()];
        in.get(subject);
        return new OutboxEntry(
                new String(key, 0, end, StandardCharsets.UTF_8),
                dueAt,
                new Subject(new String(subject, StandardCharsets.UTF_8)),
                delivery);
    }

    /// The smallest key above all keys with a prefix; empty when there is none.
    public static byte[] after(byte[] prefix) {
        for (int i = prefix.length - 1; i >= 0; i--) {
            if (prefix[i] != (byte) 0xFF) {
                var next = java.util.Arrays.copyOf(prefix, i + 1);
                next[i]++;
                return next;
            }
        }
        return new byte[0];
    }
}
