package matchback.console.csv;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import matchback.console.ConsoleContext;
import matchback.console.csv.CsvFile.Unreadable;
import matchback.console.csv.Upload.Phase;
import matchback.ledger.Wordless;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The files of the console's page, and the passes over them that run in the background. They are
/// forgotten when the process ends; what was taken of them is in the ledger. Safe for use by many
/// threads.
public final class Uploads {
    private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);

    /// Files kept at a time; the oldest that rests makes room.
    static final int FILES_MAX = 20;

    private static final int PASSES_AT_ONCE = 2;
    private static final int ID_BYTES = 12;

    private final ConsoleContext context;
    private final Semaphore passes = new Semaphore(PASSES_AT_ONCE);

    /// Guards the files.
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<String, Upload> files = new LinkedHashMap<>();

    /// What to take a file with.
    ///
    /// @param sender key; empty for none
    /// @param address of who hands it in
    /// @param isAgain whether rows that were taken before are to be taken once more
    public record Wish(String sender, String address, String agent, boolean isAgain) {}

    /// A pass over a file that somebody waits for.
    ///
    /// @param isDry whether only to tell what would become of it
    public record Job(
            Path file, CsvFile.Layout layout, Columns columns, Wish wish, boolean isDry) {}

    public Uploads(ConsoleContext context) {
        this.context = context;
    }

    /// Where files that arrive are put, by a name of the caller's.
    public Path folder() {
        try {
            return Files.createDirectories(context.handover().folder());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Takes over a file that has arrived, and begins a preview if its columns are clear. Throws
    /// [Unreadable] when it is no such file, or when there is no room; the file is gone then.
    public Upload take(Path arrived, String fileName, Wish wish) {
        try {
            var layout = CsvFile.look(arrived);
            var sender = context.ledger().catalog().sender(wish.sender());
            var columns = Columns.guess(layout.names(), sender);
            var about =
                    new Upload.About(
                            newId(),
                            fileName,
                            wish,
                            context.clock().millis(),
                            Files.size(arrived),
                            arrived,
                            layout,
                            CsvFile.firstRows(arrived, layout));
            var upload = new Upload(about, columns);
            keep(upload);
            preview(upload, columns);
            return upload;
        } catch (IOException e) {
            remove(arrived);
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            remove(arrived);
            throw e;
        }
    }

    private String newId() {
        var bytes = new byte[ID_BYTES];
        context.random().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private void keep(Upload upload) {
        lock.lock();
        try {
            if (files.size() >= FILES_MAX) {
                var resting =
                        files.values().stream()
                                .filter(file -> !file.view().phase().isUnderWay())
                                .findFirst()
                                .orElseThrow(() ->
                                        new Unreadable(
                                                FILES_MAX
                                                        + " files are under way; wait for one of"
                                                        + " them"));
                discard(resting);
            }
            files.put(upload.id(), upload);
        } finally {
            lock.unlock();
        }
    }

    public Optional<Upload> find(String id) {
        lock.lock();
        try {
            return Optional.ofNullable(files.get(id));
        } finally {
            lock.unlock();
        }
    }

    /// All of them, the newest first.
    public List<Upload> all() {
        lock.lock();
        try {
            return new ArrayList<>(files.values()).reversed();
        } finally {
            lock.unlock();
        }
    }

    /// Looks at the rows with other columns, unless something is under way or they were taken.
    public void preview(Upload upload, Columns columns) {
        if (upload.beginPreview(columns)) {
            Thread.startVirtualThread(() -> run(upload));
        }
    }

    /// Takes the rows, once a preview was seen.
    public void apply(Upload upload) {
        if (upload.beginApply()) {
            Thread.startVirtualThread(() -> run(upload));
        }
    }

    private void run(Upload upload) {
        passes.acquireUninterruptibly();
        try (var result = Files.newOutputStream(upload.result())) {
            var view = upload.view();
            var pass =
                    new Pass(
                            context,
                            upload.file(),
                            upload.layout(),
                            view.columns(),
                            upload.source(),
                            upload::progress);
            upload.done(view.phase() == Phase.APPLYING ? pass.apply(result) : pass.preview(result));
        } catch (IOException | RuntimeException e) {
            LOG.error("upload failed id={}", upload.id(), Wordless.of(e));
            upload.failed(
                    Pass.wordsOf(
                            e instanceof RuntimeException known
                                    ? known
                                    : new IllegalStateException(e)));
        } finally {
            passes.release();
        }
    }

    /// Goes through a file at once. Throws [Unreadable], and CompletionException when a row could
    /// not be stored.
    ///
    /// @param result gets what became of each row, as CSV
    public Tally run(Job job, OutputStream result) {
        var wish = job.wish();
        var source =
                new RowMaker.Source(
                        wish.sender(), wish.address(), wish.agent(), wish.isAgain() ? newId() : "");
        passes.acquireUninterruptibly();
        try {
            var pass =
                    new Pass(
                            context,
                            job.file(),
                            job.layout(),
                            job.columns(),
                            source,
                            (_, _) -> true);
            return job.isDry() ? pass.preview(result) : pass.apply(result);
        } finally {
            passes.release();
        }
    }

    /// The file with what became of each row; empty before a pass has begun.
    public Optional<Path> result(Upload upload) {
        return Optional.of(upload.result()).filter(Files::exists);
    }

    /// Throws a file away and stops what is under way with it.
    public void discard(Upload upload) {
        upload.discard();
        lock.lock();
        try {
            files.remove(upload.id());
        } finally {
            lock.unlock();
        }
        remove(upload.file());
        remove(upload.result());
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("file left behind name={}", file.getFileName(), Wordless.of(e));
        }
    }
}
