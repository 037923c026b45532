package matchback.console.pages;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import matchback.console.api.CatalogEditor;
import matchback.console.api.CatalogEditor.Change;
import matchback.console.api.FieldProblem;
import matchback.console.api.Json;
import matchback.console.pages.EntityForm.Filling;

/// Shows and takes the forms of the catalog. The rules are those of the API: the same editor checks
/// and saves.
final class Forms {
    private static final String KEY = "key";

    private final CatalogEditor editor;

    /// What a form says besides its fields.
    private record Note(int status, String problem, Map<String, String> errors) {
        static final Note NONE = new Note(200, "", Map.of());
    }

    Forms(CatalogEditor editor) {
        this.editor = editor;
    }

    void make(Visit visit, EntityForm form) {
        show(visit, form, "", form.start(visit), "", Note.NONE);
    }

    void edit(Visit visit, EntityForm form) {
        var key = visit.pathParam(KEY);
        var found = editor.find(form.path(), key);
        if (found.isEmpty()) {
            new Errors(visit.site()).notFound(visit);
            return;
        }
        show(visit, form, key, found.get().document(), found.get().etag(), Note.NONE);
    }

    void create(Visit visit, EntityForm form) {
        var document = Json.object();
        form.read(visit, document);
        Documents.putText(visit, document, KEY);
        if (form.isArranging(visit)) {
            form.arrange(visit, document);
            show(visit, form, "", document, "", Note.NONE);
            return;
        }
        answer(visit, form, "", document, editor.create(form.path(), document, visit.by()));
    }

    void replace(Visit visit, EntityForm form) {
        var key = visit.pathParam(KEY);
        var found = editor.find(form.path(), key);
        if (found.isEmpty()) {
            new Errors(visit.site()).notFound(visit);
            return;
        }
        var document = found.get().document();
        form.read(visit, document);
        if (form.isArranging(visit)) {
            form.arrange(visit, document);
            show(visit, form, key, document, visit.form("etag"), Note.NONE);
            return;
        }
        var change = editor.replace(form.path(), key, document, visit.form("etag"), visit.by());
        answer(visit, form, key, document, change);
    }

    void archive(Visit visit, EntityForm form) {
        var key = visit.pathParam(KEY);
        switch (editor.archive(form.path(), key, "", visit.by())) {
            case Change.Archived() -> visit.goTo(form.section().path());
            case Change.Conflict(_, var detail) -> {
                var found = editor.find(form.path(), key).orElseThrow();
                show(
                        visit,
                        form,
                        key,
                        found.document(),
                        found.etag(),
                        new Note(409, visit.texts().of("archive.refused", detail), Map.of()));
            }
            case Change.Missing _, Change.Saved _, Change.Invalid _, Change.Stale _ ->
                    new Errors(visit.site()).notFound(visit);
        }
    }

    private void answer(
            Visit visit, EntityForm form, String key, ObjectNode document, Change change) {
        var etag = visit.form("etag");
        switch (change) {
            case Change.Saved(var saved, var answer, _) -> saved(visit, form, saved, answer);
            case Change.Invalid(var problems) ->
                    show(visit, form, key, document, etag, note(visit, problems));
            case Change.Conflict(_, var detail) ->
                    show(visit, form, key, document, etag, new Note(409, "", Map.of(KEY, detail)));
            case Change.Stale(var now) ->
                    show(
                            visit,
                            form,
                            key,
                            document,
                            now,
                            new Note(412, visit.texts().of("form.stale"), Map.of()));
            case Change.Missing _, Change.Archived _ -> new Errors(visit.site()).notFound(visit);
        }
    }

    private static Note note(Visit visit, List<FieldProblem> problems) {
        var errors = new LinkedHashMap<String, String>();
        problems.forEach(problem -> errors.putIfAbsent(problem.field(), problem.message()));
        return new Note(422, visit.texts().of("form.problems"), errors);
    }

    private static void saved(Visit visit, EntityForm form, String key, ObjectNode document) {
        var on = form.section().path() + '/' + key;
        if (form instanceof UserForm && document.hasNonNull("password")) {
            UserForm.showPassword(visit, document);
            return;
        }
        var token = document.path("security").path("token").asText("");
        var signature = document.path("security").path("signature");
        var secret = signature.path("secret").asText("");
        var path = document.path("security").path("path").path("secret").asText("");
        if (token.isEmpty() && secret.isEmpty() && path.isEmpty()) {
            visit.goTo(on);
            return;
        }
        // Shown this once and kept nowhere: so it is in this answer and not behind a redirect.
        var title = Documents.text(document, "name");
        visit.show(
                visit.site()
                        .templates()
                        .saved(
                                new SavedPage(
                                        visit.frame(title, form.section()),
                                        title,
                                        token,
                                        secret,
                                        signature
                                                .path("keys")
                                                .path(signature.path("keys").size() - 1)
                                                .path("kid")
                                                .asText(""),
                                        addresses(visit, document),
                                        on)));
    }

    /// A sender's postback URL, or one for each kind of report.
    static List<SavedPage.Address> addresses(Visit visit, ObjectNode document) {
        var texts = visit.texts();
        var addresses = new ArrayList<SavedPage.Address>();
        for (var report : document.path("postbackTemplates")) {
            addresses.add(
                    new SavedPage.Address(
                            texts.of("token.url_of", report.path("report").asText()),
                            report.path("url").asText()));
        }
        var url = Documents.text(document, "postbackTemplate");
        if (addresses.isEmpty() && !url.isEmpty()) {
            addresses.add(new SavedPage.Address(texts.of("token.url"), url));
        }
        return addresses;
    }

    private static void show(
            Visit visit, EntityForm form, String key, ObjectNode document, String etag, Note note) {
        var texts = visit.texts();
        boolean isNew = key.isEmpty();
        var word = form.section().word();
        var path = form.section().path();
        var title = isNew ? texts.of(word + ".add") : Documents.text(document, "name");
        var filling = new Filling(visit, document, isNew, note.errors());
        visit.show(
                note.status(),
                visit.site()
                        .templates()
                        .form(
                                new FormPage(
                                        visit.frame(title, form.section()),
                                        title,
                                        texts.of("nav." + word),
                                        path,
                                        isNew ? path + "/new" : path + '/' + key + "/edit",
                                        isNew
                                                        || form instanceof CampaignForm
                                                        || form instanceof DestinationForm
                                                ? path + (isNew ? "" : '/' + key)
                                                : path,
                                        etag,
                                        note.problem(),
                                        form.groups(filling),
                                        copies(visit, document),
                                        isNew ? "" : path + '/' + key + "/archive",
                                        isNew ? "" : replay(form, key),
                                        isNew || !(form instanceof SenderForm)
                                                ? ""
                                                : path + '/' + key + "/test")));
    }

    private static String replay(EntityForm form, String key) {
        return form instanceof SenderForm ? ReplayPages.PATH + "?sender=" + Visit.encode(key) : "";
    }

    /// URLs of a sender or a lander that are worth copying.
    private static List<Detail> copies(Visit visit, ObjectNode document) {
        var copies = new ArrayList<Detail>();
        for (var address : addresses(visit, document)) {
            var id = copies.isEmpty() ? "postback-url" : "postback-url-" + copies.size();
            copies.add(new Detail(address.label(), address.url(), id, true));
        }
        var button = Documents.text(document, "buttonUrl");
        if (!button.isEmpty()) {
            copies.add(
                    new Detail(visit.texts().of("landers.button_url"), button, "button-url", true));
        }
        var parameter = Documents.text(document, "offerParameter");
        if (!parameter.isEmpty()) {
            var pair = parameter + "={clickid}";
            copies.add(new Detail(visit.texts().of("token.offer"), pair, "offer-parameter", true));
        }
        return copies;
    }
}
