package matchback.attribute;

import matchback.ledger.state.ClickState;
import matchback.model.catalog.DuplicateRule;
import matchback.model.catalog.Sender;
import org.jspecify.annotations.Nullable;

/// Who reports, and about which click.
///
/// @param sender null when it is not known
/// @param click null when there is none; one that is known from its id alone is not in the state
///   yet
/// @param isUnsigned whether the sender asks for no proof at all
/// @param objection null when the report may be read
record Party(
        @Nullable Sender sender,
        @Nullable ClickState click,
        boolean isUnsigned,
        @Nullable Objection objection) {

    DuplicateRule duplicates() {
        return sender == null ? DuplicateRule.STANDARD : sender.duplicates();
    }

    /// The sender's key; empty when it is not known.
    String senderKey() {
        return sender == null ? "" : sender.key();
    }
}
