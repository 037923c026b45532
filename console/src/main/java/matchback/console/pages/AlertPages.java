package matchback.console.pages;

import java.util.List;
import matchback.report.alert.Alert;

/// Shows what is wrong just now, and was lately.
final class AlertPages {
    /// The kind of destination that hears of alerts.
    private static final String LISTENER = "alert";

    void show(Visit visit) {
        var texts = visit.texts();
        var board = visit.site().context().alerts();
        long listeners =
                visit.catalog().destinationsInOrder().stream()
                        .filter(destination -> destination.type().equals(LISTENER))
                        .filter(destination -> !destination.archived() && !destination.paused())
                        .count();
        int untold = board.untold();
        visit.show(
                visit.site()
                        .templates()
                        .alerts(
                                new AlertsPage(
                                        visit.frame(texts.of("nav.alerts"), Section.ALERTS),
                                        rows(visit, board.open()),
                                        rows(visit, board.past()),
                                        listeners == 0
                                                ? texts.of("alerts.nobody")
                                                : texts.of("alerts.listeners", listeners),
                                        untold == 0 ? "" : texts.of("alerts.untold", untold),
                                        new Nothing(
                                                texts.of("alerts.none"),
                                                texts.of("alerts.none_text"),
                                                "",
                                                "",
                                                ""))));
    }

    static List<AlertRow> rows(Visit visit, List<Alert> alerts) {
        return alerts.stream().map(alert -> row(visit, alert)).toList();
    }

    private static AlertRow row(Visit visit, Alert alert) {
        var condition = alert.condition();
        return new AlertRow(
                visit.texts().of("alert." + condition.kind().word()),
                condition.headline(),
                condition.evidence(),
                condition.href(),
                visit.formats().when(condition.since()),
                alert.isOpen() ? "" : visit.formats().clock(alert.clearedAt()));
    }
}
