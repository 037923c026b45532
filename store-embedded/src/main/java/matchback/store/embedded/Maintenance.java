package matchback.store.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.LongConsumer;
import matchback.ledger.Catalogs;
import matchback.ledger.Decider;
import matchback.ledger.Table;

/// Work on a data folder that no server uses: it is held alone while this is open.
public final class Maintenance implements AutoCloseable {
    private final Engine engine;

    private Maintenance(Engine engine) {
        this.engine = engine;
    }

    /// Opens an existing data folder. Throws [StoreFailure] when there is none, when it is in use
    /// or of a newer format.
    public static Maintenance open(Path data, EmbeddedConfig config) {
        if (!Files.isDirectory(data.resolve("ledger"))) {
            throw new StoreFailure("there is no ledger in " + data);
        }
        var folder = DataFolder.open(data);
        Engine engine;
        try {
            engine = Engine.open(folder, config);
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
        try {
            new Opening(engine.rocks()).requireFormat();
            return new Maintenance(engine);
        } catch (RuntimeException e) {
            engine.close();
            throw e;
        }
    }

    /// Reads every record and says where the ledger is not what it was.
    ///
    /// @param progress told now and then how many records were read so far
    public ChainResult verify(LongConsumer progress) {
        return new ChainWalk(engine.rocks(), progress).run();
    }

    /// Digests of the tables that are folded from the ledger.
    public Map<Table, TableDigest> digests() {
        return new Rebuilding(engine.rocks()).digests();
    }

    /// Folds the ledger again. Throws [StoreFailure] for another report currency than it has always
    /// had. A crash in between costs nothing but time: the next rebuild, or the next start of a
    /// server, does it again.
    ///
    /// @param progress told how many events were folded so far
    public RebuildResult rebuild(Decider decider, String reportCurrency, LongConsumer progress) {
        var rocks = engine.rocks();
        new Opening(rocks).requireReportCurrency(reportCurrency);
        return new Rebuilding(rocks).run(decider, new Catalogs(rocks, reportCurrency), progress);
    }

    @Override
    public void close() {
        engine.close();
    }
}
