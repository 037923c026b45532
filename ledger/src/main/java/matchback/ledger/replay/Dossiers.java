package matchback.ledger.replay;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import matchback.ledger.Event;
import matchback.ledger.Event.PostbackReceived;
import matchback.ledger.Event.Reviewed;
import matchback.ledger.Input;
import matchback.ledger.Outcome;
import matchback.ledger.Snapshot;
import matchback.ledger.state.MovedState;
import matchback.ledger.state.ReportState;
import matchback.ledger.state.ReviewState;
import matchback.ledger.state.SubjectState;
import matchback.model.Reason;
import matchback.model.RecordId;
import matchback.model.Subject;
import matchback.model.catalog.Catalog;

/// Collects what there is to decide about a subject, as it reads now.
final class Dossiers {
    /// How often a postback is looked for at yet another subject.
    private static final int MOVES_MAX = 16;

    /// In the order in which a fresh run would have met them; a word on a postback comes after it.
    private static final Comparator<Input> ORDER =
            Comparator.<Input>comparingLong(input -> input.event().receivedAt())
                    .thenComparing(input -> input.event() instanceof Reviewed)
                    .thenComparingInt(Input::bucket)
                    .thenComparingLong(Input::offset)
                    .thenComparing(input -> input.event().recordId());

    private final Snapshot snapshot;
    private final Rereader rereader;
    private final Catalog catalog;

    /// @param catalog by whose mappings everything is read
    Dossiers(Snapshot snapshot, Rereader rereader, Catalog catalog) {
        this.snapshot = snapshot;
        this.rereader = rereader;
        this.catalog = catalog;
    }

    /// A record is not where the state says it is.
    static final class Incomplete extends RuntimeException {
        private static final long serialVersionUID = 1;

        Incomplete(RecordId recordId) {
            super("the record " + recordId + " is not kept any more", null, false, false);
        }
    }

    SubjectState state(Subject subject) {
        return new SubjectState(snapshot.state(subject), subject);
    }

    Snapshot snapshot() {
        return snapshot;
    }

    Catalog catalog() {
        return catalog;
    }

    /// Where a postback is now.
    sealed interface Home {
        /// With its subject.
        record At(Subject subject, ReportState report) implements Home {}

        /// Given up by one subject and not taken by the other yet: a replay was cut off in between.
        record Nowhere(Subject from) implements Home {}

        /// It was never decided.
        record Unknown() implements Home {}
    }

    Home home(PostbackReceived postback) {
        var subject = postback.subject();
        Home known = new Home.Unknown();
        for (int i = 0; i < MOVES_MAX; i++) {
            var state = state(subject);
            var report = state.report(postback.recordId());
            if (report.isPresent()) {
                return new Home.At(subject, report.get());
            }
            var moved = state.moved(postback.recordId());
            if (moved.isEmpty()) {
                break;
            }
            known = new Home.Nowhere(subject);
            subject = moved.get().to();
        }
        return known;
    }

    /// All postbacks of a subject, as they read now; each says whose it is from now on. Throws
    /// [Incomplete].
    List<Input> postbacks(Subject subject) {
        return state(subject).reports().stream().map(report -> input(subject, report)).toList();
    }

    private Input input(Subject subject, ReportState report) {
        return input(report.recordId(), report.bucket(subject), report.offset(), report.first());
    }

    private Input input(RecordId recordId, int bucket, long offset, Reason first) {
        var entry = snapshot.entry(bucket, offset);
        if (entry.isEmpty() || !(entry.get().event() instanceof PostbackReceived kept)) {
            throw new Incomplete(recordId);
        }
        var read = rereader.reread(kept, snapshot.personal(recordId), catalog);
        return new Input(read, bucket, offset, first);
    }

    /// A postback that a subject gives up, or gave up. Throws [Incomplete].
    Input given(Subject from, RecordId recordId) {
        var state = state(from);
        var report = state.report(recordId);
        if (report.isPresent()) {
            return input(from, report.get());
        }
        var moved = state.moved(recordId).orElseThrow(() -> new Incomplete(recordId));
        return input(recordId, moved.bucket(), moved.offset(), moved.first());
    }

    /// What was last decided of a postback that a subject gives up, or gave up.
    Optional<Outcome> last(Subject from, RecordId recordId) {
        var state = state(from);
        return state.report(recordId)
                .map(ReportState::outcome)
                .or(() -> state.moved(recordId).map(MovedState::outcome));
    }

    /// What is decided about a subject: the postbacks it keeps, those that arrive, and what people
    /// said of them, in order. Throws [Incomplete].
    List<Input> inputs(Part part) {
        var inputs = new ArrayList<Input>();
        for (var input : postbacks(part.subject)) {
            if (!part.moved.containsKey(input.event().recordId())) {
                inputs.add(input);
            }
        }
        var state = state(part.subject);
        words(state)
                .filter(review -> !part.moved.containsKey(review.reviewed()))
                .forEach(review -> inputs.add(new Input(review, 0, 0, null)));
        for (var arrival : part.arrivals) {
            arrive(part.subject, arrival, inputs);
        }
        inputs.sort(ORDER);
        return inputs;
    }

    private void arrive(Subject subject, Part.Arrival arrival, List<Input> inputs) {
        boolean isHere =
                inputs.stream().anyMatch(i -> i.event().recordId().equals(arrival.recordId()));
        if (isHere) {
            // It arrived before, but was not given up: a replay was cut off in between.
            return;
        }
        inputs.add(given(arrival.from(), arrival.recordId()));
        words(state(arrival.from()))
                .filter(review -> review.reviewed().equals(arrival.recordId()))
                .forEach(review -> inputs.add(new Input(of(subject, review), 0, 0, null)));
    }

    private static Stream<Reviewed> words(SubjectState state) {
        return Stream.concat(
                state.reviews().stream().map(ReviewState::review), state.unheard().stream());
    }

    private static Event of(Subject subject, Reviewed review) {
        return new Reviewed(
                review.recordId(),
                review.receivedAt(),
                review.catalogVersion(),
                subject,
                review.reviewed(),
                review.verdict(),
                review.by(),
                review.note(),
                review.correction());
    }
}
