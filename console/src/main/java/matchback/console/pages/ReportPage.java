package matchback.console.pages;

import java.util.List;

/// A report as a table, with the form that asked for it.
///
/// @param problems what is wrong with what was asked
/// @param period in words
/// @param totals over all rows
/// @param count how many rows
/// @param step `hour` or `day` for a time line; empty otherwise
/// @param keys what the chart draws
record ReportPage(
        Frame frame,
        Asking form,
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

    /// What can be asked, and what was.
    ///
    /// @param groups up to three dimensions to group by
    /// @param from first day
    /// @param to last day
    /// @param filters values that rows must have, with the way to drop each
    record Asking(
            List<Preset> presets,
            List<Filters.Choice> groups,
            List<Option> metrics,
            String from,
            String to,
            String zone,
            List<String> zones,
            String sort,
            List<Only> filters) {

        long metricsChosen() {
            return metrics.stream().filter(Option::isChosen).count();
        }
    }

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
