package matchback.console.cost;

import java.io.OutputStream;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import matchback.console.ConsoleContext;
import matchback.console.api.FieldProblem;
import matchback.console.cost.CostTally.Fate;
import matchback.console.cost.CostTally.Sample;
import matchback.console.csv.CsvFile;
import matchback.console.csv.CsvFile.Line;
import matchback.console.csv.CsvFile.Lines;
import matchback.console.csv.CsvFile.Unreadable;
import matchback.console.csv.RowResults;
import matchback.ledger.Accepted;
import matchback.ledger.CostSlice;
import matchback.ledger.Event.CostStated;
import matchback.ledger.State;
import matchback.ledger.state.CostBook;
import matchback.model.Money;

/// A file with costs, gone through as a whole: rows of one slice and period are one cost, which is
/// their sum (exports have a row for each ad set, say, and no column that we read tells them
/// apart). Rows of one slice whose periods overlap otherwise contradict each other and are refused.
///
/// What is in force already is not stated again, so a file can be handed in twice. Used by one
/// thread.
public final class CostFile {
    public static final int ROWS_MAX = 100_000;

    private static final int SUBMITTED_AT_ONCE = 500;
    private static final List<String> RESULT_COLUMNS =
            List.of(
                    "result_line",
                    "result",
                    "result_message",
                    "result_slice",
                    "result_cost",
                    "result_statement");

    private final ConsoleContext context;
    private final Path file;
    private final CsvFile.Layout layout;
    private final CostColumns columns;
    private final Given given;
    private final CostDesk desk;
    private final List<Row> rows = new ArrayList<>();
    private final Map<Key, Statement> statements = new LinkedHashMap<>();

    /// What holds for rows that do not say it themselves.
    ///
    /// @param currency empty for the report currency
    /// @param mode `replace`, `add` or empty
    /// @param by who hands it in
    public record Given(ZoneId zone, String currency, String mode, String note, String by) {}

    /// What rows have in common that are one cost.
    private record Key(
            CostSlice slice, long from, long to, boolean isAddition, String currency, String rate) {
        static Key of(CostWish wish) {
            return new Key(
                    wish.slice(),
                    wish.from(),
                    wish.to(),
                    wish.isAddition(),
                    wish.currency(),
                    wish.rate());
        }
    }

    /// A row with what was read from it.
    ///
    /// @param key of its cost; null when it is refused
    private record Row(Line line, @org.jspecify.annotations.Nullable Key key, String problem) {}

    private static final class Statement {
        private CostWish wish;
        private final long firstLine;
        private int rows = 1;
        private Fate fate = Fate.STATED;
        private int replaced;
        private String id = "";

        Statement(CostWish wish, long line) {
            this.wish = wish;
            this.firstLine = line;
        }
    }

    /// Looks at the file. Throws [Unreadable] when it has no rows of costs.
    public CostFile(ConsoleContext context, Path file, Given given) {
        this.context = context;
        this.file = file;
        this.given = given;
        this.layout = CsvFile.look(file);
        this.columns = CostColumns.guess(layout.names());
        this.desk = new CostDesk(context);
        if (!columns.problem().isEmpty()) {
            throw new Unreadable(columns.problem());
        }
    }

    /// Tries it out; nothing is stored.
    ///
    /// @param result gets what would become of each row, as CSV
    public CostTally preview(OutputStream result) {
        read();
        try (var sandbox = context.handover().sandboxes().get()) {
            for (var statement : statements.values()) {
                var known = CostDesk.known(sandbox.base(), statement.wish);
                if (known.isPresent()) {
                    known(statement, known.get().stated());
                    continue;
                }
                var event = desk.event(statement.wish, given.by(), desk.newId());
                sandbox.accept(event);
                done(statement, event, sandbox.state(event.subject().bucket()));
                statement.id = "";
            }
        }
        return told(result);
    }

    /// States what is new of it. Throws CompletionException when one could not be stored; those
    /// before it stay, and the same file can be handed in again.
    ///
    /// @param result gets what became of each row, as CSV
    public CostTally apply(OutputStream result) {
        read();
        var all = List.copyOf(statements.values());
        for (int from = 0; from < all.size(); from += SUBMITTED_AT_ONCE) {
            apply(all.subList(from, Math.min(from + SUBMITTED_AT_ONCE, all.size())));
        }
        return told(result);
    }

    private void apply(List<Statement> some) {
        var events = new LinkedHashMap<Statement, CostStated>();
        try (var snapshot = context.ledger().snapshot()) {
            for (var statement : some) {
                CostDesk.known(snapshot, statement.wish)
                        .ifPresentOrElse(
                                known -> known(statement, known.stated()),
                                () ->
                                        events.put(
                                                statement,
                                                desk.event(
                                                        statement.wish, given.by(), desk.newId())));
            }
        }
        var waiting = new ArrayList<CompletableFuture<Accepted>>();
        events.values().forEach(event -> waiting.add(context.ledger().submit(event, null)));
        waiting.forEach(CompletableFuture::join);
        try (var snapshot = context.ledger().snapshot()) {
            events.forEach(
                    (statement, event) -> done(statement, event, snapshot.state(event.subject())));
        }
    }

    private static void known(Statement statement, CostStated stated) {
        statement.fate = Fate.KNOWN;
        statement.id = stated.recordId().toString();
    }

    private static void done(Statement statement, CostStated event, State state) {
        statement.replaced =
                new CostBook(state, event.subject())
                        .statement(event.recordId())
                        .map(found -> found.replaced().size())
                        .orElse(0);
        statement.fate = statement.replaced > 0 ? Fate.REPLACED : Fate.STATED;
        statement.id = event.recordId().toString();
    }

    private void read() {
        var words = new CostWords(context.ledger().catalog(), given.zone(), context.clock());
        try (var lines = new Lines(file, layout)) {
            lines.next();
            while (lines.hasNext()) {
                if (rows.size() == ROWS_MAX) {
                    throw new Unreadable(
                            "The file has more than " + ROWS_MAX + " rows; hand it in in parts");
                }
                read(lines.next(), words);
            }
        }
        refuseOverlaps();
    }

    private void read(Line line, CostWords words) {
        switch (words.read(said(line))) {
            case CostWords.Read.Good(var wish) -> add(line, wish);
            case CostWords.Read.Bad(var problems) -> rows.add(new Row(line, null, text(problems)));
        }
    }

    private void add(Line line, CostWish wish) {
        var key = Key.of(wish);
        var same = statements.get(key);
        if (same == null) {
            statements.put(key, new Statement(wish, line.number()));
        } else {
            long amount = same.wish.amountMicros() + wish.amountMicros();
            long worth = same.wish.reportMicros() + wish.reportMicros();
            if (Math.max(amount, worth) > Money.MICROS_MAX) {
                rows.add(new Row(line, null, "amount: the sum has more than 18 digits"));
                return;
            }
            same.wish = same.wish.with(amount, worth);
            same.rows++;
        }
        rows.add(new Row(line, key, ""));
    }

    private static String text(List<FieldProblem> problems) {
        return problems.stream()
                .map(p -> p.field().isEmpty() ? p.message() : p.field() + ": " + p.message())
                .collect(Collectors.joining("; "));
    }

    private Map<String, String> said(Line line) {
        var said = new LinkedHashMap<String, String>();
        said.put(CostWords.CURRENCY, given.currency());
        said.put(CostWords.MODE, given.mode());
        said.put(CostWords.NOTE, given.note());
        if (!columns.currency().isEmpty()) {
            said.put(CostWords.CURRENCY, columns.currency());
        }
        for (int i = 0; i < Math.min(line.cells().size(), columns.words().size()); i++) {
            var word = columns.words().get(i);
            if (!word.isEmpty() && !line.cells().get(i).isBlank()) {
                said.put(word, line.cells().get(i));
            }
        }
        return said;
    }

    /// Of two costs of one slice that overlap the later in the file is refused.
    private void refuseOverlaps() {
        var bySlice = new LinkedHashMap<CostSlice, List<Key>>();
        for (var key : statements.keySet()) {
            if (!key.isAddition()) {
                bySlice.computeIfAbsent(key.slice(), _ -> new ArrayList<>()).add(key);
            }
        }
        var refused = new LinkedHashMap<Key, String>();
        for (var keys : bySlice.values()) {
            refuseOverlaps(keys, refused);
        }
        rows.replaceAll(row -> {
            var problem = row.key() == null ? null : refused.get(row.key());
            return problem == null ? row : new Row(row.line(), null, problem);
        });
        statements.keySet().removeAll(refused.keySet());
    }

    private void refuseOverlaps(List<Key> keys, Map<Key, String> refused) {
        // By their beginnings; a tree of those kept so far finds the neighbours.
        var kept = new TreeMap<Long, Key>();
        keys.stream()
                .sorted(Comparator.comparingLong(key -> line(key)))
                .forEach(key -> {
                    var before = kept.lowerEntry(key.to());
                    if (before != null && before.getValue().to() > key.from()) {
                        refused.put(
                                key,
                                "Its period overlaps that of line "
                                        + line(before.getValue())
                                        + ", which is of the same "
                                        + key.slice().shape());
                    } else {
                        kept.put(key.from(), key);
                    }
                });
    }

    private long line(Key key) {
        var statement = statements.get(key);
        return statement == null ? 0 : statement.firstLine;
    }

    private CostTally told(OutputStream out) {
        var samples = new ArrayList<Sample>();
        var shown = new EnumMap<Fate, Integer>(Fate.class);
        long refused = 0;
        try (var result = new RowResults(out, layout, RESULT_COLUMNS)) {
            for (var row : rows) {
                var statement = row.key() == null ? null : statements.get(row.key());
                var fate = statement == null ? Fate.REFUSED : statement.fate;
                var message = statement == null ? row.problem() : message(statement);
                var slice = statement == null ? "" : statement.wish.slice().text();
                refused += statement == null ? 1 : 0;
                if (shown.merge(fate, 1, Integer::sum) <= CostTally.SAMPLES_EACH) {
                    samples.add(new Sample(row.line().number(), fate, slice, message));
                }
                result.row(
                        row.line().cells(),
                        List.of(
                                Long.toString(row.line().number()),
                                fate.name().toLowerCase(java.util.Locale.ROOT),
                                message,
                                slice,
                                statement == null ? "" : Money.plain(statement.wish.reportMicros()),
                                statement == null ? "" : statement.id));
            }
        }
        return tally(refused, samples);
    }

    private static String message(Statement statement) {
        var message = new StringBuilder();
        message.append(
                switch (statement.fate) {
                    case KNOWN -> "In force already";
                    case REPLACED ->
                            "Takes the place of "
                                    + (statement.replaced == 1
                                            ? "an earlier statement"
                                            : statement.replaced + " earlier statements");
                    case STATED, REFUSED -> "New";
                });
        if (statement.rows > 1) {
            message.append("; one cost with ")
                    .append(statement.rows - 1)
                    .append(statement.rows == 2 ? " other row" : " other rows");
        }
        return message.toString();
    }

    private CostTally tally(long refused, List<Sample> samples) {
        var amounts = new TreeMap<String, Long>();
        long report = 0;
        long known = 0;
        long replaced = 0;
        for (var statement : statements.values()) {
            amounts.merge(statement.wish.currency(), statement.wish.amountMicros(), Math::addExact);
            report = Math.addExact(report, statement.wish.reportMicros());
            known += statement.fate == Fate.KNOWN ? 1 : 0;
            replaced += statement.replaced;
        }
        return new CostTally(
                rows.size(),
                refused,
                statements.size(),
                known,
                replaced,
                amounts,
                report,
                columns.unread(),
                samples);
    }
}
