package matchback.console.csv;

import java.io.OutputStream;
import java.util.List;
import java.util.stream.Collectors;
import matchback.ledger.Outcome;
import matchback.model.Reason;

/// The file with what became of each row: the row as it was, then our columns.
final class ResultFile implements AutoCloseable {
    private static final List<String> OURS =
            List.of(
                    "result_line",
                    "result_decision",
                    "result_reason",
                    "result_message",
                    "result_warnings",
                    "result_event",
                    "result_status",
                    "result_payout",
                    "result_currency",
                    "result_conversion",
                    "result_record",
                    "result_taken_before");

    private final RowResults out;

    ResultFile(OutputStream out, CsvFile.Layout layout) {
        this.out = new RowResults(out, layout, OURS);
    }

    void unread(CsvFile.Line line, String trouble) {
        out.row(
                line.cells(),
                List.of(
                        Long.toString(line.number()),
                        "unread",
                        "",
                        trouble,
                        "",
                        "",
                        "",
                        "",
                        "",
                        "",
                        "",
                        ""));
    }

    void decided(CsvFile.Line line, Outcome outcome, String record, boolean isBefore) {
        var payout = outcome.payout();
        var status = outcome.status();
        out.row(
                line.cells(),
                List.of(
                        Long.toString(line.number()),
                        outcome.reason().decision().word(),
                        outcome.reason().code(),
                        outcome.message(),
                        outcome.warnings().stream()
                                .map(Reason::code)
                                .collect(Collectors.joining(" ")),
                        outcome.event(),
                        status == null ? "" : status.word(),
                        payout == null ? "" : payout.plain(),
                        payout == null ? "" : payout.currency(),
                        outcome.conversionId(),
                        record,
                        isBefore ? "yes" : "no"));
    }

    @Override
    public void close() {
        out.close();
    }
}
