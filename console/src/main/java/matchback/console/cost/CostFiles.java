package matchback.console.cost;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.locks.ReentrantLock;
import matchback.console.ConsoleContext;
import matchback.console.cost.CostFile.Given;

/// Files with costs that were handed in on the console's page: looked at on arrival, stated when
/// somebody says so. They are forgotten when the process ends. Safe for use by many threads.
public final class CostFiles {
    /// Files kept at a time; the oldest makes room.
    private static final int FILES_MAX = 10;

    private static final int ID_BYTES = 12;

    private final ConsoleContext context;

    /// Guards the files.
    private final ReentrantLock lock = new ReentrantLock();

    /// Held while a file is stated: a second wish for the same one finds it done.
    private final ReentrantLock stating = new ReentrantLock();

    private final SequencedMap<String, Kept> files = new LinkedHashMap<>();

    /// @param name as the browser called it
    /// @param result with what became of each row, or would
    public record Kept(
            String id,
            String name,
            Path file,
            Given given,
            CostTally tally,
            boolean isStated,
            Path result) {}

    public CostFiles(ConsoleContext context) {
        this.context = context;
    }

    /// Takes over a file that has arrived, and looks at it. Throws [Unreadable] when it has no rows
    /// of costs; it is gone then.
    public Kept take(Path arrived, String name, Given given) {
        var bytes = new byte[ID_BYTES];
        context.random().nextBytes(bytes);
        var id = HexFormat.of().formatHex(bytes);
        var result = arrived.resolveSibling(id + ".result.csv");
        try {
            var kept =
                    new Kept(
                            id,
                            name,
                            arrived,
                            given,
                            written(result, out -> file(arrived, given).preview(out)),
                            false,
                            result);
            keep(kept);
            return kept;
        } catch (RuntimeException e) {
            remove(List.of(arrived, result));
            throw e;
        }
    }

    private CostFile file(Path file, Given given) {
        return new CostFile(context, file, given);
    }

    @FunctionalInterface
    private interface Work {
        CostTally run(OutputStream out);
    }

    private static CostTally written(Path result, Work work) {
        try (var out = Files.newOutputStream(result)) {
            return work.run(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void keep(Kept kept) {
        var gone = new ArrayList<Kept>();
        lock.lock();
        try {
            files.put(kept.id(), kept);
            while (files.size() > FILES_MAX) {
                gone.add(files.pollFirstEntry().getValue());
            }
        } finally {
            lock.unlock();
        }
        gone.forEach(old -> remove(List.of(old.file(), old.result())));
    }

    public Optional<Kept> find(String id) {
        lock.lock();
        try {
            return Optional.ofNullable(files.get(id));
        } finally {
            lock.unlock();
        }
    }

    /// States what is new of a file, once. Throws CompletionException when not all of it could be
    /// stored; it may be asked for again then.
    public Kept state(Kept kept) {
        stating.lock();
        try {
            var now = find(kept.id()).orElse(kept);
            if (now.isStated()) {
                return now;
            }
            var tally = written(now.result(), out -> file(now.file(), now.given()).apply(out));
            var stated =
                    new Kept(
                            now.id(),
                            now.name(),
                            now.file(),
                            now.given(),
                            tally,
                            true,
                            now.result());
            keep(stated);
            return stated;
        } finally {
            stating.unlock();
        }
    }

    public void discard(Kept kept) {
        lock.lock();
        try {
            files.remove(kept.id());
        } finally {
            lock.unlock();
        }
        remove(List.of(kept.file(), kept.result()));
    }

    private static void remove(List<Path> paths) {
        for (var path : paths) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
