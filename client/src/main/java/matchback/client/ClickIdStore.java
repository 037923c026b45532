package matchback.client;

import java.util.Optional;

/// Keeps the click id with the user, for conversions that happen long after the visit or on another
/// device: a registration today, a deposit next month. Safe for use by many threads.
public interface ClickIdStore {

    /// Remembers by which click a user came; a later click replaces an earlier one.
    ///
    /// @param userId your own id of the user
    void remember(String userId, String clickId);

    Optional<String> find(String userId);

    /// Forgets a user who asks for it.
    void forget(String userId);
}
