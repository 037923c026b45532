package matchback.attribute;

import matchback.ledger.Event.PostbackReceived;
import matchback.ledger.state.SubjectState;
import matchback.model.Subject;
import matchback.model.catalog.Catalog;
import org.jspecify.annotations.Nullable;

/// One postback to be decided, with all there is to decide it by.
///
/// @param offset of the postback's record in its bucket
/// @param state of the postback's subject, as of now
/// @param txidOwner the click the txid belongs to; null while nobody was asked
record Case(
        PostbackReceived postback,
        long offset,
        Catalog catalog,
        SubjectState state,
        @Nullable Subject txidOwner) {}
