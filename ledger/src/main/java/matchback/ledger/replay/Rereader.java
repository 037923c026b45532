package matchback.ledger.replay;

import java.util.Optional;
import matchback.ledger.Event.PostbackReceived;
import matchback.ledger.PersonalBlock;
import matchback.model.catalog.Catalog;

/// Reads a postback's kept request once more.
public interface Rereader {

    /// The postback as the mappings of a catalog read it. Its record id, its time, and what the
    /// door found out about the caller stay; its subject may be another one, when its click id is
    /// found elsewhere now.
    ///
    /// @param personal with the raw request; empty when it was erased: then the parameters that
    ///   were kept are all there is
    PostbackReceived reread(
            PostbackReceived kept, Optional<PersonalBlock> personal, Catalog catalog);
}
