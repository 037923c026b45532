package matchback.store.embedded;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The data folder, held by one process at a time.
///
/// ```
/// FORMAT     one line: what this folder is, and the format of what is in it
/// LOCK       held while a process uses the folder
/// ledger/    RocksDB
/// scratch/   dry runs and files that are handed in; emptied at each start
/// probe      written only to find out whether a full disk has room again
/// ```
final class DataFolder implements AutoCloseable {
    static final int FORMAT_VERSION = 1;
    private static final Pattern FORMAT = Pattern.compile("matchback data, format (\\d{1,9})\\R?");
    private static final String FORMAT_FILE = "FORMAT";
    private static final String LOCK_FILE = "LOCK";
    private static final Set<String> IN_EMPTY =
            Set.of(LOCK_FILE, "FORMAT.new", "matchback.conf", "lost+found");
    private static final int PROBE_BYTES = 1 << 20;

    private final Path path;
    private final FileChannel lockChannel;
    private final FileLock lock;

    private DataFolder(Path path, FileChannel lockChannel, FileLock lock) {
        this.path = path;
        this.lockChannel = lockChannel;
        this.lock = lock;
    }

    /// Takes the folder, making it if it is not there. Throws [StoreFailure].
    static DataFolder open(Path path) {
        try {
            return lockedAndChecked(path.toAbsolutePath().normalize());
        } catch (IOException e) {
            throw new StoreFailure(
                    "the data folder " + path + " cannot be used: " + reasonOf(e), e);
        }
    }

    private static DataFolder lockedAndChecked(Path path) throws IOException {
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw new StoreFailure("the data folder " + path + " is a file");
        }
        create(path);
        requireOurs(path);
        var channel = FileChannel.open(path.resolve(LOCK_FILE), CREATE, WRITE);
        try {
            var lock = tryLock(channel);
            if (lock == null) {
                throw new StoreFailure("the data folder " + path + " is in use by another process");
            }
            var folder = new DataFolder(path, channel, lock);
            if (!Files.exists(path.resolve(FORMAT_FILE))) {
                folder.writeFormat();
            }
            return folder;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /// Makes a folder that only its owner may enter: it holds addresses, raw requests and keys. One
    /// that is there already keeps the rights somebody gave it.
    private static void create(Path path) throws IOException {
        if (Files.exists(path)) {
            return;
        }
        var parent = path.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            var ownerOnly = PosixFilePermissions.fromString("rwx------");
            Files.createDirectory(path, PosixFilePermissions.asFileAttribute(ownerOnly));
        } else {
            Files.createDirectory(path);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException _) {
            // Held by this very process.
            return null;
        }
    }

    private static void requireOurs(Path path) throws IOException {
        var format = path.resolve(FORMAT_FILE);
        if (!Files.exists(format)) {
            requireEmpty(path);
            return;
        }
        var text = Files.readString(format, StandardCharsets.UTF_8);
        Matcher known = FORMAT.matcher(text);
        if (!known.matches()) {
            throw new StoreFailure(format + " is not ours; is " + path + " the right folder?");
        }
        int version = Integer.parseInt(known.group(1));
        if (version > FORMAT_VERSION) {
            throw new StoreFailure(
                    "the data folder %s has format %d; this build reads up to %d: use a newer one"
                            .formatted(path, version, FORMAT_VERSION));
        }
    }

    /// A folder without FORMAT may hold the lock file of a first start that was cut off, and the
    /// operator's configuration, which is there before anything else.
    private static void requireEmpty(Path path) throws IOException {
        try (var files = Files.list(path)) {
            var stranger =
                    files.map(file -> String.valueOf(file.getFileName()))
                            .filter(name -> !IN_EMPTY.contains(name))
                            .findFirst();
            if (stranger.isPresent()) {
                throw new StoreFailure(
                        "%s is no data folder of ours and not empty: it holds %s"
                                .formatted(path, stranger.get()));
            }
        }
    }

    private void writeFormat() throws IOException {
        var temporary = path.resolve(FORMAT_FILE + ".new");
        Files.deleteIfExists(temporary);
        try (var out = FileChannel.open(temporary, CREATE_NEW, WRITE)) {
            var line = "matchback data, format " + FORMAT_VERSION + "\n";
            out.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
            out.force(true);
        }
        Files.move(temporary, path.resolve(FORMAT_FILE));
    }

    /// What an exception of the file system says, without the path it starts with.
    private static String reasonOf(IOException e) {
        var kind = e.getClass().getSimpleName().replace("Exception", "");
        return e instanceof FileSystemException file && file.getReason() != null
                ? file.getReason()
                : kind + " " + e.getMessage();
    }

    Path path() {
        return path;
    }

    Path ledger() {
        return path.resolve("ledger");
    }

    /// Whether the disk takes a megabyte; for a store that could not write.
    boolean hasRoom() {
        var probe = path.resolve("probe");
        try {
            try (var out = FileChannel.open(probe, CREATE, WRITE)) {
                var bytes = ByteBuffer.allocate(PROBE_BYTES);
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                out.force(true);
            } finally {
                Files.deleteIfExists(probe);
            }
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            lock.release();
            lockChannel.close();
        } catch (IOException e) {
            throw new StoreFailure("the lock of " + path + " cannot be released", e);
        }
    }
}
