package matchback.console.pages;

import matchback.console.people.Rights;

/// Pages for what cannot be shown.
final class Errors {
    private final Site site;

    Errors(Site site) {
        this.site = site;
    }

    void notFound(Visit visit) {
        show(visit, 404, "error.404", "");
    }

    void forbidden(Visit visit) {
        show(visit, 403, "error.403", "");
    }

    /// What the route asks for and the reader does not have.
    void notPermitted(Visit visit, Rights.Right right) {
        var texts = visit.texts();
        boolean isMoney = visit.caller().filter(caller -> caller.may(right.needs())).isPresent();
        show(
                visit,
                403,
                "error.permission",
                isMoney
                        ? texts.of("error.permission.money")
                        : texts.of(
                                "error.permission.message",
                                texts.of("permission." + right.needs().word())),
                "");
    }

    /// @param requestId under which the log has the trouble
    void broken(Visit visit, String requestId) {
        show(visit, 500, "error.500", requestId);
    }

    private void show(Visit visit, int status, String key, String requestId) {
        show(visit, status, key, visit.texts().of(key + ".message"), requestId);
    }

    private void show(Visit visit, int status, String key, String message, String requestId) {
        var texts = visit.texts();
        var title = texts.of(key + ".title");
        visit.show(
                status,
                site.templates()
                        .error(
                                new ErrorPage(
                                        visit.frame(title, Section.NONE),
                                        status,
                                        title,
                                        message,
                                        requestId,
                                        "/",
                                        texts.of("error.back"))));
    }
}
