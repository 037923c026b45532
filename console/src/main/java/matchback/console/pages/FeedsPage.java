package matchback.console.pages;

import java.util.List;
import matchback.console.pages.ReportPage.Cell;
import matchback.console.pages.ReportPage.Column;

/// Who told of the conversions of a period, servers, browsers or both.
///
/// @param choices what the numbers are told apart and filtered by
/// @param period in words
/// @param csvHref the same without the gaps; empty when there is nothing
/// @param summary in a sentence; empty while one side has told of nothing
/// @param advice what to do that the other side tells too; empty when both do
/// @param gapHeaders of the columns behind the others
record FeedsPage(
        Frame frame,
        List<Preset> presets,
        List<Filters.Choice> choices,
        Days days,
        boolean isFiltered,
        List<String> problems,
        String period,
        String csvHref,
        String summary,
        List<Advised> advice,
        List<Column> columns,
        List<String> gapHeaders,
        List<Row> rows,
        Row totals,
        String count,
        Nothing nothing) {

    /// @param dimensions what the row is of
    record Row(List<Cell> dimensions, List<Cell> metrics, List<String> gaps) {}

    /// @param action what the link is called
    record Advised(String text, String href, String action) {}
}
