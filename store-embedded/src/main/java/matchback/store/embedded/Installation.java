package matchback.store.embedded;

import java.util.Arrays;
import java.util.List;
import matchback.ledger.Fields;
import matchback.ledger.Fields.CorruptRecord;
import matchback.ledger.Fields.Reader;
import matchback.ledger.Fields.Writer;
import matchback.model.ClickIdKey;

/// What makes this installation itself: made once, on the first start, and part of every backup.
///
/// @param installedAtMillis epoch milliseconds of the first start; no click id is older
/// @param clickIdKeys all keys click ids were ever signed with
/// @param fingerprintKey of [matchback.model.TokenFingerprints]
/// @param node stands in click ids
public record Installation(
        long installedAtMillis, List<ClickIdKey> clickIdKeys, byte[] fingerprintKey, int node) {
    public static final int NODE_DEFAULT = 0;
    private static final int KIND = 1;

    public Installation {
        clickIdKeys = List.copyOf(clickIdKeys);
        fingerprintKey = fingerprintKey.clone();
    }

    @Override
    public byte[] fingerprintKey() {
        return fingerprintKey.clone();
    }

    byte[] encoded() {
        var out = new Writer(KIND).number(1, installedAtMillis);
        for (var key : clickIdKeys) {
            out.record(2, Writer.nested().number(1, key.fromMillis()).bytes(2, key.secret()));
        }
        return out.bytes(3, fingerprintKey).number(4, node).toBytes();
    }

    static Installation decode(byte[] bytes) {
        return Fields.read(bytes, Installation::read);
    }

    private static Installation read(Reader in) {
        if (in.kind() != KIND) {
            throw new CorruptRecord("installation of kind " + in.kind());
        }
        return new Installation(
                in.number(1),
                in.records(2).stream()
                        .map(key -> new ClickIdKey(key.number(1), key.bytes(2)))
                        .toList(),
                in.bytes(3),
                (int) in.number(4));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Installation that
                && that.installedAtMillis == installedAtMillis
                && that.clickIdKeys.equals(clickIdKeys)
                && Arrays.equals(that.fingerprintKey, fingerprintKey)
                && that.node == node;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(installedAtMillis);
    }

    /// Never shows a key.
    @Override
    public String toString() {
        return "Installation[installedAtMillis=" + installedAtMillis + ", node=" + node + "]";
    }
}
