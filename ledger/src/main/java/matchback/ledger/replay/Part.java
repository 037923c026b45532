package matchback.ledger.replay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import matchback.model.RecordId;
import matchback.model.Subject;

/// One subject of a replay, while it is prepared.
final class Part {
    /// A postback that another subject gives up, or gave up when a replay was cut off.
    ///
    /// @param leastFactVersion what its facts' version must at least be here
    record Arrival(Subject from, RecordId recordId, long leastFactVersion) {}

    final Subject subject;

    /// The subject's version when it was read.
    final long version;

    /// Postbacks that are another subject's from now on.
    final Map<RecordId, Subject> moved = new HashMap<>();

    final List<Arrival> arrivals = new ArrayList<>();

    /// The postbacks it has now.
    final Set<RecordId> records;

    /// What it was last tried out with.
    Answers answers = Answers.ALL_ITS_OWN;

    Trial trial = Trial.NONE;

    /// The answers that differ from what a subject takes for granted: that each transaction it asks
    /// for is its own, and that caps have places.
    record Answers(Map<Subject, Subject> owners, Set<RecordId> placeless) {
        static final Answers ALL_ITS_OWN = new Answers(Map.of(), Set.of());
    }

    Part(Subject subject, long version, Set<RecordId> records) {
        this.subject = subject;
        this.version = version;
        this.records = Set.copyOf(records);
    }

    boolean isChanged() {
        return trial.isChanged() || !moved.isEmpty() || !arrivals.isEmpty();
    }

    /// What the facts' version must at least be: above those under which others gave up what
    /// arrives.
    long leastFactVersion() {
        return arrivals.stream().mapToLong(Arrival::leastFactVersion).max().orElse(0);
    }
}
