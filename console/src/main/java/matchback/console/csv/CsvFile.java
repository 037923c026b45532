package matchback.console.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// A file of separated values in UTF-8, with a first row of names; quotes by RFC 4180.
public final class CsvFile {
    public static final int BYTES_MAX = 64 << 20;
    public static final int ROWS_MAX = 300_000;
    public static final int COLUMNS_MAX = 200;
    static final int ROW_CHARS_MAX = 32 * 1024;

    /// The separators that are looked for, the likeliest first.
    private static final List<Character> SEPARATORS = List.of(',', ';', '\t', '|');

    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final int HINT_CHARS = 16;
    private static final int FIRST_ROWS = 3;

    /// How a file is written.
    ///
    /// @param names of the columns, as they stand in the first row
    /// @param hasHint whether a line such as `sep=;` stands above it
    public record Layout(char separator, List<String> names, boolean hasHint) {
        public Layout {
            names = List.copyOf(names);
        }
    }

    /// Thrown for a file that cannot be read (any further).
    public static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1;

        public Unreadable(String message) {
            super(message);
        }
    }

    /// @param number of its first line in the file, from 1
    public record Line(long number, List<String> cells) {}

    private CsvFile() {}

    /// Finds out how a file is written. Throws [Unreadable].
    public static Layout look(Path file) {
        char hint = hint(file);
        var candidates = hint == 0 ? SEPARATORS : List.of(hint);
        Layout best = null;
        for (char separator : candidates) {
            var layout = new Layout(separator, List.of(), hint != 0);
            try (var lines = new Lines(file, layout)) {
                var names = lines.hasNext() ? lines.next().cells() : List.<String>of();
                if (best == null || names.size() > best.names().size()) {
                    best = new Layout(separator, names, hint != 0);
                }
            }
        }
        if (best == null || best.names().stream().allMatch(String::isBlank)) {
            throw new Unreadable("The file is empty; its first row must name the columns");
        }
        return best;
    }

    /// The first rows below the names.
    static List<List<String>> firstRows(Path file, Layout layout) {
        var rows = new ArrayList<List<String>>();
        try (var lines = new Lines(file, layout)) {
            lines.next();
            while (rows.size() < FIRST_ROWS && lines.hasNext()) {
                rows.add(lines.next().cells());
            }
        }
        return List.copyOf(rows);
    }

    /// The separator that a first line `sep=;` names, as spreadsheets write it; 0 without one.
    private static char hint(Path file) {
        try (var in = reader(Files.newInputStream(file))) {
            var first = new char[HINT_CHARS];
            int length = in.read(first);
            var text = length < 0 ? "" : new String(first, 0, length);
            return text.matches("(?is)sep=[^\\r\\n][\\r\\n].*") ? text.charAt(4) : 0;
        } catch (CharacterCodingException _) {
            throw notUtf8();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Unreadable notUtf8() {
        return new Unreadable(
                "The file is not in UTF-8; save it again as \"CSV UTF-8\" and hand in that one");
    }

    /// Characters of the file without its byte order mark. Throws [CharacterCodingException] for
    /// bytes that are no UTF-8.
    private static BufferedReader reader(InputStream bytes) throws IOException {
        var decoder =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT);
        var in = new BufferedReader(new InputStreamReader(bytes, decoder));
        in.mark(1);
        if (in.read() != BYTE_ORDER_MARK) {
            in.reset();
        }
        return in;
    }

    /// The rows of a file, the names first.
    public static final class Lines implements Iterator<Line>, AutoCloseable {
        private final Counted bytes;
        private final CsvReader<CsvRecord> reader;
        private final Iterator<CsvRecord> records;
        private final int linesBefore;
        private long lastLine;

        public Lines(Path file, Layout layout) {
            try {
                this.bytes = new Counted(new BufferedInputStream(Files.newInputStream(file)));
                var in = CsvFile.reader(bytes);
                if (layout.hasHint()) {
                    in.readLine();
                }
                this.linesBefore = layout.hasHint() ? 1 : 0;
                this.reader = records(layout, in);
            } catch (CharacterCodingException _) {
                throw notUtf8();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            this.records = reader.iterator();
        }

        private static CsvReader<CsvRecord> records(Layout layout, Reader in) {
            return CsvReader.builder()
                    .fieldSeparator(layout.separator())
                    .skipEmptyLines(true)
                    .allowExtraFields(true)
                    .allowMissingFields(true)
                    .allowExtraCharsAfterClosingQuote(true)
                    .maxBufferSize(4 * ROW_CHARS_MAX)
                    .build(
                            CsvRecordHandler.builder()
                                    .maxFields(COLUMNS_MAX)
                                    .maxFieldSize(ROW_CHARS_MAX)
                                    .maxRecordSize(ROW_CHARS_MAX)
                                    .build(),
                            in);
        }

        @Override
        public boolean hasNext() {
            try {
                return records.hasNext();
            } catch (CsvParseException | UncheckedIOException e) {
                throw unreadable(e);
            }
        }

        @Override
        public Line next() {
            try {
                var record = records.next();
                lastLine = record.getStartingLineNumber() + linesBefore;
                return new Line(lastLine, record.getFields());
            } catch (CsvParseException | UncheckedIOException e) {
                throw unreadable(e);
            }
        }

        private Unreadable unreadable(RuntimeException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof CharacterCodingException) {
                    return notUtf8();
                }
            }
            return new Unreadable(
                    "After line "
                            + lastLine
                            + " a row has more than "
                            + ROW_CHARS_MAX
                            + " characters or "
                            + COLUMNS_MAX
                            + " columns; is a quotation mark not closed?");
        }

        /// How much of the file was read, in bytes.
        public long bytesRead() {
            return bytes.count;
        }

        @Override
        public void close() {
            try {
                reader.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final class Counted extends FilterInputStream {
        private volatile long count;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            count = value < 0 ? count : count + 1;
            return value;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = super.read(into, offset, length);
            count = read < 0 ? count : count + read;
            return read;
        }
    }
}
