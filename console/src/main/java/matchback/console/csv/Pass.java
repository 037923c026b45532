package matchback.console.csv;

import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import matchback.console.ConsoleContext;
import matchback.console.csv.CsvFile.Layout;
import matchback.console.csv.CsvFile.Line;
import matchback.console.csv.CsvFile.Lines;
import matchback.console.csv.CsvFile.Unreadable;
import matchback.ledger.Accepted;
import matchback.ledger.Event.PostbackReceived;
import matchback.ledger.Outcome;
import matchback.ledger.Sandbox;
import matchback.ledger.Snapshot;
import matchback.ledger.intake.Intake.Entry;
import matchback.ledger.state.ReportState;
import matchback.ledger.state.SubjectState;
import matchback.model.Reason;

/// Goes once through a file, some hundred rows at a time.
final class Pass {
    private static final int ROWS_AT_ONCE = 500;

    private final ConsoleContext context;
    private final Path file;
    private final Layout layout;
    private final RowMaker rows;
    private final Watcher watcher;
    private final Tally.Counter counter = new Tally.Counter();

    /// Told how far it is.
    interface Watcher {
        /// @param bytes of the file that were read
        /// @return whether to go on
        boolean onward(Tally tally, long bytes);
    }

    /// Decides rows in their order.
    private interface Way {
        List<Accepted> decide(List<Entry> entries);
    }

    /// A row with what the door made of it.
    ///
    /// @param before its outcome, if it was taken earlier
    private record Step(Line line, Entry entry, Optional<Outcome> before) {}

    Pass(
            ConsoleContext context,
            Path file,
            Layout layout,
            Columns columns,
            RowMaker.Source source,
            Watcher watcher) {
        this.context = context;
        this.file = file;
        this.layout = layout;
        this.rows = new RowMaker(context, columns, source);
        this.watcher = watcher;
    }

    /// Tries the rows out; nothing is stored.
    Tally preview(OutputStream result) {
        try (var sandbox = context.handover().sandboxes().get()) {
            return run(
                    result,
                    entries ->
                            entries.stream().map(entry -> sandbox.accept(entry.event())).toList(),
                    Optional.of(sandbox));
        }
    }

    /// Takes the rows into the ledger. Throws CompletionException when one could not be stored;
    /// those before it stay.
    Tally apply(OutputStream result) {
        return run(result, this::store, Optional.empty());
    }

    private List<Accepted> store(List<Entry> entries) {
        var ledger = context.ledger();
        entries.stream().map(entry -> entry.event().subject()).distinct().forEach(ledger::prefetch);
        var waiting = new ArrayList<CompletableFuture<Accepted>>(entries.size());
        entries.forEach(entry -> waiting.add(ledger.submit(entry.event(), entry.personal())));
        return waiting.stream().map(CompletableFuture::join).toList();
    }

    private Tally run(OutputStream out, Way way, Optional<Sandbox> sandbox) {
        try (var lines = new Lines(file, layout);
                var result = new ResultFile(out, layout)) {
            lines.next();
            var chunk = new ArrayList<Line>();
            boolean isWanted = true;
            long count = 0;
            while (isWanted && lines.hasNext()) {
                if (++count > CsvFile.ROWS_MAX) {
                    throw new Unreadable(
                            "The file has more than "
                                    + CsvFile.ROWS_MAX
                                    + " rows; hand it in in parts");
                }
                chunk.add(lines.next());
                if (chunk.size() == ROWS_AT_ONCE) {
                    take(chunk, way, sandbox, result);
                    chunk.clear();
                    isWanted = watcher.onward(counter.tally(), lines.bytesRead());
                }
            }
            take(chunk, way, sandbox, result);
            var tally = counter.tally();
            watcher.onward(tally, lines.bytesRead());
            return tally;
        }
    }

    private void take(List<Line> chunk, Way way, Optional<Sandbox> sandbox, ResultFile result) {
        var steps = steps(chunk, sandbox);
        var accepted =
                way.decide(
                        steps.stream()
                                .filter(Optional::isPresent)
                                .map(step -> step.orElseThrow().entry())
                                .toList());
        int next = 0;
        for (int i = 0; i < chunk.size(); i++) {
            var step = steps.get(i);
            if (step.isEmpty()) {
                var trouble = trouble(chunk.get(i));
                counter.unread(chunk.get(i).number(), trouble);
                result.unread(chunk.get(i), trouble);
            } else {
                decided(step.get(), accepted.get(next++), result);
            }
        }
    }

    private void decided(Step step, Accepted accepted, ResultFile result) {
        var outcome = step.before().orElseGet(() -> outcome(step.entry().event(), accepted));
        long line = step.line().number();
        if (step.before().isPresent()) {
            counter.before(line, outcome);
        } else {
            counter.decided(line, outcome);
        }
        result.decided(
                step.line(), outcome, accepted.recordId().toString(), step.before().isPresent());
    }

    /// Empty for rows that are none.
    private List<Optional<Step>> steps(List<Line> chunk, Optional<Sandbox> sandbox) {
        if (sandbox.isPresent()) {
            return steps(chunk, sandbox.get().base());
        }
        try (var snapshot = context.ledger().snapshot()) {
            return steps(chunk, snapshot);
        }
    }

    private List<Optional<Step>> steps(List<Line> chunk, Snapshot stored) {
        var steps = new ArrayList<Optional<Step>>(chunk.size());
        for (var line : chunk) {
            steps.add(trouble(line).isEmpty() ? Optional.of(step(line, stored)) : Optional.empty());
        }
        return steps;
    }

    private Step step(Line line, Snapshot stored) {
        var entry = context.handover().intake().take(rows.row(line));
        var subject = entry.event().subject();
        var before =
                new SubjectState(stored.state(subject), subject)
                        .report(entry.event().recordId())
                        .map(ReportState::outcome);
        return new Step(line, entry, before);
    }

    private String trouble(Line line) {
        int columns = layout.names().size();
        boolean isLonger =
                line.cells().size() > columns
                        && line.cells().stream().skip(columns).anyMatch(cell -> !cell.isBlank());
        return isLonger ? line.cells().size() + " cells; there are " + columns + " columns" : "";
    }

    /// What is told of a row whose decision is still to come.
    private static Outcome outcome(PostbackReceived postback, Accepted accepted) {
        return accepted.outcome() != null
                ? accepted.outcome()
                : new Outcome(
                        Reason.CHECK_PENDING,
                        List.of(),
                        "",
                        postback.clickId(),
                        "",
                        "",
                        null,
                        null,
                        postback.sender(),
                        "",
                        "",
                        0);
    }

    /// Why a pass over a file ended early, for whoever handed it in.
    static String wordsOf(RuntimeException e) {
        return switch (e) {
            case Unreadable unreadable -> String.valueOf(unreadable.getMessage());
            case CompletionException _ ->
                    "The ledger could not store a row; those before it are stored. Go on with the"
                            + " same file: nothing is counted twice";
            default -> "It could not be done; the log of the server has the details";
        };
    }
}
