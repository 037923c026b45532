package matchback.console.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import matchback.console.csv.CsvFile.Unreadable;

/// A small table of separated values, whole in memory.
///
/// @param names of the columns in lower case
public record Table(List<String> names, List<Row> rows) {
    private static final String SEPARATORS = ",;\t|";

    /// @param line in the text, from 1
    public record Row(long line, List<String> cells) {

        /// The cell of a column, stripped; empty when it is not there.
        public String cell(int column) {
            return column >= 0 && column < cells.size() ? cells.get(column).strip() : "";
        }
    }

    public Table {
        names = List.copyOf(names);
        rows = List.copyOf(rows);
    }

    /// Reads a text whose first row names the columns. The separator is the first that stands in
    /// that row. Throws [Unreadable].
    public static Table parse(String text) {
        var plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
        var first = plain.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
        char separator =
                (char)
                        first.chars()
                                .filter(c -> SEPARATORS.indexOf(c) >= 0)
                                .findFirst()
                                .orElse(SEPARATORS.charAt(0));
        var rows = new ArrayList<Row>();
        try {
            for (CsvRecord record :
                    CsvReader.builder()
                            .fieldSeparator(separator)
                            .skipEmptyLines(true)
                            .allowExtraFields(true)
                            .allowMissingFields(true)
                            .ofCsvRecord(plain)) {
                rows.add(new Row(record.getStartingLineNumber(), record.getFields()));
            }
        } catch (CsvParseException _) {
            throw new Unreadable("The rows cannot be told apart; is a quotation mark not closed?");
        }
        if (rows.isEmpty()) {
            throw new Unreadable("There are no rows; the first one must name the columns");
        }
        return new Table(
                rows.getFirst().cells().stream()
                        .map(name -> name.strip().toLowerCase(Locale.ROOT))
                        .toList(),
                rows.subList(1, rows.size()));
    }

    /// The first column that has one of these names; -1 for none.
    public int column(List<String> names) {
        for (var name : names) {
            int column = this.names.indexOf(name);
            if (column >= 0) {
                return column;
            }
        }
        return -1;
    }
}
