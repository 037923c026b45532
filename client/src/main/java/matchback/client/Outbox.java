package matchback.client;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
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
/// was told yet that it is safe.
///
/// When most of the file is done, what waits is written anew beside it and takes its place.
final class Outbox implements Closeable {
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
    private final FileLock lock;
    private final Map<Long, Entry> waiting = new TreeMap<>();
    private FileChannel channel;
    private long liveBytes;
    private long last;

    private Outbox(Path file, FileChannel lockFile, FileLock lock, FileChannel channel) {
        this.file = file;
        this.lockFile = lockFile;
        this.lock = lock;
        this.channel = channel;
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
        var channel = open(file, StandardOpenOption.CREATE);
        var outbox = new Outbox(file, lockFile, lock, channel);
        try {
            outbox.load();
        } catch (IOException | RuntimeException e) {
            outbox.close();
            throw e;
        }
        return outbox;
    }

    private static FileChannel open(Path file, StandardOpenOption how) throws IOException {
        return FileChannel.open(file, how, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private void load() throws IOException {
        var bytes = Files.readAllBytes(file);
        if (bytes.length < MAGIC.length) {
            if (!Arrays.equals(bytes, Arrays.copyOf(MAGIC, bytes.length))) {
                throw new IOException(file + " is no outbox");
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(MAGIC), 0);
            channel.force(true);
            channel.position(MAGIC.length);
            return;
        }
        if (!Arrays.equals(MAGIC, Arrays.copyOf(bytes, MAGIC.length))) {
            throw new IOException(file + " is no outbox, or of a newer version");
        }
        int end = read(bytes);
        if (end < bytes.length) {
            channel.truncate(end);
            channel.force(true);
        }
        channel.position(end);
    }

    /// @return where the last whole record ends
    private int read(byte[] bytes) throws IOException {
        int at = MAGIC.length;
        while (bytes.length - at >= HEAD_BYTES) {
            var head = ByteBuffer.wrap(bytes, at, HEAD_BYTES);
            int length = head.getInt();
            int sum = head.getInt();
            if (length <= 0
                    || length > RECORD_BYTES_MAX
                    || length > bytes.length - at - HEAD_BYTES) {
                return at;
            }
            var payload = Arrays.copyOfRange(bytes, at + HEAD_BYTES, at + HEAD_BYTES + length);
            if (sum != sum(payload)) {
                return at;
            }
            take(payload);
            at += HEAD_BYTES + length;
        }
        return at;
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
        append(record);
        channel.force(false);
        last = entry.number();
        waiting.put(entry.number(), entry);
        liveBytes += record.length;
        return entry;
    }

    /// Nothing waits for the disk here: a mark that is lost makes one report go out twice, which
    /// counts once.
    synchronized void done(Entry entry) throws IOException {
        if (!waiting.containsKey(entry.number())) {
            return;
        }
        append(record(DONE, entry.number(), out -> {}));
        drop(entry.number());
        if (channel.position() > COMPACT_BYTES_MIN && liveBytes < channel.position() / 4) {
            compact();
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
        var out = open(fresh, StandardOpenOption.CREATE_NEW);
        writeAll(out, MAGIC);
        for (var entry : waiting.values()) {
            writeAll(out, queued(entry));
        }
        // The highest number must not be given again, also when nothing waits.
        writeAll(out, record(DONE, last, ignored -> {}));
        out.force(true);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        channel.close();
        channel = out;
    }

    private void append(byte[] record) throws IOException {
        long before = channel.position();
        try {
            writeAll(channel, record);
        } catch (IOException e) {
            // A full disk may have taken half of it.
            channel.truncate(before);
            throw e;
        }
    }

    private static void writeAll(FileChannel channel, byte[] bytes) throws IOException {
        var buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
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
                    .putInt(sum(payload))
                    .put(payload)
                    .array();
        } catch (IOException e) {
            throw new IllegalStateException("a conversion that cannot be written down", e);
        }
    }

    private static int sum(byte[] payload) {
        var sum = new CRC32();
        sum.update(payload);
        return (int) sum.getValue();
    }

    @Override
    public synchronized void close() throws IOException {
        channel.close();
        lock.release();
        lockFile.close();
    }
}
