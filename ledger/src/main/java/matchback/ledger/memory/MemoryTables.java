package matchback.ledger.memory;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import matchback.ledger.Batch;
import matchback.ledger.State;
import matchback.ledger.Table;
import matchback.ledger.Tables;
import org.jspecify.annotations.Nullable;

/// Ordered maps in memory. Not safe for concurrent use; its owner locks.
public final class MemoryTables implements Tables {
    private final Map<Table, NavigableMap<byte[], byte[]>> tables = new EnumMap<>(Table.class);

    public MemoryTables() {
        for (var table : Table.values()) {
            tables.put(table, new TreeMap<>(Arrays::compareUnsigned));
        }
    }

    /// A copy that later changes do not reach.
    public MemoryTables copy() {
        var copy = new MemoryTables();
        tables.forEach((table, rows) -> copy.rows(table).putAll(rows));
        return copy;
    }

    public void apply(Batch batch) {
        apply(batch.writes());
    }

    /// Does the writes in order.
    public void apply(List<Batch.Write> writes) {
        for (var write : writes) {
            var value = write.value();
            if (value == null) {
                rows(write.table()).remove(write.key());
            } else {
                rows(write.table()).put(write.key(), value);
            }
        }
    }

    public void clear(Table table) {
        rows(table).clear();
    }

    @Override
    public byte @Nullable [] get(Table table, byte[] key) {
        return rows(table).get(key);
    }

    @Override
    public void range(Table table, byte[] from, byte[] to, State.Visitor visitor) {
        var rows = rows(table).tailMap(from, true);
        for (var row : (to.length == 0 ? rows : rows.headMap(to, false)).entrySet()) {
            if (!visitor.visit(row.getKey(), row.getValue())) {
                return;
            }
        }
    }

    private NavigableMap<byte[], byte[]> rows(Table table) {
        var rows = tables.get(table);
        if (rows == null) {
            throw new IllegalStateException("no table " + table);
        }
        return rows;
    }
}
