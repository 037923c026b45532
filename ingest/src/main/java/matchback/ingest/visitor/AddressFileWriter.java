package matchback.ingest.visitor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Writes a small database in MaxMind's format (https://maxmind.github.io/MaxMind-DB/): for
/// networks of one's own, demonstrations, measurements and tests. Keeps everything in memory; a
/// network inside another wins over it when it is added later.
public final class AddressFileWriter {
    private static final int BITS = 128;
    private static final int IPV4_PREFIX = 96;
    private static final int RECORD_BYTES = 4;
    private static final int EMPTY = -1;
    private static final byte[] MARKER = {
        (byte) 0xAB, (byte) 0xCD, (byte) 0xEF, 'M', 'a', 'x', 'M', 'i', 'n', 'd', '.', 'c', 'o', 'm'
    };

    /// Control numbers of the types we write.
    private static final int STRING = 2;

    private static final int UINT16 = 5;
    private static final int UINT32 = 6;
    private static final int MAP = 7;
    private static final int UINT64 = 9;
    private static final int ARRAY = 11;

    private static final int EXTENDED_FROM = 8;
    private static final int SHORT_MAX = 29;
    private static final int BYTE_MAX = 285;

    /// Children of each node: a node's number, [#EMPTY], or -2 less the place of a record.
    private final List<long[]> nodes = new ArrayList<>();

    private final Section data = new Section();
    private final String type;

    /// @param type as in `GeoLite2-City`
    public AddressFileWriter(String type) {
        this.type = type;
        newNode(EMPTY, EMPTY);
    }

    private int newNode(long left, long right) {
        nodes.add(new long[] {left, right});
        return nodes.size() - 1;
    }

    /// Adds what is known of a network.
    ///
    /// @param network in CIDR form
    /// @param record of texts, whole numbers, lists and maps
    public AddressFileWriter add(String network, Map<String, ?> record) {
        int place = data.place(record);
        int slash = network.indexOf('/');
        var address = InetAddress.ofLiteral(network.substring(0, slash)).getAddress();
        int bits = Integer.parseInt(network.substring(slash + 1));
        var path = new byte[BITS / 8];
        System.arraycopy(address, 0, path, path.length - address.length, address.length);
        put(path, address.length == 4 ? bits + IPV4_PREFIX : bits, -2L - place);
        return this;
    }

    private void put(byte[] path, int bits, long record) {
        int node = 0;
        for (int i = 0; i < bits - 1; i++) {
            int side = bit(path, i);
            long child = nodes.get(node)[side];
            if (child < 0) {
                // What was known of the larger network stays known of the rest of it.
                child = newNode(child, child);
                nodes.get(node)[side] = child;
            }
            node = (int) child;
        }
        nodes.get(node)[bit(path, bits - 1)] = record;
    }

    private static int bit(byte[] path, int at) {
        return (path[at / 8] >>> (7 - at % 8)) & 1;
    }

    /// The file.
    ///
    /// @param built when it claims to be made
    public byte[] toBytes(Instant built) {
        var out = new ByteArrayOutputStream();
        for (var node : nodes) {
            for (long child : node) {
                out.writeBytes(bigEndian(recordOf(child), RECORD_BYTES));
            }
        }
        out.writeBytes(new byte[16]);
        out.writeBytes(data.toBytes());
        out.writeBytes(MARKER);
        var about = new TreeMap<String, Object>();
        about.put("binary_format_major_version", (short) 2);
        about.put("binary_format_minor_version", (short) 0);
        about.put("build_epoch", BigInteger.valueOf(built.getEpochSecond()));
        about.put("database_type", type);
        about.put("description", Map.of("en", type));
        about.put("ip_version", (short) 6);
        about.put("languages", List.of("en"));
        about.put("node_count", (long) nodes.size());
        about.put("record_size", (short) (RECORD_BYTES * 8));
        var section = new Section();
        section.place(about);
        out.writeBytes(section.toBytes());
        return out.toByteArray();
    }

    public void write(Path file, Instant built) throws IOException {
        Files.write(file, toBytes(built));
    }

    private long recordOf(long child) {
        if (child >= 0) {
            return child;
        }
        return child == EMPTY ? nodes.size() : nodes.size() + 16 + (-2L - child);
    }

    private static byte[] bigEndian(long value, int bytes) {
        var out = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            out[bytes - 1 - i] = (byte) (value >>> (8 * i));
        }
        return out;
    }

    /// Values one after the other. One that was written before is pointed to, as in the databases
    /// that are sold.
    private static final class Section {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private final Map<Object, Integer> places = new HashMap<>();

        /// Writes a record unless it is there.
        ///
        /// @return where it is
        int place(Map<String, ?> record) {
            var before = places.get(record);
            if (before != null) {
                return before;
            }
            int place = out.size();
            write(record);
            places.put(record, place);
            return place;
        }

        byte[] toBytes() {
            return out.toByteArray();
        }

        private void refer(Object value) {
            var before = places.get(value);
            if (before != null) {
                // A pointer of four bytes: type 1, size 3.
                out.write(1 << 5 | 3 << 3);
                out.writeBytes(bigEndian(before, 4));
                return;
            }
            int place = out.size();
            write(value);
            if (value instanceof Map || value instanceof String) {
                places.put(value, place);
            }
        }

        private void write(Object value) {
            switch (value) {
                case String text -> {
                    var bytes = text.getBytes(StandardCharsets.UTF_8);
                    control(STRING, bytes.length);
                    out.writeBytes(bytes);
                }
                case Short number -> number(UINT16, BigInteger.valueOf(number));
                case Integer number -> number(UINT32, BigInteger.valueOf(number));
                case Long number -> number(UINT32, BigInteger.valueOf(number));
                case BigInteger number -> number(UINT64, number);
                case List<?> list -> {
                    control(ARRAY, list.size());
                    list.forEach(this::refer);
                }
                case Map<?, ?> map -> {
                    control(MAP, map.size());
                    new TreeMap<Object, Object>(map)
                            .forEach((key, element) -> {
                                refer(key);
                                refer(element);
                            });
                }
                default -> throw new IllegalArgumentException("no form for " + value.getClass());
            }
        }

        private void number(int type, BigInteger number) {
            int bytes = (number.bitLength() + 7) / 8;
            control(type, bytes);
            out.writeBytes(bigEndian(number.longValueExact(), bytes));
        }

        /// Type and size; types from 8 on, and sizes from 29 on, take a byte more.
        private void control(int type, int size) {
            if (size >= BYTE_MAX) {
                throw new IllegalArgumentException("a value of size " + size);
            }
            boolean isLong = size >= SHORT_MAX;
            out.write((type < EXTENDED_FROM ? type << 5 : 0) | (isLong ? SHORT_MAX : size));
            if (type >= EXTENDED_FROM) {
                out.write(type - (EXTENDED_FROM - 1));
            }
            if (isLong) {
                out.write(size - SHORT_MAX);
            }
        }
    }
}
