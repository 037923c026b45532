package matchback.ingest;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/// An IP address: 4 or 16 bytes, an IPv4 address inside IPv6 (`::ffff:…`) taken out of it, so that
/// one machine has one form.
public final class Address {
    private static final int CHARS_MAX = 64;

    /// Stands for the address of a caller who has none: a command on this machine, a line that
    /// names none.
    static final Address NONE = new Address(new byte[4]);

    private final byte[] bytes;

    private Address(byte[] bytes) {
        this.bytes = bytes;
    }

    /// Reads a literal address, also with a port, in brackets, or with a zone id, which are left
    /// out; empty for anything else. Never asks a name server.
    public static Optional<Address> parse(String text) {
        var literal = withoutPort(text.strip());
        int zone = literal.indexOf('%');
        literal = zone < 0 ? literal : literal.substring(0, zone);
        if (literal.isEmpty() || literal.length() > CHARS_MAX || !isPossible(literal)) {
            return Optional.empty();
        }
        try {
            return Optional.of(of(InetAddress.ofLiteral(literal)));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    static Address of(InetAddress address) {
        return new Address(unmapped(address.getAddress()));
    }

    private static String withoutPort(String text) {
        if (text.startsWith("[")) {
            int close = text.indexOf(']');
            return close < 0 ? "" : text.substring(1, close);
        }
        int colon = text.indexOf(':');
        return colon >= 0 && text.indexOf(':', colon + 1) < 0 ? text.substring(0, colon) : text;
    }

    /// The JDK also reads `1` and `127.1` as IPv4 addresses; nobody writes those in a header.
    private static boolean isPossible(String literal) {
        return literal.indexOf(':') >= 0 || literal.chars().filter(c -> c == '.').count() == 3;
    }

    private static byte[] unmapped(byte[] bytes) {
        if (bytes.length != 16 || bytes[10] != -1 || bytes[11] != -1) {
            return bytes;
        }
        for (int i = 0; i < 10; i++) {
            if (bytes[i] != 0) {
                return bytes;
            }
        }
        return Arrays.copyOfRange(bytes, 12, 16);
    }

    /// Whether the first bits are those of another address of the same family.
    boolean sharesPrefix(Address other, int bits) {
        if (bytes.length != other.bytes.length) {
            return false;
        }
        int whole = bits / 8;
        if (!Arrays.equals(bytes, 0, whole, other.bytes, 0, whole)) {
            return false;
        }
        int rest = bits % 8;
        return rest == 0 || ((bytes[whole] ^ other.bytes[whole]) & 0xFF) >>> (8 - rest) == 0;
    }

    InetAddress inet() {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(bytes.length + " bytes", e);
        }
    }

    int bits() {
        return bytes.length * 8;
    }

    /// Dotted decimal, or the short form of RFC 5952.
    @Override
    public String toString() {
        if (bytes.length == 4) {
            return (bytes[0] & 0xFF)
                    + "."
                    + (bytes[1] & 0xFF)
                    + "."
                    + (bytes[2] & 0xFF)
                    + "."
                    + (bytes[3] & 0xFF);
        }
        int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = (bytes[2 * i] & 0xFF) << 8 | (bytes[2 * i + 1] & 0xFF);
        }
        return shortForm(groups);
    }

    private static String shortForm(int[] groups) {
        int from = 0;
        int length = 0;
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && groups[end] == 0) {
                end++;
            }
            if (end - i > length) {
                from = i;
                length = end - i;
            }
        }
        var out = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (length > 1 && i == from) {
                out.append("::");
                i += length - 1;
            } else {
                if (i > 0 && out.charAt(out.length() - 1) != ':') {
                    out.append(':');
                }
                out.append(Integer.toHexString(groups[i]));
            }
        }
        return out.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Address address && Arrays.equals(address.bytes, bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
