package matchback.ledger;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import matchback.model.Subject;

/// Folds a ledger again from its first entry: what is folded from it comes out byte for byte as it
/// was.
public final class Rebuild {
    /// The tables that are folded from the ledger.
    public static final List<Table> FOLDED =
            List.of(Table.STATE, Table.FACTS, Table.OUTBOX, Table.RECORDS);

    private static final int BATCH_EVENTS = 1000;

    private Rebuild() {}

    /// Folds every bucket of the ledger. The [#FOLDED] tables must be empty.
    ///
    /// @param apply makes a batch's writes visible in the tables
    /// @param progress told how many events were folded so far
    /// @return how many events there were
    public static long run(
            Tables tables,
            Decider decider,
            Catalogs catalogs,
            Consumer<Batch> apply,
            Consumer<Long> progress) {
        var fold = new Fold(decider, catalogs, tables);
        var snapshot = new TableSnapshot(tables, () -> {});
        long events = 0;
        for (int bucket = 0; bucket < Subject.BUCKETS; bucket++) {
            long after = 0;
            while (true) {
                var entries = snapshot.entries(bucket, after, BATCH_EVENTS);
                if (entries.isEmpty()) {
                    break;
                }
                var batch = new Batch(tables);
                entries.forEach(entry -> fold.again(batch, entry.event(), entry.offset()));
                apply.accept(batch);
                after = entries.getLast().offset();
                events += entries.size();
                progress.accept(events);
            }
        }
        return events;
    }

    /// SHA-256, in hexadecimal digits, over all keys and values of a table in order.
    public static String digest(Tables tables, Table table) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            tables.range(
                    table,
                    new byte[0],
                    new byte[0],
                    (key, value) -> {
                        digest.update(length(key));
                        digest.update(key);
                        digest.update(length(value));
                        digest.update(value);
                        return true;
                    });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static byte[] length(byte[] bytes) {
        return java.nio.ByteBuffer.allocate(4).putInt(bytes.length).array();
    }
}
