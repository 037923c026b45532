package matchback.console.csv;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import matchback.console.csv.CsvFile.Layout;
import matchback.console.csv.Uploads.Wish;

/// A file on the console's page, from its arrival until it is thrown away.
///
/// ```
/// waiting ──▶ previewing ──▶ previewed ──▶ applying ──▶ applied
///    ▲            │   ▲          │            │
///    │          failed └─columns─┘          failed ──▶ applying
///    └── no column has the click id
/// ```
public final class Upload {

    public enum Phase {
        /// Until it is said which column has the click id.
        WAITING,
        PREVIEWING,
        PREVIEWED,
        APPLYING,
        APPLIED,
        FAILED;

        public boolean isUnderWay() {
            return this == PREVIEWING || this == APPLYING;
        }
    }

    /// @param problem why it failed, or what must be said first; empty otherwise
    /// @param progress how much of the file was gone through, in percent
    /// @param isApplied whether rows of it were taken, all or some
    public record View(
            Phase phase,
            Columns columns,
            Tally tally,
            String problem,
            int progress,
            boolean isApplied) {}

    /// What does not change.
    ///
    /// @param fileName as the browser called it
    /// @param wish with what it is taken
    /// @param firstRows to recognise the columns by
    record About(
            String id,
            String fileName,
            Wish wish,
            long receivedAt,
            long bytes,
            Path file,
            Layout layout,
            List<List<String>> firstRows) {}

    private final About about;

    /// Guards the view and the wish to stop.
    private final ReentrantLock lock = new ReentrantLock();

    private View view;
    private boolean isDiscarded;

    Upload(About about, Columns columns) {
        this.about = about;
        this.view = new View(Phase.WAITING, columns, Tally.NONE, columns.problem(), 0, false);
    }

    public String id() {
        return about.id();
    }

    /// As the browser called it.
    public String fileName() {
        return about.fileName();
    }

    /// Key of the sender; empty for none.
    public String sender() {
        return about.wish().sender();
    }

    /// Whether rows that were taken before are taken once more.
    public boolean isAgain() {
        return about.wish().isAgain();
    }

    public long receivedAt() {
        return about.receivedAt();
    }

    /// The first rows, to recognise the columns by.
    public List<List<String>> firstRows() {
        return about.firstRows();
    }

    Path file() {
        return about.file();
    }

    /// Where what became of each row stands, once a pass has begun.
    Path result() {
        return file().resolveSibling(id() + ".result.csv");
    }

    Layout layout() {
        return about.layout();
    }

    /// The salt is the file's, so that a preview and what follows it make the same records.
    RowMaker.Source source() {
        var wish = about.wish();
        return new RowMaker.Source(
                wish.sender(), wish.address(), wish.agent(), wish.isAgain() ? id() : "");
    }

    public View view() {
        lock.lock();
        try {
            return view;
        } finally {
            lock.unlock();
        }
    }

    /// Begins a preview; false when something is under way or the rows were taken.
    boolean beginPreview(Columns columns) {
        lock.lock();
        try {
            if (view.phase().isUnderWay() || view.isApplied() || isDiscarded) {
                return false;
            }
            var problem = columns.problem();
            view =
                    new View(
                            problem.isEmpty() ? Phase.PREVIEWING : Phase.WAITING,
                            columns,
                            Tally.NONE,
                            problem,
                            0,
                            false);
            return problem.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /// Begins to take the rows; false unless a preview was seen, or taking them was cut off.
    boolean beginApply() {
        lock.lock();
        try {
            boolean isReady =
                    view.phase() == Phase.PREVIEWED
                            || (view.phase() == Phase.FAILED && view.isApplied());
            if (!isReady || isDiscarded) {
                return false;
            }
            view = new View(Phase.APPLYING, view.columns(), Tally.NONE, "", 0, true);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// @return whether to go on
    boolean progress(Tally tally, long bytesRead) {
        lock.lock();
        try {
            long bytes = Math.max(1, about.bytes());
            int percent = (int) Math.min(100, 100 * bytesRead / bytes);
            view = new View(view.phase(), view.columns(), tally, "", percent, view.isApplied());
            return !isDiscarded;
        } finally {
            lock.unlock();
        }
    }

    void done(Tally tally) {
        lock.lock();
        try {
            var phase = view.phase() == Phase.APPLYING ? Phase.APPLIED : Phase.PREVIEWED;
            view = new View(phase, view.columns(), tally, "", 100, view.isApplied());
        } finally {
            lock.unlock();
        }
    }

    void failed(String problem) {
        lock.lock();
        try {
            view =
                    new View(
                            Phase.FAILED,
                            view.columns(),
                            view.tally(),
                            problem,
                            view.progress(),
                            view.isApplied());
        } finally {
            lock.unlock();
        }
    }

    /// Stops what is under way. Rows that are taken already stay.
    void discard() {
        lock.lock();
        try {
            isDiscarded = true;
        } finally {
            lock.unlock();
        }
    }
}
