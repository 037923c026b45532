package matchback.console.csv;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final CsvWriter out;
    private final int columns;

    ResultFile(OutputStream out, CsvFile.Layout layout) {
        this.columns = layout.names().size();
        try {
            // Without it spreadsheets take UTF-8 for something else.
            out.write(Character.toString(BYTE_ORDER_MARK).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.out =
                CsvWriter.builder()
                        .fieldSeparator(layout.separator())
                        .build(out, StandardCharsets.UTF_8);
        write(layout.names(), OURS);
    }

    void unread(CsvFile.Line line, String trouble) {
        write(
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
        write(
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

    private void write(List<String> cells, List<String> ours) {
        var all = new ArrayList<String>(columns + ours.size());
        for (int i = 0; i < columns; i++) {
            all.add(i < cells.size() ? Cells.harmless(cells.get(i)) : "");
        }
        ours.forEach(cell -> all.add(Cells.harmless(cell)));
        out.writeRecord(all);
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
