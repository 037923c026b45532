package matchback.ledger.memory;

import java.util.Arrays;
import java.util.TreeMap;
import matchback.ledger.Keys;
import matchback.ledger.Scratch;
import matchback.ledger.State;
import org.jspecify.annotations.Nullable;

/// [Scratch] in memory.
public final class MemoryScratch implements Scratch {
    private final TreeMap<byte[], byte[]> rows = new TreeMap<>(Arrays::compareUnsigned);

    public MemoryScratch() {}

    @Override
    public byte @Nullable [] get(byte[] key) {
        return rows.get(key);
    }

    @Override
    public void put(byte[] key, byte[] value) {
        rows.put(key, value);
    }

    @Override
    public void range(byte[] prefix, State.Visitor visitor) {
        var end = Keys.after(prefix);
        var from = rows.tailMap(prefix, true);
        for (var row : (end.length == 0 ? from : from.headMap(end, false)).entrySet()) {
            if (!visitor.visit(row.getKey(), row.getValue())) {
                return;
            }
        }
    }

    @Override
    public void close() {
        rows.clear();
    }
}
