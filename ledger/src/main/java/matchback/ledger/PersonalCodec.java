package matchback.ledger;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import matchback.ledger.Fields.CorruptRecord;
import matchback.ledger.Fields.Reader;
import matchback.ledger.Fields.Writer;
import matchback.model.RecordId;

/// Personal blocks as bytes, and the salted hash of one that stands in the durable part.
public final class PersonalCodec {
    private static final int KIND = 1;

    /// Finding one costs more than hashing a record with it.
    private static final ThreadLocal<MessageDigest> SHA_256 =
            ThreadLocal.withInitial(PersonalCodec::newSha256);

    private PersonalCodec() {}

    public static byte[] encode(PersonalBlock block) {
        return new Writer(KIND)
                .number(1, block.recordId().high())
                .number(2, block.recordId().low())
                .bytes(3, block.salt())
                .text(4, block.address())
                .text(5, block.userAgent())
                .text(6, block.method())
                .text(7, block.target())
                .texts(8, block.headers())
                .bytes(9, block.body())
                .map(10, block.userData())
                .toBytes();
    }

    public static PersonalBlock decode(byte[] bytes) {
        return Fields.read(bytes, PersonalCodec::block);
    }

    private static PersonalBlock block(Reader in) {
        if (in.kind() != KIND) {
            throw new CorruptRecord("personal block of kind " + in.kind());
        }
        return new PersonalBlock(
                new RecordId(in.number(1), in.number(2)),
                in.bytes(3),
                in.text(4),
                in.text(5),
                in.text(6),
                in.text(7),
                in.texts(8),
                in.bytes(9),
                in.map(10));
    }

    /// SHA-256 over the encoded block, its salt included.
    public static byte[] hash(PersonalBlock block) {
        return sha256(encode(block));
    }

    static byte[] sha256(byte[] bytes) {
        return SHA_256.get().digest(bytes);
    }

    static byte[] sha256(byte[] first, byte[] second) {
        var digest = SHA_256.get();
        digest.update(first);
        return digest.digest(second);
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
