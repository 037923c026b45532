package matchback.console.pages;

import java.util.List;

/// A file with costs: what became of its rows, or would.
///
/// @param unread headings of columns that nothing was read from; empty for none
/// @param state what the button says; empty when there is nothing to state
record CostFilePage(
        Frame frame,
        String title,
        String path,
        String heading,
        boolean isStated,
        List<UploadPage.Figure> figures,
        String unread,
        List<Row> rows,
        String state) {

    record Row(String line, String tone, String fate, String slice, String message) {}
}
