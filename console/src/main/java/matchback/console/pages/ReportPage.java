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
/// @param before the period that it is compared with, in words; empty when it is not
/// @param more what to know of rows that are not shown; empty when all are
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
        String before,
        String more,
        Nothing nothing) {

    /// What can be asked, and what was.
    ///
    /// @param groups up to three dimensions to group by
    /// @param from first day
    /// @param to last day
    /// @param clocks by which time conversions count
    /// @param isCompared whether the period before stands beside
    /// @param withBots whether bots count as visitors
    /// @param filters values that rows must have, with the way to drop each
    /// @param dimensions what can be filtered by besides
    record Asking(
            List<Preset> presets,
            List<Filters.Choice> groups,
            List<Option> metrics,
            String from,
            String to,
            String zone,
            List<String> zones,
            String sort,
            List<Option> clocks,
            boolean isCompared,
            boolean withBots,
            List<Only> filters,
            List<Option> dimensions) {

        /// By which time conversions count, in words.
        String clockWords() {
            return clocks.stream()
                    .filter(Option::isChosen)
                    .map(Option::label)
                    .findFirst()
                    .orElse("");
        }

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
    /// @param before what it was, and the change, in words; empty when it is not compared
    record Cell(String text, String href, String tone, String value, String before) {
        Cell(String text, String href, String tone, String value) {
            this(text, href, tone, value, "");
        }
    }

    /// @param name of the dimension in addresses
    /// @param shown the value as people know it
    record Only(String name, String label, String value, String shown, String href) {}
}
