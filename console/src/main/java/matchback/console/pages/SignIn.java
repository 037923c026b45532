package matchback.console.pages;

import matchback.console.Access.Login;

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
        if (site.access().isAuthorised(visit.ctx())) {
            visit.goTo(next);
        } else {
            show(visit, 200, next, "");
        }
    }

    void login(Visit visit) {
        if (!site.access().requireCsrf(visit.ctx()) && !site.access().isAuthorised(visit.ctx())) {
            errors.forbidden(visit);
            return;
        }
        var next = Visit.ownPath(visit.form("next"));
        switch (site.access().login(visit.ctx(), visit.form("token"))) {
            case Login.Done() -> visit.goTo(next);
            case Login.WrongToken() -> show(visit, 401, next, visit.texts().of("login.wrong"));
            case Login.Throttled(var wait) -> {
                var span = visit.formats().span(wait.toSeconds() + 1);
                show(visit, 429, next, visit.texts().of("login.throttled", span));
            }
        }
    }

    void logout(Visit visit) {
        site.access().logout(visit.ctx());
        visit.goTo("/login");
    }

    private void show(Visit visit, int status, String next, String problem) {
        var frame = visit.frame(visit.texts().of("login.title"), Section.NONE);
        visit.show(status, site.templates().login(new LoginPage(frame, next, problem)));
    }
}
