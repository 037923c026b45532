package matchback.console.api;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import matchback.console.csv.Cells;
import matchback.report.Comparison;
import matchback.report.Dimension;
import matchback.report.Report;
import matchback.report.Report.Values;

/// Reports as comma-separated values (RFC 4180), in UTF-8.
///
/// Texts come from visitors and senders. One that a spreadsheet would take for a formula gets an
/// apostrophe in front, so that opening a report runs nothing.
final class Csv {
    private Csv() {}

    /// @param isMoneyHidden whether amounts are hidden from the caller
    static Answer answer(Report report, boolean isMoneyHidden) {
        return answer(report, List.of(), isMoneyHidden);
    }

    /// @param isMoneyHidden whether amounts are hidden from the caller
    static Answer answer(Comparison comparison, boolean isMoneyHidden) {
        return answer(comparison.report(), comparison.rows(), isMoneyHidden);
    }

    /// @param before what stands beside each row; empty for a report alone
    private static Answer answer(Report report, List<Values> before, boolean isMoneyHidden) {
        return Answer.stream(
                        "text/csv; charset=utf-8",
                        out -> {
                            var writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
                            write(report, before, isMoneyHidden, writer);
                            writer.flush();
                        })
                .with("Content-Disposition", "attachment; filename=\"report.csv\"");
    }

    private static void write(Report report, List<Values> before, boolean isMoneyHidden, Writer out)
            throws IOException {
        var heads = new ArrayList<String>();
        report.group().forEach(dimension -> heads.add(dimension.word()));
        report.metrics().forEach(metric -> heads.add(metric.word()));
        if (!before.isEmpty()) {
            report.metrics().forEach(metric -> heads.add("previous_" + metric.word()));
        }
        line(heads, out);
        for (int i = 0; i < report.rows().size(); i++) {
            var row = report.rows().get(i);
            var cells = new ArrayList<String>();
            row.dimensions().forEach(text -> cells.add(harmless(text)));
            putMetrics(report, row.values(), isMoneyHidden, cells);
            if (!before.isEmpty()) {
                putMetrics(report, before.get(i), isMoneyHidden, cells);
            }
            line(cells, out);
        }
    }

    private static void putMetrics(
            Report report, Values values, boolean isMoneyHidden, List<String> cells) {
        for (var metric : report.metrics()) {
            if (isMoneyHidden && metric.isMoney()) {
                cells.add(MoneyMask.HIDDEN);
                continue;
            }
            cells.add(values.of(metric).map(metric::text).orElse(""));
        }
    }

    private static void line(List<String> cells, Writer out) throws IOException {
        for (int i = 0; i < cells.size(); i++) {
            if (i > 0) {
                out.write(',');
            }
            out.write(quoted(cells.get(i)));
        }
        out.write("\r\n");
    }

    /// The text, with an apostrophe before what would start a formula. The mark of an unknown value
    /// stays as it is.
    static String harmless(String text) {
        return text.equals(Dimension.UNKNOWN) ? text : Cells.harmless(text);
    }

    static String quoted(String cell) {
        boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
