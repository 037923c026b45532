package matchback.console.pages;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import matchback.console.api.CatalogEditor;
import matchback.console.api.CatalogEditor.Change;
import matchback.console.api.CatalogEditor.Made;
import matchback.console.api.CatalogEditor.Wanted;
import matchback.console.api.FieldProblem;
import matchback.console.api.Json;

/// From nothing to a tracking link and a postback URL with one form, and then a look at whether
/// they work.
final class FirstCampaignPages {
    static final String PATH = "/start";

    private static final String ONCE = "once";
    private static final int REMEMBERED_MAX = 1000;
    private static final int ONCE_BYTES = 8;

    private final CatalogEditor editor;

    /// Campaign by the filling of the form it was made from: a page that is loaded again sends its
    /// form again, and must not make everything twice.
    private final Map<String, String> made =
            Collections.synchronizedMap(
                    new LinkedHashMap<>() {
                        @Override
                        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
                            return size() > REMEMBERED_MAX;
                        }
                    });

    FirstCampaignPages(CatalogEditor editor) {
        this.editor = editor;
    }

    void ask(Visit visit) {
        show(visit, 200, new FirstCampaignForm(visit, editor, false), "", Map.of());
    }

    void make(Visit visit) {
        var before = made.get(visit.form(ONCE));
        if (before != null) {
            visit.goTo("/campaigns/" + before);
            return;
        }
        var form = new FirstCampaignForm(visit, editor, true);
        var missing = form.missing();
        if (!missing.isEmpty()) {
            show(visit, 422, form, visit.texts().of("first.problems"), missing);
            return;
        }
        var wanted = form.wanted();
        switch (editor.createAll(wanted, visit.by())) {
            case Made.All(var saved) -> made(visit, wanted, saved);
            case Made.Refused(var index, var why) ->
                    refused(visit, form, wanted.get(index).path(), why);
        }
    }

    private static void refused(Visit visit, FirstCampaignForm form, String path, Change why) {
        var errors =
                switch (why) {
                    case Change.Invalid(var problems) -> FirstCampaignForm.errors(path, problems);
                    case Change.Conflict(_, var detail) ->
                            FirstCampaignForm.errors(
                                    path, List.of(new FieldProblem("key", detail)));
                    case Change.Saved _, Change.Archived _, Change.Missing _, Change.Stale _ ->
                            throw new IllegalStateException("not an answer to something new");
                };
        show(visit, 422, form, visit.texts().of("first.problems"), errors);
    }

    /// The page is the answer itself and no redirect: the secret of the postback URL is shown this
    /// once and kept nowhere.
    private void made(Visit visit, List<Wanted> wanted, List<Change.Saved> saved) {
        var documents = new LinkedHashMap<String, ObjectNode>();
        for (int i = 0; i < wanted.size(); i++) {
            documents.put(wanted.get(i).path(), saved.get(i).document());
        }
        var key = saved.getLast().key();
        made.put(visit.form(ONCE), key);
        var campaign = visit.catalog().campaign(key).orElseThrow();
        var sender = documents.getOrDefault("senders", Json.object());
        var addresses = Forms.addresses(visit, sender);
        var hasSecret = !sender.at("/security/path/secret").asText("").isEmpty();
        var title = visit.texts().of("first.made", campaign.name());
        visit.show(
                visit.site()
                        .templates()
                        .firstmade(
                                new FirstMadePage(
                                        visit.frame(title, Section.CAMPAIGNS),
                                        title,
                                        "/campaigns/" + key,
                                        Campaigns.trackingLink(visit, campaign),
                                        addresses,
                                        hasSecret,
                                        Advice.report(sender.path("postbackUrl").asText("")),
                                        Waiting.of(visit, campaign))));
    }

    void waiting(Visit visit) {
        var found = visit.catalog().campaign(visit.pathParam("key"));
        if (found.isEmpty()) {
            new Errors(visit.site()).notFound(visit);
            return;
        }
        visit.show(
                visit.site()
                        .templates()
                        .waiting(
                                new WaitingPage(
                                        visit.frame(found.get().name(), Section.CAMPAIGNS),
                                        Waiting.of(visit, found.get()))));
    }

    private static void show(
            Visit visit,
            int status,
            FirstCampaignForm form,
            String problem,
            Map<String, String> errors) {
        visit.show(
                status,
                visit.site()
                        .templates()
                        .first(
                                new FirstPage(
                                        visit.frame(
                                                visit.texts().of("first.title"), Section.CAMPAIGNS),
                                        once(visit),
                                        problem,
                                        form.groups(errors))));
    }

    private static String once(Visit visit) {
        var bytes = new byte[ONCE_BYTES];
        visit.site().context().random().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
