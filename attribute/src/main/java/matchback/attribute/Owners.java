package matchback.attribute;

import java.util.Optional;
import matchback.model.Subject;

/// Knows whose a value is, where it need not be asked for.
interface Owners {
    /// While events come in: another subject must be asked.
    Owners UNKNOWN = (_, _) -> Optional.empty();

    /// @param value the subject of a transaction
    /// @param of what needs it
    Optional<Subject> of(Subject value, Case of);
}
