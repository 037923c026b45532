package matchback.console.pages;

import java.util.List;

/// The list of postbacks.
record PostbacksPage(
        Frame frame, Filters filters, List<PostbackRow> rows, Nothing nothing, Pager pager) {}
