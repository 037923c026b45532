package matchback.console;

import java.util.List;
import matchback.report.alert.Alert;

/// What is wrong just now, and was lately. The server implements it, because it alone knows all the
/// parts.
public interface AlertBoard {
    /// The newest first.
    List<Alert> open();

    /// Those that are over, the last first.
    List<Alert> past();

    /// Messages that destinations have not taken yet.
    int untold();
}
