package matchback.store.embedded;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import matchback.ledger.Batch;
import matchback.ledger.Catalogs;
import matchback.ledger.Decider;
import matchback.ledger.Fields;
import matchback.ledger.Fields.Reader;
import matchback.ledger.Fields.Writer;
import matchback.ledger.Keys;
import matchback.ledger.Rebuild;
import matchback.ledger.Table;
import matchback.store.embedded.Rocks.WriteFailure;

/// Folds the ledger of a closed installation again.
///
/// Before the tables are cleared their digests are written down, and that note stays until the new
/// tables are on the disk. Whoever finds the note knows that the tables are not whole and starts
/// over; the digests to compare with are still there.
final class Rebuilding {
    private static final byte[] NOTE_KEY = Keys.meta("rebuild");
    private static final int NOTE_KIND = 2;

    private final Rocks rocks;

    Rebuilding(Rocks rocks) {
        this.rocks = rocks;
    }

    boolean wasCutOff() {
        return rocks.get(Table.META, NOTE_KEY) != null;
    }

    /// Digests and sizes of the folded tables as they are.
    Map<Table, TableDigest> digests() {
        var digests = new EnumMap<Table, TableDigest>(Table.class);
        for (var table : Rebuild.FOLDED) {
            var rows = new long[1];
            rocks.range(table, new byte[0], new byte[0], (_, _) -> ++rows[0] > 0);
            digests.put(table, new TableDigest(rows[0], Rebuild.digest(rocks, table)));
        }
        return digests;
    }

    /// Throws [StoreFailure] when the disk does not take it; the next start goes on with it.
    ///
    /// @param progress told how many events were folded so far
    RebuildResult run(Decider decider, Catalogs catalogs, LongConsumer progress) {
        try {
            var before = noted();
            for (var table : Rebuild.FOLDED) {
                rocks.clear(table);
            }
            long events =
                    Rebuild.run(rocks, decider, catalogs, this::apply, n -> progress.accept(n));
            rocks.flush();
            var after = digests();
            rocks.write(List.of(new Batch.Write(Table.META, NOTE_KEY, null)));
            return new RebuildResult(events, before, after);
        } catch (WriteFailure e) {
            throw new StoreFailure("the rebuild stopped: " + e.getMessage(), e);
        }
    }

    private Map<Table, TableDigest> noted() throws WriteFailure {
        var note = rocks.get(Table.META, NOTE_KEY);
        if (note != null) {
            return Fields.read(note, Rebuilding::note);
        }
        var digests = digests();
        var out = new Writer(NOTE_KIND);
        digests.forEach((table, digest) ->
                out.record(
                        1,
                        Writer.nested()
                                .text(1, table.word())
                                .number(2, digest.rows())
                                .text(3, digest.sha256())));
        rocks.write(List.of(new Batch.Write(Table.META, NOTE_KEY, out.toBytes())));
        return digests;
    }

    private static Map<Table, TableDigest> note(Reader in) {
        var digests = new EnumMap<Table, TableDigest>(Table.class);
        for (var record : in.records(1)) {
            for (var table : Rebuild.FOLDED) {
                if (table.word().equals(record.text(1))) {
                    digests.put(table, new TableDigest(record.number(2), record.text(3)));
                }
            }
        }
        return digests;
    }

    /// Without waiting for the disk: what a crash loses is folded again anyway.
    private void apply(Batch batch) {
        try {
            rocks.writeUnsynced(new ArrayList<>(batch.writes()));
        } catch (WriteFailure e) {
            throw new StoreFailure("the rebuild stopped: " + e.getMessage(), e);
        }
    }
}
