package matchback.console.api;

import java.util.Map;
import java.util.Optional;
import matchback.console.ConsoleContext;
import matchback.console.api.ClickStory.PostbackStory;
import matchback.ledger.Fact;
import matchback.ledger.Snapshot;
import matchback.ledger.Snapshot.Entry;
import matchback.ledger.state.SubjectState;
import matchback.model.ClickIds;
import matchback.model.RecordId;
import matchback.model.Subject;
import matchback.report.Item.PostbackItem;
import matchback.report.ListQuery;

/// Finds a postback by its record id: at once after its answer, by where the ledger says it stands.
/// Records that are older than that index are found by their click, which the columns know.
public final class PostbackFinder {
    private final ConsoleContext context;

    public PostbackFinder(ConsoleContext context) {
        this.context = context;
    }

    private static final int MOVES_MAX = 16;

    /// A postback and the subject it lies with: its click, else its own record.
    public record Found(Subject subject, PostbackStory story) {}

    public Optional<Found> find(RecordId recordId) {
        return find(recordId, Optional.empty());
    }

    /// @param clickId of its click, if the caller knows it
    Optional<Found> find(RecordId recordId, Optional<String> clickId) {
        return indexed(recordId)
                .or(() -> Optional.of(Subject.record(recordId)))
                .flatMap(subject -> find(subject, recordId))
                .or(() ->
                        clickId.map(ClickIds::canonical)
                                .filter(id -> id.length() <= Subject.CHARS_MAX)
                                .or(() -> subject(recordId))
                                .flatMap(subject -> find(new Subject(subject), recordId)));
    }

    private Optional<Subject> indexed(RecordId recordId) {
        try (var snapshot = context.ledger().snapshot()) {
            return snapshot.postback(recordId)
                    .map(Entry::event)
                    .map(event -> home(snapshot, event.subject(), recordId));
        }
    }

    /// A replay may have given it to another subject.
    private static Subject home(Snapshot snapshot, Subject first, RecordId recordId) {
        var subject = first;
        for (int i = 0; i < MOVES_MAX; i++) {
            var moved = new SubjectState(snapshot.state(subject), subject).moved(recordId);
            if (moved.isEmpty()) {
                break;
            }
            subject = moved.get().to();
        }
        return subject;
    }

    private Optional<Found> find(Subject subject, RecordId recordId) {
        return ClickStory.postback(context.ledger(), subject, recordId)
                .map(story -> new Found(subject, story));
    }

    private Optional<String> subject(RecordId recordId) {
        var query =
                new ListQuery(
                        Fact.Kind.POSTBACK,
                        null,
                        null,
                        Map.of(),
                        recordId,
                        "",
                        ListQuery.Sort.NEWEST_FIRST,
                        1,
                        null);
        return context.reports().postbacks(query).items().stream()
                .map(PostbackItem::clickId)
                .filter(id -> !id.isEmpty())
                .findFirst();
    }
}
