package matchback.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import matchback.console.AlertBoard;
import matchback.report.alert.Alert;

/// What is wrong just now, and was lately.
final class AlertsApi {
    private final AlertBoard board;

    AlertsApi(AlertBoard board) {
        this.board = board;
    }

    List<Operation> operations() {
        return List.of(
                Operation.get(
                                CatalogApi.ROOT + "alerts",
                                "listAlerts",
                                "health",
                                "Alerts: the open ones, then the last that are over",
                                _ -> list())
                        .answers(200, "AlertList"));
    }

    private Answer list() {
        var page = Json.object();
        var items = page.putArray("items");
        Stream.concat(board.open().stream(), board.past().stream())
                .map(AlertsApi::json)
                .forEach(items::add);
        page.putNull("next");
        return Answer.json(page);
    }

    private static ObjectNode json(Alert alert) {
        var condition = alert.condition();
        var node = Json.object();
        node.put("id", alert.id());
        node.put("kind", condition.kind().word());
        node.put("about", condition.key());
        node.put("headline", condition.headline());
        var evidence = node.putArray("evidence");
        condition.evidence().forEach(evidence::add);
        node.put("since", Instant.ofEpochMilli(condition.since()).toString());
        node.put("raisedAt", Instant.ofEpochMilli(alert.raisedAt()).toString());
        if (alert.isOpen()) {
            node.putNull("clearedAt");
        } else {
            node.put("clearedAt", Instant.ofEpochMilli(alert.clearedAt()).toString());
        }
        return node;
    }
}
