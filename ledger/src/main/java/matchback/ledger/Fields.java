package matchback.ledger;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/// The form of every stored record: a format version, a kind, then tagged fields.
///
/// ```
/// version (1 byte) · kind (1 byte) · { tag (varint) · length (varint) · bytes }*
/// ```
///
/// Fields stand in ascending order of their tags; an empty text, list or map and the number 0 are
/// left out. A reader skips tags it does not know, so a field can be added without a new version; a
/// field's meaning never changes and its tag is never used again. Equal content gives equal bytes.
public final class Fields {
    /// The version written by this build.
    public static final int FORMAT_VERSION = 1;

    private Fields() {}

    /// Thrown for bytes that no build has written.
    public static final class CorruptRecord extends RuntimeException {
        private static final long serialVersionUID = 1;

        public CorruptRecord(String message) {
            super(message);
        }

        public CorruptRecord(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /// Reads a record. Whatever its content makes the reading trip over ends as [CorruptRecord].
    public static <T> T read(byte[] bytes, Function<Reader, T> decode) {
        try {
            return decode.apply(new Reader(bytes));
        } catch (CorruptRecord e) {
            throw e;
        } catch (RuntimeException e) {
            // Constructors and enums refuse values that no build has written.
            throw new CorruptRecord("record of " + bytes.length + " bytes makes no sense", e);
        }
    }

    /// Writes one record.
    public static final class Writer {
        private static final int NUMBER_BYTES_MAX = 10;
        private static final int RECORD_BYTES_USUAL = 256;
        private static final int NESTED_BYTES_USUAL = 32;

        private byte[] out;
        private int length;
        private int lastTag;

        public Writer(int kind) {
            out = new byte[RECORD_BYTES_USUAL];
            out[0] = FORMAT_VERSION;
            out[1] = (byte) kind;
            length = 2;
        }

        private Writer() {
            out = new byte[NESTED_BYTES_USUAL];
        }

        public Writer text(int tag, String value) {
            return value.isEmpty() ? this : bytes(tag, value.getBytes(StandardCharsets.UTF_8));
        }

        /// Numbers are zigzag varints: small ones of either sign are short.
        public Writer number(int tag, long value) {
            if (value == 0) {
                return this;
            }
            long zigzag = (value << 1) ^ (value >> 63);
            field(tag, varintBytes(zigzag));
            varint(zigzag);
            return this;
        }

        public Writer flag(int tag, boolean value) {
            return number(tag, value ? 1 : 0);
        }

        public Writer bytes(int tag, byte[] value) {
            return value.length == 0 ? this : field(tag, value, value.length);
        }

        /// Each text as a field of the same tag, in order; empty texts are kept.
        public Writer texts(int tag, List<String> values) {
            for (var value : values) {
                var bytes = value.getBytes(StandardCharsets.UTF_8);
                field(tag, bytes, bytes.length);
            }
            return this;
        }

        /// Each entry as a field of the same tag, sorted by key.
        public Writer map(int tag, Map<String, String> values) {
            if (values.isEmpty()) {
                return this;
            }
            new TreeMap<>(values).forEach((key, value) -> record(tag, pair(key, value)));
            return this;
        }

        /// A record within the record.
        public Writer record(int tag, Writer value) {
            return field(tag, value.out, value.length);
        }

        public byte[] toBytes() {
            return Arrays.copyOf(out, length);
        }

        /// A record that stands within another and needs no version and kind of its own.
        public static Writer nested() {
            return new Writer();
        }

        private static Writer pair(String key, String value) {
            return nested().text(1, key).text(2, value);
        }

        private Writer field(int tag, byte[] value, int bytes) {
            field(tag, bytes);
            System.arraycopy(value, 0, out, length, bytes);
            length += bytes;
            return this;
        }

        /// Writes a field's tag and length, and makes room for so many bytes.
        private void field(int tag, int bytes) {
            if (tag < lastTag) {
                throw new IllegalStateException("tag " + tag + " after " + lastTag);
            }
            lastTag = tag;
            int most = Math.addExact(length, Math.addExact(bytes, 2 * NUMBER_BYTES_MAX));
            if (most > out.length) {
                out = Arrays.copyOf(out, (int) Math.max(most, Math.min(2L * most, 1 << 30)));
            }
            varint(tag);
            varint(bytes);
        }

        private void varint(long value) {
            long rest = value;
            while ((rest & ~0x7FL) != 0) {
                out[length++] = (byte) ((rest & 0x7F) | 0x80);
                rest >>>= 7;
            }
            out[length++] = (byte) rest;
        }

        private static int varintBytes(long value) {
            return (70 - Long.numberOfLeadingZeros(value | 1)) / 7;
        }
    }

    /// Reads one record.
    public static final class Reader {
        private static final int FIELDS_USUAL = 16;

        private final byte[] bytes;
        private final int kind;
        private int[] tags = new int[FIELDS_USUAL];
        private int[] starts = new int[FIELDS_USUAL];
        private int[] ends = new int[FIELDS_USUAL];
        private int count;

        /// Reads a whole record.
        public Reader(byte[] bytes) {
            this(bytes, 2, bytes.length, kindOf(bytes));
        }

        private Reader(byte[] bytes, int from, int to, int kind) {
            this.bytes = bytes;
            this.kind = kind;
            var at = new int[] {from};
            int lastTag = 1;
            while (at[0] < to) {
                long tag = varint(at, to);
                if (tag < lastTag || tag > Integer.MAX_VALUE) {
                    throw new CorruptRecord("tag " + tag + " after " + lastTag);
                }
                long length = varint(at, to);
                if (length < 0 || length > to - at[0]) {
                    throw new CorruptRecord("a field is longer than its record");
                }
                add((int) tag, at[0], (int) length);
                at[0] += (int) length;
                lastTag = (int) tag;
            }
        }

        private void add(int tag, int start, int length) {
            if (count == tags.length) {
                tags = Arrays.copyOf(tags, count * 2);
                starts = Arrays.copyOf(starts, count * 2);
                ends = Arrays.copyOf(ends, count * 2);
            }
            tags[count] = tag;
            starts[count] = start;
            ends[count] = start + length;
            count++;
        }

        private static int kindOf(byte[] bytes) {
            if (bytes.length < 2) {
                throw new CorruptRecord("record of " + bytes.length + " bytes; at least 2");
            }
            if (bytes[0] != FORMAT_VERSION) {
                throw new CorruptRecord(
                        "record of format " + bytes[0] + "; this build reads " + FORMAT_VERSION);
            }
            return bytes[1];
        }

        public int kind() {
            return kind;
        }

        public String text(int tag) {
            int field = find(tag);
            return field < 0 ? "" : text(starts[field], ends[field]);
        }

        public long number(int tag) {
            int field = find(tag);
            return field < 0 ? 0 : numberAt(field);
        }

        public boolean flag(int tag) {
            return number(tag) != 0;
        }

        public byte[] bytes(int tag) {
            int field = find(tag);
            return field < 0 ? new byte[0] : Arrays.copyOfRange(bytes, starts[field], ends[field]);
        }

        public List<String> texts(int tag) {
            var texts = new ArrayList<String>();
            for (int i = 0; i < count; i++) {
                if (tags[i] == tag) {
                    texts.add(text(starts[i], ends[i]));
                }
            }
            return texts;
        }

        public Map<String, String> map(int tag) {
            if (find(tag) < 0) {
                return Map.of();
            }
            var map = new LinkedHashMap<String, String>();
            for (var pair : records(tag)) {
                map.put(pair.text(1), pair.text(2));
            }
            return map;
        }

        /// The nested records of a tag, in order.
        public List<Reader> records(int tag) {
            var records = new ArrayList<Reader>();
            for (int i = 0; i < count; i++) {
                if (tags[i] == tag) {
                    records.add(new Reader(bytes, starts[i], ends[i], 0));
                }
            }
            return records;
        }

        /// Whether a field of the tag is there.
        public boolean has(int tag) {
            return find(tag) >= 0;
        }

        /// Visits the fields of a record whose tags are data.
        void forEach(FieldVisitor visitor) {
            for (int i = 0; i < count; i++) {
                visitor.visit(tags[i], i);
            }
        }

        String textAt(int field) {
            return text(starts[field], ends[field]);
        }

        long numberAt(int field) {
            long value = varint(new int[] {starts[field]}, ends[field]);
            return (value >>> 1) ^ -(value & 1);
        }

        interface FieldVisitor {
            void visit(int tag, int field);
        }

        private int find(int tag) {
            for (int i = 0; i < count && tags[i] <= tag; i++) {
                if (tags[i] == tag) {
                    return i;
                }
            }
            return -1;
        }

        private String text(int from, int to) {
            return new String(bytes, from, to - from, StandardCharsets.UTF_8);
        }

        private long varint(int[] at, int to) {
            long value = 0;
            for (int shift = 0; shift < 64 && at[0] < to; shift += 7) {
                byte next = bytes[at[0]++];
                value |= (long) (next & 0x7F) << shift;
                if (next >= 0) {
                    return value;
                }
            }
            throw new CorruptRecord("a number does not end");
        }
    }
}
