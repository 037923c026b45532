package matchback.ledger.replay;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import matchback.ledger.Event.PostbackReceived;
import matchback.ledger.replay.Dossiers.Home;
import matchback.ledger.replay.Plan.Gift;
import matchback.ledger.replay.Replay.TooMuch;
import matchback.ledger.replay.ReplayProgress.Step;
import matchback.model.Subject;

/// Finds the postbacks of a period. Records stand in the order in which they were written, which is
/// not always that of their times, so all of them are looked at.
final class Search {
    /// Records read at once.
    private static final int SLICE = 1000;

    private final Dossiers dossiers;
    private final ReplayRequest request;
    private final ReplayLimits limits;
    private final ReplayProgress progress;
    private final Set<Subject> subjects = new LinkedHashSet<>();
    private final Set<Gift> nowhere = new LinkedHashSet<>();
    private int found;

    /// @param subjects that have a postback of the period
    /// @param nowhere postbacks that a replay left between two subjects when it was cut off
    record Found(Collection<Subject> subjects, Collection<Gift> nowhere) {
        Found {
            subjects = List.copyOf(subjects);
            nowhere = List.copyOf(nowhere);
        }
    }

    Search(Dossiers dossiers, ReplayRequest request, ReplayLimits limits, ReplayProgress progress) {
        this.dossiers = dossiers;
        this.request = request;
        this.limits = limits;
        this.progress = progress;
    }

    /// Throws [TooMuch].
    Found run() {
        var snapshot = dossiers.snapshot();
        long all = 0;
        for (int bucket = 0; bucket < Subject.BUCKETS; bucket++) {
            all += snapshot.head(bucket).offset();
        }
        long read = 0;
        for (int bucket = 0; bucket < Subject.BUCKETS; bucket++) {
            var entries = snapshot.entries(bucket, 0, SLICE);
            while (!entries.isEmpty()) {
                for (var entry : entries) {
                    if (entry.event() instanceof PostbackReceived postback) {
                        look(postback);
                    }
                }
                read += entries.size();
                progress.reached(Step.SEARCHING, read, all);
                entries = snapshot.entries(bucket, entries.getLast().offset(), SLICE);
            }
        }
        return new Found(subjects, nowhere);
    }

    private void look(PostbackReceived postback) {
        if (!request.includes(postback)) {
            return;
        }
        switch (dossiers.home(postback)) {
            case Home.At(var subject, var report) -> {
                if (request.includes(report)) {
                    subjects.add(subject);
                    count();
                }
            }
            case Home.Nowhere(var from) -> {
                nowhere.add(new Gift(from, postback.recordId()));
                count();
            }
            case Home.Unknown() -> {
                // Nothing was ever made of it, so there is nothing to make anew.
            }
        }
    }

    private void count() {
        found++;
        if (found > limits.recordsMax()) {
            throw new TooMuch(limits.recordsMax());
        }
    }
}
