package matchback.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import matchback.console.ConsoleConfig;
import matchback.console.ConsoleContext;
import matchback.console.csv.CsvFile.Unreadable;
import matchback.model.catalog.Campaign;

/// Links of other trackers over HTTP: all of them, and a table of more.
final class OldLinksApi {

    private final ConsoleContext context;
    private final OldLinks links;

    OldLinksApi(ConsoleContext context, CatalogEditor editor) {
        this.context = context;
        this.links = new OldLinks(context, editor);
    }

    List<Operation> operations() {
        return List.of(
                Operation.get(
                                ConsoleConfig.OLD_LINKS_PATH,
                                "listOldLinks",
                                "catalog",
                                "List the links of other trackers that lead to campaigns",
                                _ -> Answer.json(list()))
                        .answers(200, "OldLinkList"),
                Operation.of(
                                HttpMethod.POST,
                                ConsoleConfig.OLD_LINKS_PATH,
                                "importOldLinks",
                                "catalog",
                                "Lead links of other trackers to campaigns: CSV with the columns"
                                        + " link and campaign, up to "
                                        + OldLinks.ROWS_MAX
                                        + " rows",
                                this::take)
                        .query(
                                "dryRun",
                                Schema.words(
                                        "Whether only to tell what would become of the rows",
                                        List.of("true", "false")))
                        .request("Text", CsvApi.TYPE)
                        .answers(200, "OldLinksTaken"));
    }

    private ObjectNode list() {
        var node = Json.object();
        var items = node.putArray("items");
        context.ledger().catalog().all(Campaign.class).values().stream()
                .filter(campaign -> !campaign.archived())
                .sorted(Comparator.comparing(Campaign::key))
                .forEach(campaign ->
                        campaign.links()
                                .forEach(link ->
                                        items.addObject()
                                                .put("link", link)
                                                .put("campaign", campaign.key())));
        return node.putNull("next");
    }

    private Answer take(Call call) {
        boolean isDry = call.query("dryRun").orElse("").equals("true");
        try {
            var csv = new String(call.body(), StandardCharsets.UTF_8);
            return Answer.json(json(links.run(csv, isDry, call.by()), isDry));
        } catch (Unreadable e) {
            return Answer.problem(
                    422,
                    "unreadable-file",
                    "The table cannot be taken",
                    String.valueOf(e.getMessage()));
        }
    }

    private static ObjectNode json(OldLinks.Done done, boolean isDry) {
        var node =
                Json.object()
                        .put("dryRun", isDry)
                        .put("rows", done.rows())
                        .put("added", done.added())
                        .put("unchanged", done.unchanged());
        var errors = node.putArray("errors");
        done.errors()
                .forEach(error ->
                        errors.addObject()
                                .put("line", error.line())
                                .put("link", error.link())
                                .put("campaign", error.campaign())
                                .put("message", error.message()));
        return node;
    }
}
