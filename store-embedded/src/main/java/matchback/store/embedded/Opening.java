package matchback.store.embedded;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import matchback.ledger.Batch;
import matchback.ledger.Catalogs;
import matchback.ledger.Decider;
import matchback.ledger.Fold;
import matchback.ledger.Keys;
import matchback.ledger.Table;
import matchback.model.Subject;
import matchback.store.embedded.Rocks.WriteFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is looked at, and finished, before a database is used: its format, its installation, a
/// rebuild that was cut off, and whether each chain ends where its bucket ends.
final class Opening {
    private static final Logger LOG = LoggerFactory.getLogger(Opening.class);
    private static final byte[] FORMAT_KEY = Keys.meta("format");
    private static final byte[] INSTALLATION_KEY = Keys.meta("installation");
    private static final byte[] REPORT_CURRENCY_KEY = Keys.meta("report-currency");

    private final Rocks rocks;

    Opening(Rocks rocks) {
        this.rocks = rocks;
    }

    /// What all keys of a subject begin with.
    static byte[] subjectPrefix(Subject subject) {
        var text = subject.text().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(text.length + 1).put(text).put((byte) 0).array();
    }

    /// Checks everything and makes the installation on the first start.
    Installation check(Decider decider, String reportCurrency, InstallationSeed seed) {
        requireFormat();
        var installation = installation(seed);
        requireReportCurrency(reportCurrency);
        finishRebuild(decider, reportCurrency);
        requireWholeHeads();
        return installation;
    }

    /// Throws when a newer build wrote the database.
    void requireFormat() {
        var format = rocks.get(Table.META, FORMAT_KEY);
        if (format != null && format.length == 1 && format[0] > DataFolder.FORMAT_VERSION) {
            throw new StoreFailure(
                    "the ledger has format %d; this build reads up to %d: use a newer one"
                            .formatted(format[0], DataFolder.FORMAT_VERSION));
        }
    }

    /// Keeps the report currency of the first start and throws for another one: costs and revenues
    /// are stored in it, and folding the ledger again would give other sums.
    void requireReportCurrency(String reportCurrency) {
        var bytes = rocks.get(Table.META, REPORT_CURRENCY_KEY);
        if (bytes == null) {
            var kept = reportCurrency.getBytes(StandardCharsets.US_ASCII);
            write(List.of(new Batch.Write(Table.META, REPORT_CURRENCY_KEY, kept)));
            return;
        }
        var kept = new String(bytes, StandardCharsets.US_ASCII);
        if (!kept.equals(reportCurrency)) {
            throw new StoreFailure(
                    "the sums in this data folder are in %s and cannot become %s: set the report currency to %s"
                            .formatted(kept, reportCurrency, kept));
        }
    }

    private void write(List<Batch.Write> writes) {
        try {
            rocks.write(writes);
        } catch (WriteFailure e) {
            throw new StoreFailure("the first record cannot be written: " + e.getMessage(), e);
        }
    }

    private Installation installation(InstallationSeed seed) {
        var bytes = rocks.get(Table.META, INSTALLATION_KEY);
        if (bytes != null) {
            return Installation.decode(bytes);
        }
        rocks.range(
                Table.LEDGER,
                new byte[0],
                new byte[0],
                (_, _) -> {
                    throw new StoreFailure(
                            "the ledger has records but no installation: its keys are lost, so"
                                    + " restore the folder from a backup");
                });
        var made = seed.newInstallation();
        write(
                List.of(
                        new Batch.Write(
                                Table.META,
                                FORMAT_KEY,
                                new byte[] {(byte) DataFolder.FORMAT_VERSION}),
                        new Batch.Write(Table.META, INSTALLATION_KEY, made.encoded())));
        return made;
    }

    private void finishRebuild(Decider decider, String reportCurrency) {
        var rebuilding = new Rebuilding(rocks);
        if (rebuilding.wasCutOff()) {
            LOG.warn("a rebuild was cut off; doing it again");
            var catalogs = new Catalogs(rocks, reportCurrency);
            var result = rebuilding.run(decider, catalogs, _ -> {});
            LOG.info("rebuilt events={} equal={}", result.events(), result.isEqual());
        }
    }

    /// Each bucket's last record must be the one its chain ends with. Cheap, unlike a full check.
    private void requireWholeHeads() {
        var heads = Fold.heads(rocks);
        for (int bucket = 0; bucket < Subject.BUCKETS; bucket++) {
            long head = heads.get(bucket).offset();
            boolean lastIsThere =
                    head == 0 || rocks.get(Table.LEDGER, Keys.entry(bucket, head)) != null;
            boolean nextIsThere = rocks.get(Table.LEDGER, Keys.entry(bucket, head + 1)) != null;
            if (!lastIsThere || nextIsThere) {
                throw new StoreFailure(
                        "bucket %d: the chain ends at record %d, the bucket does not: the ledger is"
                                        .formatted(bucket, head)
                                + " damaged; see what `matchback ledger verify` says");
            }
        }
    }
}
