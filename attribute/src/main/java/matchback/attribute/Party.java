package matchback.attribute;

import java.util.List;
import java.util.Map;
import matchback.ledger.Column;
import matchback.ledger.Event.PostbackReceived;
import matchback.ledger.state.ClickState;
import matchback.model.catalog.DuplicateRule;
import matchback.model.catalog.Sender;
import org.jspecify.annotations.Nullable;

/// Who reports, and about which click.
///
/// @param sender null when it is not known, or none that is set up
/// @param senderKey its key; of an Apple device's report, the ad network's id; empty when nobody is
///   known
/// @param click null when there is none; one that is known from its id alone is not in the state
///   yet
/// @param columns of its facts, besides those of the click
/// @param forwards who gets the report as it came, as the outbox calls them
/// @param isUnsigned whether the sender asks for no proof at all
/// @param objection null when the report may be read
record Party(
        @Nullable Sender sender,
        String senderKey,
        @Nullable ClickState click,
        Map<Column, String> columns,
        List<String> forwards,
        boolean isUnsigned,
        @Nullable Objection objection) {

    /// Who reports about a click.
    Party(
            @Nullable Sender sender,
            @Nullable ClickState click,
            boolean isUnsigned,
            @Nullable Objection objection) {
        this(
                sender,
                sender == null ? "" : sender.key(),
                click,
                Map.of(),
                List.of(),
                isUnsigned,
                objection);
    }

    DuplicateRule duplicates() {
        return sender == null ? DuplicateRule.STANDARD : sender.duplicates();
    }

    /// Whether the amounts in a report that was let in are taken: a server's, and a browser's where
    /// the sender allows that or a server signed it.
    boolean isTakenAtItsWord(PostbackReceived postback) {
        return postback.feed().isServer()
                || (sender != null
                        && (sender.browsers().payouts() || Signatures.isSigned(sender, postback)));
    }
}
