package matchback.console.api;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import matchback.ledger.Event.Edited;
import matchback.ledger.Event.LanderClicked;
import matchback.ledger.Event.PostbackReceived;
import matchback.ledger.Ledger;
import matchback.ledger.PersonalBlock;
import matchback.ledger.Snapshot;
import matchback.ledger.state.BrowserTrail;
import matchback.ledger.state.BrowserTrail.Seen;
import matchback.ledger.state.ClickState;
import matchback.ledger.state.ConversionState;
import matchback.ledger.state.DeliveryState;
import matchback.ledger.state.LanderState;
import matchback.ledger.state.ReportState;
import matchback.ledger.state.ReviewState;
import matchback.ledger.state.SubjectState;
import matchback.model.RecordId;
import matchback.model.Subject;
import org.jspecify.annotations.Nullable;

/// All that is known of one subject, read from the ledger and its keyed state in one view: what was
/// answered is in it at once, also directly after a restart.
///
/// @param click null when the subject is no click, or one that is not stored here
/// @param clickPersonal null when it was erased or never was
/// @param postbacks oldest first
/// @param landerClicks steps from landers to offers, oldest first
/// @param edits what persons said of its conversions, by record
/// @param seen what the visitor's browser saw, oldest first
/// @param leftOut how much more it saw than is kept
public record ClickStory(
        Subject subject,
        @Nullable ClickState click,
        @Nullable PersonalBlock clickPersonal,
        List<ConversionState> conversions,
        List<PostbackStory> postbacks,
        List<DeliveryState> deliveries,
        List<LanderClicked> landerClicks,
        Map<RecordId, Edited> edits,
        List<Seen> seen,
        int leftOut) {

    /// One postback with its decision and what it was made of.
    ///
    /// @param review what a person last said of it; null when nobody had to
    /// @param received the event; null when the record was cut off by retention
    /// @param recordHash SHA-256 of the record in the ledger; empty without a record
    /// @param personal the raw request; null when it was erased or never was
    /// @param deliveries those it caused
    public record PostbackStory(
            ReportState report,
            @Nullable ReviewState review,
            @Nullable PostbackReceived received,
            byte[] recordHash,
            @Nullable PersonalBlock personal,
            List<DeliveryState> deliveries) {

        public PostbackStory {
            deliveries = List.copyOf(deliveries);
        }
    }

    public ClickStory {
        conversions = List.copyOf(conversions);
        postbacks = List.copyOf(postbacks);
        deliveries = List.copyOf(deliveries);
        landerClicks = List.copyOf(landerClicks);
        edits = Map.copyOf(edits);
        seen = List.copyOf(seen);
    }

    /// What a person last said of one of the postbacks; null when nobody had to.
    @Nullable ReviewState review(RecordId postback) {
        return postbacks.stream()
                .filter(story -> story.report().recordId().equals(postback))
                .findFirst()
                .map(PostbackStory::review)
                .orElse(null);
    }

    public static ClickStory read(Ledger ledger, Subject subject) {
        try (var snapshot = ledger.snapshot()) {
            var state = new SubjectState(snapshot.state(subject), subject);
            var trail = new BrowserTrail(snapshot.state(subject), subject);
            var click = state.click();
            var postbacks = new ArrayList<PostbackStory>();
            state.reports()
                    .forEach(report -> postbacks.add(postback(snapshot, state, subject, report)));
            return new ClickStory(
                    subject,
                    click.orElse(null),
                    click.flatMap(found -> snapshot.personal(found.recordId())).orElse(null),
                    state.conversions(),
                    postbacks,
                    state.deliveries(),
                    new LanderState(snapshot.state(subject), subject).clicks(),
                    edits(state),
                    trail.sights(),
                    trail.summary().map(BrowserTrail.Summary::leftOut).orElse(0));
        }
    }

    private static Map<RecordId, Edited> edits(SubjectState state) {
        var edits = new HashMap<RecordId, Edited>();
        state.editsInOrder().forEach(edit -> edits.put(edit.recordId(), edit));
        return edits;
    }

    /// The postback of a record that belongs to a subject, if it does.
    public static Optional<PostbackStory> postback(
            Ledger ledger, Subject subject, RecordId recordId) {
        try (var snapshot = ledger.snapshot()) {
            var state = new SubjectState(snapshot.state(subject), subject);
            return state.report(recordId).map(report -> postback(snapshot, state, subject, report));
        }
    }

    private static PostbackStory postback(
            Snapshot snapshot, SubjectState state, Subject subject, ReportState report) {
        var entry = snapshot.entry(report.bucket(subject), report.offset());
        return new PostbackStory(
                report,
                state.review(report.recordId()).orElse(null),
                entry.map(Snapshot.Entry::event)
                        .filter(PostbackReceived.class::isInstance)
                        .map(PostbackReceived.class::cast)
                        .orElse(null),
                entry.map(Snapshot.Entry::recordHash).orElse(new byte[0]),
                snapshot.personal(report.recordId()).orElse(null),
                report.outcome().conversionId().isEmpty()
                        ? List.of()
                        : state.deliveries().stream()
                                .filter(delivery -> delivery.cause().equals(report.recordId()))
                                .toList());
    }
}
