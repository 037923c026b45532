package matchback.console.pages;

import java.util.List;

/// A file with conversions: what its columns mean, what became of its rows, or would.
///
/// @param heading what the figures say, such as "Preview"
/// @param problem what must be said first, or why it failed; empty for neither
/// @param isUnderWay whether the page updates itself
/// @param progress in percent
/// @param columns none once rows were taken: then they mean what they meant
/// @param canApply whether the rows can be taken now
/// @param apply what that is called
/// @param resultHref the file with what became of each row; empty while there is none
record UploadPage(
        Frame frame,
        String title,
        String path,
        String heading,
        String problem,
        boolean isUnderWay,
        int progress,
        String announce,
        List<Detail> about,
        List<Column> columns,
        List<Option> fields,
        List<Figure> figures,
        List<Reason> reasons,
        List<Row> rows,
        boolean canApply,
        String apply,
        String resultHref) {

    /// @param name of the select
    /// @param examples what stands in the first rows
    record Column(String name, String heading, String examples, String field) {}

    record Figure(String label, String value) {}

    /// @param tone name of the decision
    record Reason(
            String tone,
            String decision,
            String code,
            String rows,
            String message,
            String advice) {}

    /// @param tone name of the decision, or `unread`
    record Row(
            String line,
            String tone,
            String decision,
            String code,
            String message,
            String clickId,
            Cash payout,
            boolean isBefore) {}
}
