package matchback.console.api;

import java.util.Map;
import java.util.Optional;
import matchback.console.ConsoleContext;
import matchback.console.api.ClickStory.PostbackStory;
import matchback.ledger.Fact;
import matchback.model.ClickIds;
import matchback.model.RecordId;
import matchback.model.Subject;
import matchback.report.Item.PostbackItem;
import matchback.report.ListQuery;

/// Finds a postback by its record id. It lies with its subject: its own record when it found no
/// click, else its click, which the columns know a moment later.
final class PostbackFinder {
    private final ConsoleContext context;

    PostbackFinder(ConsoleContext context) {
        this.context = context;
    }

    record Found(Subject subject, PostbackStory story) {}

    /// @param clickId of its click, for a postback of this very moment
    Optional<Found> find(RecordId recordId, Optional<String> clickId) {
        return find(Subject.record(recordId), recordId)
                .or(() ->
                        clickId.map(ClickIds::canonical)
                                .filter(id -> id.length() <= Subject.CHARS_MAX)
                                .or(() -> subject(recordId))
                                .flatMap(subject -> find(new Subject(subject), recordId)));
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
