package matchback.console.pages;

import java.util.List;

/// A form to make or change a thing.
///
/// @param action where it is posted to
/// @param etag of the thing as it was read; empty for a new one
/// @param problem what is wrong with the whole; empty for nothing
/// @param archiveAction empty where there is nothing to archive
/// @param replayHref where what came before a change is decided again; empty where nothing is
/// @param testHref where it is tested; empty where there is nothing to test
record FormPage(
        Frame frame,
        String title,
        String crumb,
        String crumbHref,
        String action,
        String cancelHref,
        String etag,
        String problem,
        List<Group> groups,
        List<Detail> copies,
        String archiveAction,
        String replayHref,
        String testHref) {

    /// Whether it has buttons besides the one that saves.
    boolean isArrangeable() {
        return groups.stream()
                .flatMap(group -> group.fields().stream())
                .anyMatch(FormField.Paths.class::isInstance);
    }

    record Group(String title, String hint, List<FormField> fields) {}
}
