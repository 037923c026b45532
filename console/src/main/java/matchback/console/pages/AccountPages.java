package matchback.console.pages;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import matchback.console.api.CatalogEditor;
import matchback.console.api.CatalogEditor.Change;
import matchback.console.api.Json;
import matchback.console.people.Access.Login;
import matchback.console.people.Caller;
import matchback.console.people.Passwords;
import matchback.model.catalog.ApiToken;
import matchback.model.catalog.Permission;
import matchback.model.catalog.User;

/// Whoever is logged in sees what they may do, makes tokens and chooses a password.
final class AccountPages {
    static final String PASSWORD = "/account/password";
    private static final String PATH = "/account";
    private static final String NEVER = "never";
    private static final String AGE_DEFAULT = "90";
    private static final List<String> AGES = List.of("7", "30", AGE_DEFAULT, "365", NEVER);

    private final CatalogEditor editor;

    AccountPages(CatalogEditor editor) {
        this.editor = editor;
    }

    void show(Visit visit) {
        show(visit, 200, "");
    }

    private static void show(Visit visit, int status, String problem) {
        var texts = visit.texts();
        var caller = visit.caller().orElseThrow();
        var user = visit.catalog().user(caller.user());
        var tokens =
                TokenRows.of(visit, token -> token.user().equals(caller.user()), PATH + "/tokens/");
        visit.show(
                status,
                visit.site()
                        .templates()
                        .account(
                                new AccountPage(
                                        visit.frame(texts.of("account.title"), Section.NONE),
                                        problem,
                                        PeoplePages.done(visit),
                                        user.map(User::name)
                                                .orElse(texts.of("account.installation")),
                                        caller.user(),
                                        user.map(found -> texts.of("role." + found.role().word()))
                                                .orElse(texts.of("role.admin")),
                                        user.isEmpty(),
                                        permissions(visit, caller),
                                        visit.site().access().openSessions(caller.user()),
                                        tokens,
                                        scopes(visit, caller),
                                        ages(visit),
                                        visit.form("name"))));
    }

    private static List<String> permissions(Visit visit, Caller caller) {
        var words = new ArrayList<String>();
        caller.permissions().stream()
                .sorted()
                .map(permission -> TokenRows.name(visit, permission))
                .forEach(words::add);
        return words;
    }

    private static List<Option> scopes(Visit visit, Caller caller) {
        var chosen = visit.ctx().request().formAttributes().getAll("scopes");
        return caller.permissions().stream()
                .sorted()
                .map(permission ->
                        new Option(
                                permission.word(),
                                TokenRows.name(visit, permission),
                                chosen.contains(permission.word())))
                .toList();
    }

    private static List<Option> ages(Visit visit) {
        var typed = visit.form("days");
        var chosen = AGES.contains(typed) ? typed : AGE_DEFAULT;
        return AGES.stream()
                .map(age ->
                        new Option(
                                age,
                                age.equals(NEVER)
                                        ? visit.texts().of("account.never")
                                        : visit.texts().of("time.days", age),
                                age.equals(chosen)))
                .toList();
    }

    void makeToken(Visit visit) {
        var caller = visit.caller().orElseThrow();
        var document = Json.object();
        Documents.putText(visit, document, "name");
        if (!caller.user().isEmpty()) {
            document.put("user", caller.user());
        }
        var scopes = document.putArray("scopes");
        var allowed = words(caller.permissions());
        visit.forms("scopes").stream().filter(allowed::contains).forEach(scopes::add);
        var days = visit.form("days");
        if (days.equals(NEVER)) {
            document.putNull("until");
        } else if (AGES.contains(days)) {
            document.put("until", after(visit, days).toString());
        }
        switch (editor.create("tokens", document, visit.by())) {
            case Change.Saved(_, var made, _) -> showToken(visit, made.path("token").asText());
            case Change.Invalid(var problems) ->
                    show(
                            visit,
                            422,
                            problems.getFirst().field().equals("scopes")
                                    ? visit.texts().of("account.scopes_needed")
                                    : problems.getFirst().message());
            case Change.Conflict(_, var detail) -> show(visit, 409, detail);
            case Change.Missing _, Change.Archived _, Change.Stale _ ->
                    new Errors(visit.site()).notFound(visit);
        }
    }

    private static Set<String> words(Set<Permission> permissions) {
        return permissions.stream()
                .map(Permission::word)
                .collect(java.util.stream.Collectors.toUnmodifiableSet());
    }

    private static Instant after(Visit visit, String days) {
        return Instant.ofEpochMilli(visit.formats().now())
                .plus(Duration.ofDays(Integer.parseInt(days)));
    }

    private static void showToken(Visit visit, String token) {
        var texts = visit.texts();
        var title = texts.of("account.token_made");
        visit.show(
                visit.site()
                        .templates()
                        .once(
                                new OncePage(
                                        visit.frame(title, Section.NONE),
                                        title,
                                        texts.of("account.token_once"),
                                        List.of(
                                                new Detail(
                                                        texts.of("token.label"),
                                                        token,
                                                        "token",
                                                        true)),
                                        PATH,
                                        texts.of("account.title"))));
    }

    /// Revokes a token of one's own; another's is not found.
    void revokeToken(Visit visit) {
        var token = visit.catalog().all(ApiToken.class).get(visit.pathParam("key"));
        if (token == null || !token.user().equals(visit.caller().orElseThrow().user())) {
            new Errors(visit.site()).notFound(visit);
            return;
        }
        PeoplePages.revoke(visit, editor);
        visit.goTo(PATH + "?done=revoked");
    }

    void password(Visit visit) {
        var user = user(visit);
        if (user.isEmpty()) {
            visit.goTo(PATH);
            return;
        }
        showPassword(visit, user.get(), 200, "", "");
    }

    private static Optional<User> user(Visit visit) {
        return visit.caller().flatMap(caller -> visit.catalog().user(caller.user()));
    }

    void changePassword(Visit visit) {
        var user = user(visit);
        if (user.isEmpty()) {
            visit.goTo(PATH);
            return;
        }
        var wanted = typed(visit, "new");
        var problem = Passwords.problem(wanted, user.get().key());
        if (problem.isPresent()) {
            showPassword(visit, user.get(), 422, "new", problem.get());
        } else if (!wanted.equals(typed(visit, "again"))) {
            showPassword(visit, user.get(), 422, "again", visit.texts().of("password.differs"));
        } else {
            change(visit, user.get(), typed(visit, "old"), wanted);
        }
    }

    private void change(Visit visit, User user, String old, String wanted) {
        var access = visit.site().access();
        switch (access.check(visit.ctx(), user, old)) {
            case Login.Wrong(), Login.Stale() ->
                    showPassword(visit, user, 422, "old", visit.texts().of("password.wrong"));
            case Login.Throttled(var wait) -> {
                var span = visit.formats().span(wait.toSeconds() + 1);
                var text = visit.texts().of("login.throttled", span);
                showPassword(visit, user, 429, "old", text);
            }
            case Login.Done() -> {
                if (user.passwordGiven() && wanted.equals(old)) {
                    var text = visit.texts().of("password.same");
                    showPassword(visit, user, 422, "new", text);
                    return;
                }
                var hash = Passwords.hash(wanted);
                long now = Math.max(visit.formats().now(), user.passwordAt() + 1);
                editor.update(
                                User.class,
                                user.key(),
                                found -> found.withPassword(hash, now),
                                visit.by())
                        .ifPresent(changed -> access.reopen(visit.ctx(), changed));
                visit.goTo(PATH + "?done=password");
            }
        }
    }

    /// As it was typed: a space may be part of it.
    private static String typed(Visit visit, String field) {
        var value = visit.ctx().request().getFormAttribute(field);
        return value == null ? "" : value;
    }

    private static void showPassword(
            Visit visit, User user, int status, String field, String problem) {
        var frame = visit.frame(visit.texts().of("password.title"), Section.NONE);
        visit.show(
                status,
                visit.site()
                        .templates()
                        .password(
                                new PasswordPage(
                                        frame, user.key(), user.passwordGiven(), field, problem)));
    }
}
