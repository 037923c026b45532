package matchback.report.alert;

import java.util.List;
import java.util.Set;

/// Looks whether something is wrong. May block; never asked by two threads at once.
public interface Check {
    /// What it can find.
    Set<AlertKind> kinds();

    /// All that is wrong at this moment.
    ///
    /// @param now epoch milliseconds
    List<Condition> look(long now);
}
