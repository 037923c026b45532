package matchback.console.pages;

/// What went wrong and where to go from here.
///
/// @param requestId stands in the log too; empty when there is nothing in the log
record ErrorPage(
        Frame frame,
        int status,
        String title,
        String message,
        String requestId,
        String backPath,
        String backText) {}
