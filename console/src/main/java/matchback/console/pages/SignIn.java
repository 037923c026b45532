package matchback.console.pages;

import matchback.console.people.Access.Login;
import matchback.model.catalog.User;

/// The way in and out.
final class SignIn {
    private final Site site;
    private final Errors errors;

    SignIn(Site site, Errors errors) {
        this.site = site;
        this.errors = errors;
    }

    void show(Visit visit) {
        var next = Visit.ownPath(visit.param("next"));
        if (visit.caller().isPresent()) {
            visit.goTo(next);
        } else {
            show(visit, 200, next, "");
        }
    }

    void login(Visit visit) {
        if (!site.access().requireCsrf(visit.ctx()) && visit.caller().isEmpty()) {
            errors.forbidden(visit);
            return;
        }
        var next = Visit.ownPath(visit.form("next"));
        var token = visit.form("token");
        var done =
                token.isEmpty()
                        ? site.access().login(visit.ctx(), visit.form("login"), password(visit))
                        : site.access().login(visit.ctx(), token);
        var wrong = token.isEmpty() ? "login.wrong" : "login.wrong_token";
        switch (done) {
            case Login.Done() -> visit.goTo(next);
            case Login.Wrong() -> show(visit, 401, next, visit.texts().of(wrong));
            case Login.Stale() -> show(visit, 401, next, visit.texts().of("login.stale"));
            case Login.Throttled(var wait) -> {
                var span = visit.formats().span(wait.toSeconds() + 1);
                show(visit, 429, next, visit.texts().of("login.throttled", span));
            }
        }
    }

    /// As it was typed: a space may be part of it.
    private static String password(Visit visit) {
        var typed = visit.ctx().request().getFormAttribute("password");
        return typed == null ? "" : typed;
    }

    void logoutEverywhere(Visit visit) {
        site.access().logoutEverywhere(visit.ctx());
        visit.goTo("/login");
    }

    void logout(Visit visit) {
        site.access().logout(visit.ctx());
        visit.goTo("/login");
    }

    private void show(Visit visit, int status, String next, String problem) {
        var frame = visit.frame(visit.texts().of("login.title"), Section.NONE);
        var users = visit.catalog().all(User.class).values();
        boolean hasUsers = users.stream().anyMatch(user -> !user.archived());
        boolean isToken = !hasUsers || !visit.form("token").isEmpty();
        visit.show(
                status,
                site.templates()
                        .login(
                                new LoginPage(
                                        frame,
                                        next,
                                        problem,
                                        visit.form("login"),
                                        hasUsers,
                                        isToken)));
    }
}
