package matchback.console.pages;

import java.util.Comparator;
import matchback.console.api.CatalogEditor;
import matchback.console.api.CatalogEditor.Change;
import matchback.console.pages.PeoplePage.Row;
import matchback.model.catalog.ApiToken;
import matchback.model.catalog.User;

/// Users and everybody's tokens. The form of a user is one of the catalog's.
final class PeoplePages {
    private static final String PATH = "/people";
    private static final String DONE = "done";

    private final CatalogEditor editor;

    PeoplePages(CatalogEditor editor) {
        this.editor = editor;
    }

    void show(Visit visit) {
        var texts = visit.texts();
        var users =
                visit.catalog().all(User.class).values().stream()
                        .filter(user -> !user.archived())
                        .sorted(Comparator.comparing(User::name).thenComparing(User::key))
                        .map(user -> row(visit, user))
                        .toList();
        var add = PATH + "/new";
        visit.show(
                visit.site()
                        .templates()
                        .people(
                                new PeoplePage(
                                        visit.frame(texts.of("nav.people"), Section.PEOPLE),
                                        done(visit),
                                        users,
                                        new Nothing(
                                                texts.of("people.none"),
                                                texts.of("people.none_text"),
                                                "",
                                                add,
                                                texts.of("people.add")),
                                        TokenRows.of(visit, _ -> true, PATH + "/tokens/"))));
    }

    /// What the query says was just done.
    static String done(Visit visit) {
        var word = visit.param(DONE);
        return word.matches("[a-z]{1,20}") ? visit.texts().orElse("people.done." + word, "") : "";
    }

    private static Row row(Visit visit, User user) {
        long now = visit.formats().now();
        long tokens =
                visit.catalog().all(ApiToken.class).values().stream()
                        .filter(token -> token.user().equals(user.key()) && token.isValid(now))
                        .count();
        return new Row(
                user.key(),
                user.name(),
                visit.texts().of("role." + user.role().word()),
                user.moneyMasked(),
                user.passwordGiven() ? "password_due" : "",
                visit.site().access().openSessions(user.key()),
                (int) tokens);
    }

    void revokeToken(Visit visit) {
        revoke(visit, editor);
        visit.goTo(PATH + "?done=revoked");
    }

    /// Takes a token out of use; nothing happens when it is already.
    static void revoke(Visit visit, CatalogEditor editor) {
        switch (editor.archive("tokens", visit.pathParam("key"), "", visit.by())) {
            case Change.Archived _,
                    Change.Missing _,
                    Change.Saved _,
                    Change.Invalid _,
                    Change.Conflict _,
                    Change.Stale _ -> {
                // The list that follows shows how it is.
            }
        }
    }

    void endSessions(Visit visit) {
        visit.site().access().endSessions(visit.pathParam("key"));
        visit.goTo(PATH + "?done=ended");
    }
}
