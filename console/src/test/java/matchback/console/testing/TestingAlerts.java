package matchback.console.testing;

import java.util.List;
import matchback.console.AlertBoard;
import matchback.report.alert.Alert;
import matchback.report.alert.AlertBook;

/// Alerts that a test puts into the book.
public record TestingAlerts(AlertBook book) implements AlertBoard {
    @Override
    public List<Alert> open() {
        return book.open();
    }

    @Override
    public List<Alert> past() {
        return book.past();
    }

    @Override
    public int untold() {
        return 0;
    }
}
