package matchback.ledger.replay;

import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import matchback.ledger.Ledger;
import matchback.ledger.Snapshot;
import matchback.model.RecordId;
import matchback.model.RecordIds;
import matchback.model.Subject;
import matchback.model.catalog.Catalog;

/// Decides a period again by the rules of now: first on the side, so that everybody sees what would
/// become of it, then for good.
///
/// A decision depends on those before it, so what is decided again is all that is known of a click,
/// however old, as soon as one of its postbacks is of the period. Safe for use by many threads;
/// each call works on the thread that makes it, and long.
public final class Replay {
    private final Ledger ledger;
    private final Rehearser rehearser;
    private final Rereader rereader;
    private final RecordIds recordIds;
    private final InstantSource clock;
    private final ReplayLimits limits;

    /// @param rehearser the rules that the ledger folds by
    public Replay(
            Ledger ledger,
            Rehearser rehearser,
            Rereader rereader,
            RecordIds recordIds,
            InstantSource clock,
            ReplayLimits limits) {
        this.ledger = ledger;
        this.rehearser = rehearser;
        this.rereader = rereader;
        this.recordIds = recordIds;
        this.clock = clock;
        this.limits = limits;
    }

    /// There are more postbacks in the period than one replay takes.
    public static final class TooMuch extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooMuch(int recordsMax) {
            super(
                    "there are more than " + recordsMax + " postbacks; choose a shorter period",
                    null,
                    false,
                    false);
        }
    }

    /// A name for a replay.
    public RecordId newId() {
        return recordIds.next();
    }

    /// What a replay would change, by the newest catalog. Throws [TooMuch], and
    /// [ReplayProgress.Cancelled] when it was.
    ///
    /// @param id the replay's name in every record it writes
    public ReplayPreview preview(RecordId id, ReplayRequest request, ReplayProgress progress) {
        try (var snapshot = ledger.snapshot()) {
            var catalog = ledger.catalog();
            var dossiers = new Dossiers(snapshot, rereader, catalog);
            var found = new Search(dossiers, request, limits, progress).run();
            var plan = plan(dossiers, request, found, progress);
            return new ReplayPreview(id, request, plan, catalog.reportCurrency());
        }
    }

    private Plan plan(
            Dossiers dossiers, ReplayRequest request, Search.Found found, ReplayProgress progress) {
        return new Planner(dossiers, rehearser, request, limits, progress)
                .plan(found.subjects(), found.nowhere());
    }

    /// Whether the catalog is still the one that a preview was made by.
    public boolean isByNewestCatalog(ReplayPreview preview) {
        return ledger.catalog().version() == preview.plan().catalogVersion();
    }

    /// How many of the clicks that a preview would change have changed since; all of them when the
    /// catalog has.
    public long outdated(ReplayPreview preview) {
        var changed = preview.plan().changed();
        if (!isByNewestCatalog(preview)) {
            return changed.size();
        }
        try (var snapshot = ledger.snapshot()) {
            return changed.stream().filter(part -> !isCurrent(part, snapshot)).count();
        }
    }

    private boolean isCurrent(Part part, Snapshot snapshot) {
        return new Dossiers(snapshot, rereader, ledger.catalog())
                        .state(part.subject)
                        .counters()
                        .version()
                == part.version;
    }

    /// Writes what a preview has shown. Clicks that changed since are read and tried out again, by
    /// the catalog of the preview. Running it, or the same replay, again after a crash finishes it.
    /// Throws [ReplayProgress.Cancelled] when it was; what was written stays.
    public ReplayResult apply(ReplayPreview preview, ReplayProgress progress) {
        var catalog = ledger.catalog(preview.plan().catalogVersion());
        var plan = preview.plan();
        var written = new ReplayResult(0, 0, List.of());
        for (int round = 0; round < limits.roundsMax(); round++) {
            var work = new Applying(ledger, plan, preview, recordIds, clock);
            var left = work.run(snapshot -> new Dossiers(snapshot, rereader, catalog), progress);
            written = written.and(work.applied(), work.settled());
            if (left.isEmpty()) {
                return written.left(List.of());
            }
            written = written.left(left.stream().map(Subject::text).toList());
            plan = replan(left, plan, preview.request(), catalog, progress);
        }
        return written;
    }

    private Plan replan(
            Set<Subject> left,
            Plan plan,
            ReplayRequest request,
            Catalog catalog,
            ReplayProgress progress) {
        try (var snapshot = ledger.snapshot()) {
            var dossiers = new Dossiers(snapshot, rereader, catalog);
            var found = new Search.Found(left, plan.gifts(left));
            return plan(dossiers, request, found, progress);
        }
    }
}
