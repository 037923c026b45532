package matchback.console.csv;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A file with what became of each row of another: the row as it was, then columns of ours. Nothing
/// in it is a formula to a spreadsheet.
public final class RowResults implements AutoCloseable {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final CsvWriter out;
    private final int columns;

    /// @param layout of the other file
    /// @param ours names of our columns
    public RowResults(OutputStream out, CsvFile.Layout layout, List<String> ours) {
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
        row(layout.names(), ours);
    }

    /// @param cells of the row; those beyond the named columns are left out
    public void row(List<String> cells, List<String> ours) {
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
