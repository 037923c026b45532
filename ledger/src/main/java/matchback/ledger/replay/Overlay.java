package matchback.ledger.replay;

import java.util.Arrays;
import java.util.TreeMap;
import matchback.ledger.Keys;
import matchback.ledger.State;
import org.jspecify.annotations.Nullable;

/// State that can be written and thrown away: what is written lies over what is there. Used by one
/// thread.
public final class Overlay implements State {
    private final State base;
    private final TreeMap<byte[], byte @Nullable []> written =
            new TreeMap<>(Arrays::compareUnsigned);

    /// @param base only read
    public Overlay(State base) {
        this.base = base;
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        return written.containsKey(key) ? written.get(key) : base.get(key);
    }

    @Override
    public void put(byte[] key, byte[] value) {
        written.put(key, value);
    }

    @Override
    public void delete(byte[] key) {
        written.put(key, null);
    }

    @Override
    public void range(byte[] prefix, Visitor visitor) {
        var rows = new TreeMap<byte[], byte[]>(Arrays::compareUnsigned);
        base.range(
                prefix,
                (key, value) -> {
                    rows.put(key, value);
                    return true;
                });
        var end = Keys.after(prefix);
        var above = written.tailMap(prefix, true);
        (end.length == 0 ? above : above.headMap(end, false))
                .forEach((key, value) -> {
                    if (value == null) {
                        rows.remove(key);
                    } else {
                        rows.put(key, value);
                    }
                });
        for (var row : rows.entrySet()) {
            if (!visitor.visit(row.getKey(), row.getValue())) {
                return;
            }
        }
    }
}
