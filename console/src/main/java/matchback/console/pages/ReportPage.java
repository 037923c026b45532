package matchback.console.pages;

import java.util.List;

/// A report as a table.
///
/// @param from and
/// @param to as the form has them: days, the last one included
/// @param filters values that rows must have, with the way to drop each
/// @param count how many rows
/// @param step `hour` or `day` for a time line; empty otherwise
/// @param keys what the chart draws
record ReportPage(
        Frame frame,
        List<Preset> presets,
        List<Filters.Choice> groups,
        List<Option> metrics,
        String from,
        String to,
        String zone,
        List<String> zones,
        String sort,
        List<Only> filters,
        List<String> problems,
        String period,
        String currency,
        String csvHref,
        List<Column> columns,
        int dimensionCount,
        List<Row> rows,
        List<Cell> totals,
        String count,
        String step,
        List<Option> keys,
        Nothing nothing) {

    boolean isTimeline() {
        return !step.isEmpty() && rows.size() > 1;
    }

    /// @param order `ascending`, `descending` or empty
    /// @param href sorts by it
    /// @param series how the chart draws it; empty when it does not
    record Column(
            String label,
            boolean isNumber,
            String order,
            String href,
            String series,
            String axis) {}

    record Row(List<Cell> dimensions, List<Cell> metrics) {}

    /// @param value for the chart; empty when there is none
    record Cell(String text, String href, String tone, String value) {}

    record Only(String label, String value, String href) {}
}
