package matchback.console.pages;

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

    /// @param requestId under which the log has the trouble
    void broken(Visit visit, String requestId) {
        show(visit, 500, "error.500", requestId);
    }

    private void show(Visit visit, int status, String key, String requestId) {
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
                                        texts.of(key + ".message"),
                                        requestId,
                                        "/",
                                        texts.of("error.back"))));
    }
}
