package matchback.server.config;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;

/// Where and how things are kept.
///
/// @param data the folder of the installation
/// @param reportCurrency ISO 4217 code in which sums are shown
/// @param timeZone whose days limits are counted in
/// @param node number of this node in click ids
/// @param cacheBytes memory for what was read from disk
/// @param queueEvents how many events may wait to be written
/// @param reportThreads threads of one report
/// @param reportMemoryBytes memory of all reports
/// @param sync whether an answer waits until its record is on the disk; off only in tests
public record StoreSettings(
        Path data,
        String reportCurrency,
        ZoneId timeZone,
        int node,
        long cacheBytes,
        int queueEvents,
        int reportThreads,
        long reportMemoryBytes,
        boolean sync) {

    public static final Setting<Path> DATA =
            Setting.of(
                    "data",
                    Form.PATH,
                    "matchback-data",
                    "Folder that holds everything; made if it is not there. Back it up whole.");
    static final Setting<String> REPORT_CURRENCY =
            Setting.of(
                    "report-currency",
                    Form.CURRENCY,
                    "USD",
                    "Currency of revenue, cost and profit. Amounts in others need a rate.");
    static final Setting<ZoneId> TIME_ZONE =
            Setting.of("time-zone", Form.ZONE, "UTC", "Zone of the days in reports and limits.");
    static final Setting<Integer> NODE =
            Setting.of("node", Form.number(0, 1023), "0", "Number of this node in click ids.");
    static final Setting<Long> CACHE_SIZE =
            Setting.of("cache-size", Form.SIZE, "96 MiB", "Memory for what was read from disk.");
    static final Setting<Integer> QUEUE_EVENTS =
            Setting.of(
                    "queue-events",
                    Form.number(64, 1_000_000),
                    "32768",
                    "How many clicks and postbacks may wait to be written before 503 is answered.");
    static final Setting<Integer> REPORT_THREADS =
            Setting.of(
                    "report-threads",
                    Form.number(1, 64),
                    "1",
                    "Threads of one report. One keeps redirects quick on a small machine.");
    static final Setting<Long> REPORT_MEMORY =
            Setting.of("report-memory", Form.SIZE, "256 MiB", "Memory of all reports together.");
    static final Setting<Boolean> LEDGER_SYNC =
            Setting.undocumented(
                    "ledger-sync",
                    Form.FLAG,
                    "true",
                    "Tests switch it off to see that the check for it can fail.");

    static final List<Setting<?>> ALL =
            List.of(
                    DATA,
                    REPORT_CURRENCY,
                    TIME_ZONE,
                    NODE,
                    CACHE_SIZE,
                    QUEUE_EVENTS,
                    REPORT_THREADS,
                    REPORT_MEMORY,
                    LEDGER_SYNC);

    static StoreSettings from(Values values) {
        return new StoreSettings(
                values.get(DATA),
                values.get(REPORT_CURRENCY),
                values.get(TIME_ZONE),
                values.get(NODE),
                values.get(CACHE_SIZE),
                values.get(QUEUE_EVENTS),
                values.get(REPORT_THREADS),
                values.get(REPORT_MEMORY),
                values.get(LEDGER_SYNC));
    }

    /// The same in another folder.
    public StoreSettings in(Path folder) {
        return new StoreSettings(
                folder,
                reportCurrency,
                timeZone,
                node,
                cacheBytes,
                queueEvents,
                reportThreads,
                reportMemoryBytes,
                sync);
    }
}
