package matchback.ledger;

import java.nio.ByteBuffer;
import matchback.ledger.Snapshot.Head;

/// Chain heads as bytes: format version, offset (8), chain (32).
public final class HeadCodec {
    private static final int CHAIN_BYTES = 32;

    private HeadCodec() {}

    static byte[] encode(Head head) {
        return ByteBuffer.allocate(9 + CHAIN_BYTES)
                .put((byte) Fields.FORMAT_VERSION)
                .putLong(head.offset())
                .put(head.chain())
                .array();
    }

    /// The head of a bucket; an empty bucket has offset 0 and a chain of zeros.
    public static Head read(Tables tables, int bucket) {
        var bytes = tables.get(Table.META, Keys.head(bucket));
        if (bytes == null) {
            return new Head(0, new byte[CHAIN_BYTES]);
        }
        if (bytes.length != 9 + CHAIN_BYTES || bytes[0] != Fields.FORMAT_VERSION) {
            throw new Fields.CorruptRecord(
                    "chain head of " + bytes.length + " bytes; bucket " + bucket);
        }
        var in = ByteBuffer.wrap(bytes, 1, 8 + CHAIN_BYTES);
        long offset = in.getLong();
        var chain = new byte[CHAIN_BYTES];
        in.get(chain);
        return new Head(offset, chain);
    }

    /// The chain value after one more record.
    public static byte[] next(byte[] chain, byte[] recordHash) {
        return PersonalCodec.sha256(chain, recordHash);
    }
}
