package matchback.console.pages;

import java.util.ArrayList;
import java.util.List;
import matchback.console.pages.OverviewPage.Todo;
import matchback.model.catalog.Campaign;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.Entity;
import matchback.report.Metric;
import matchback.report.Overview;

/// The way from an empty installation to the first conversion.
record Start(Visit visit) {

    private record Stage(String id, boolean isDone, String code, String href) {}

    /// The stages; none once there has been a conversion.
    List<Todo> todos(Overview overview) {
        var catalog = visit.catalog();
        boolean converted = !overview.latest().isEmpty();
        boolean clicked =
                converted
                        || overview.hours().stream()
                                .anyMatch(hour ->
                                        hour.values()
                                                .of(Metric.CLICKS)
                                                .map(n -> n.signum() > 0)
                                                .orElse(false));
        if (converted && any(catalog, Campaign.class)) {
            return List.of();
        }
        return todos(
                List.of(
                        new Stage(
                                "campaign",
                                any(catalog, Campaign.class),
                                "",
                                FirstCampaignPages.PATH),
                        new Stage("click", clicked, Advice.click(visit), ""),
                        new Stage("postback", converted, Advice.postback(visit), "")));
    }

    private List<Todo> todos(List<Stage> stages) {
        var texts = visit.texts();
        var todos = new ArrayList<Todo>();
        boolean next = true;
        for (var stage : stages) {
            var state = stage.isDone() ? "done" : next ? "now" : "later";
            next &= stage.isDone();
            var key = "start." + stage.id();
            todos.add(
                    new Todo(
                            stage.id(),
                            state,
                            texts.of(key),
                            texts.of(key + "_text"),
                            stage.code(),
                            stage.href(),
                            stage.href().isEmpty() ? "" : texts.of(key + "_action")));
        }
        return todos;
    }

    private static <E extends Entity> boolean any(Catalog catalog, Class<E> kind) {
        return catalog.all(kind).values().stream().anyMatch(entity -> !entity.archived());
    }
}
