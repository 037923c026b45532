package matchback.client;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;

/// Conversions that the tracker does not have yet, in one file that is only ever appended to: what
/// was queued, and what is done. A queued one is on disk when [#add] returns. Of a file that ends
/// in the middle of a record (power was cut while it was written) that record is dropped: nobody
/// was told yet that it is safe. Where a disk spoiled bytes in the middle, the records around them
/// are kept, and the file as it was is left beside it as `.damaged`.
///
/// When most of the file is done, what waits is written anew beside it and takes its place.
///
/// It has people's e-mail addresses in it, so only its owner may read it.
final class Outbox implements Closeable {
    private static final Logger LOG = System.getLogger("matchback.client");
    private static final byte[] MAGIC = "MBOUT1\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int HEAD_BYTES = 8;
    private static final int RECORD_BYTES_MAX = 1 << 20;
    private static final byte QUEUED = 1;
    private static final byte DONE = 2;

    /// Files below this size are left as they are.
    private static final long COMPACT_BYTES_MIN = 1 << 20;

    /// @param number ascending in the order of queueing; never used twice
    /// @param queuedAt epoch milliseconds
    record Entry(long number, long queuedAt, Map<String, String> fields) {}

    private final Path file;
    private final FileChannel lockFile;
    private final Map<Long, Entry> waiting = new TreeMap<>();

    /// Not a channel: a thread of the application that is interrupted while it reports would close
    /// a channel for all others.
    private RandomAccessFile disk;

    private long end;
    private long liveBytes;
    private long last;

    private Outbox(Path file, FileChannel lockFile, RandomAccessFile disk) {
        this.file = file;
        this.lockFile = lockFile;
        this.disk = disk;
    }

    /// @param file made if it is not there; a `.lock` beside it keeps other processes out
    static Outbox open(Path file) throws IOException {
        Files.createDirectories(file.resolveSibling("."));
        var lockFile =
                FileChannel.open(
                        file.resolveSibling(file.getFileName() + ".lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = lockFile.tryLock();
        } catch (OverlappingFileLockException sameProcess) {
            // Told below.
        }
        if (lock == null) {
            lockFile.close();
            throw new IOException(
                    "the outbox " + file + " is used by another process or another Matchback");
        }
        try {
            if (Files.notExists(file)) {
                create(file);
            }
            var outbox = new Outbox(file, lockFile, open(file.toFile()));
            outbox.load();
            return outbox;
        } catch (IOException | RuntimeException e) {
            lockFile.close();
            throw e;
        }
    }

    private static RandomAccessFile open(File file) throws IOException {
        return new RandomAccessFile(file, "rw");
    }

    private static void create(Path file) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(
                    file,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(file);
        }
    }

    private void load() throws IOException {
        var bytes = Files.readAllBytes(file);
        if (bytes.length < MAGIC.length) {
            if (!Arrays.equals(bytes, Arrays.copyOf(MAGIC, bytes.length))) {
                throw new IOException(file + " is no outbox");
            }
            append(MAGIC, true);
            syncFolder();
            return;
        }
        if (!Arrays.equals(MAGIC, Arrays.copyOf(bytes, MAGIC.length))) {
            throw new IOException(file + " is no outbox, or of a newer version");
        }
        if (read(bytes)) {
            var copy = file.resolveSibling(file.getFileName() + ".damaged");
            Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            LOG.log(Level.WARNING, "outbox {0} is damaged, see {1}", file, copy);
            compact();
        } else if (end < bytes.length) {
            disk.setLength(end);
        }
    }

    /// Takes all whole records.
    ///
    /// @return whether something between them is none
    private boolean read(byte[] bytes) throws IOException {
        boolean isDamaged = false;
        end = MAGIC.length;
        for (int at = MAGIC.length; bytes.length - at >= HEAD_BYTES; ) {
            var head = ByteBuffer.wrap(bytes, at, HEAD_BYTES);
            int length = head.getInt();
            int sum = head.getInt();
            int from = at + HEAD_BYTES;
            if (length > 0
                    && length <= RECORD_BYTES_MAX
                    && length <= bytes.length - from
                    && sum == sum(bytes, from, length)) {
                take(Arrays.copyOfRange(bytes, from, from + length));
                isDamaged |= at > end;
                at = from + length;
                end = at;
            } else {
                at++;
            }
        }
        return isDamaged;
    }

    private void take(byte[] payload) throws IOException {
        var in = new DataInputStream(new ByteArrayInputStream(payload));
        byte kind = in.readByte();
        long number = in.readLong();
        last = Math.max(last, number);
        if (kind == DONE) {
            drop(number);
        } else if (kind == QUEUED) {
            long at = in.readLong();
            var fields = new LinkedHashMap<String, String>();
            for (int left = in.readInt(); left > 0; left--) {
                fields.put(in.readUTF(), in.readUTF());
            }
            waiting.put(number, new Entry(number, at, fields));
            liveBytes += HEAD_BYTES + payload.length;
        }
    }

    /// Queues a conversion; on disk when this returns.
    synchronized Entry add(long at, Map<String, String> fields) throws IOException {
        var entry = new Entry(last + 1, at, Map.copyOf(fields));
        var record = queued(entry);
        append(record, true);
        last = entry.number();
        waiting.put(entry.number(), entry);
        liveBytes += record.length;
        return entry;
    }

    /// Nothing waits for the disk here, and a full one holds up no conversion: a mark that is lost
    /// makes one report go out twice, which counts once.
    synchronized void done(Entry entry) {
        if (!waiting.containsKey(entry.number())) {
            return;
        }
        drop(entry.number());
        try {
            append(record(DONE, entry.number(), out -> {}), false);
            if (end > COMPACT_BYTES_MIN && liveBytes < end / 4) {
                compact();
            }
        } catch (IOException full) {
            LOG.log(Level.DEBUG, "outbox not marked", full);
        }
    }

    private void drop(long number) {
        var entry = waiting.remove(number);
        if (entry != null) {
            liveBytes -= queued(entry).length;
        }
    }

    /// What waits, oldest first.
    synchronized List<Entry> waiting() {
        return new ArrayList<>(waiting.values());
    }

    synchronized int size() {
        return waiting.size();
    }

    private void compact() throws IOException {
        var fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        create(fresh);
        var anew = open(fresh.toFile());
        try {
            anew.write(MAGIC);
            for (var entry : waiting.values()) {
                anew.write(queued(entry));
            }
            if (!waiting.containsKey(last)) {
                // The highest number must not be given again, also when it does not wait.
                anew.write(record(DONE, last, ignored -> {}));
            }
            anew.getFD().sync();
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            anew.close();
            throw e;
        }
        var old = disk;
        disk = anew;
        end = anew.getFilePointer();
        old.close();
        syncFolder();
    }

    /// A file that is made or moved is safe when its folder is. Not every system can do that, and
    /// those that cannot do it by themselves.
    private void syncFolder() {
        try (var folder = FileChannel.open(file.toAbsolutePath().resolveSibling("."))) {
            folder.force(true);
        } catch (IOException cannot) {
            LOG.log(Level.DEBUG, "folder not synced", cannot);
        }
    }

    /// What a full disk took of a record is written over by the next one.
    private void append(byte[] record, boolean isToStay) throws IOException {
        disk.seek(end);
        disk.write(record);
        if (isToStay) {
            disk.getFD().sync();
        }
        end += record.length;
    }

    private interface Content {
        void write(DataOutputStream out) throws IOException;
    }

    private static byte[] queued(Entry entry) {
        return record(
                QUEUED,
                entry.number(),
                out -> {
                    out.writeLong(entry.queuedAt());
                    out.writeInt(entry.fields().size());
                    for (var field : entry.fields().entrySet()) {
                        out.writeUTF(field.getKey());
                        out.writeUTF(field.getValue());
                    }
                });
    }

    private static byte[] record(byte kind, long number, Content content) {
        try {
            var bytes = new ByteArrayOutputStream();
            var out = new DataOutputStream(bytes);
            out.writeByte(kind);
            out.writeLong(number);
            content.write(out);
            var payload = bytes.toByteArray();
            return ByteBuffer.allocate(HEAD_BYTES + payload.length)
                    .putInt(payload.length)
                    .putInt(sum(payload, 0, payload.length))
                    .put(payload)
                    .array();
        } catch (IOException e) {
            throw new IllegalStateException("a conversion that cannot be written down", e);
        }
    }

    private static int sum(byte[] bytes, int from, int length) {
        var sum = new CRC32();
        sum.update(bytes, from, length);
        return (int) sum.getValue();
    }

    @Override
    public synchronized void close() throws IOException {
        disk.close();
        // With it goes the lock.
        lockFile.close();
    }
}
