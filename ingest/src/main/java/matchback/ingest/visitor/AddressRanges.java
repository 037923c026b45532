package matchback.ingest.visitor;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Many networks, searched by halving: a hundred thousand of them take seventeen comparisons.
final class AddressRanges {
    /// First and last address of a network.
    record Range(byte[] first, byte[] last) {

        /// Reads a network in CIDR form, or a single address; empty for anything else.
        static Optional<Range> parse(String text) {
            int slash = text.indexOf('/');
            var literal = slash < 0 ? text : text.substring(0, slash);
            if (literal.indexOf(':') < 0 && literal.chars().filter(c -> c == '.').count() != 3) {
                return Optional.empty();
            }
            try {
                var address = InetAddress.ofLiteral(literal).getAddress();
                int most = address.length * 8;
                int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
                return bits < 0 || bits > most ? Optional.empty() : Optional.of(of(address, bits));
            } catch (IllegalArgumentException _) {
                return Optional.empty();
            }
        }

        private static Range of(byte[] address, int bits) {
            var first = address.clone();
            var last = address.clone();
            for (int bit = bits; bit < address.length * 8; bit++) {
                int mask = 0x80 >>> (bit % 8);
                first[bit / 8] &= (byte) ~mask;
                last[bit / 8] |= (byte) mask;
            }
            return new Range(first, last);
        }
    }

    static final AddressRanges NONE = of(List.of());

    private final List<Range> ipv4;
    private final List<Range> ipv6;

    private AddressRanges(List<Range> ipv4, List<Range> ipv6) {
        this.ipv4 = ipv4;
        this.ipv6 = ipv6;
    }

    static AddressRanges of(Collection<Range> ranges) {
        return new AddressRanges(joined(ranges, 4), joined(ranges, 16));
    }

    /// In order, those that overlap made one.
    private static List<Range> joined(Collection<Range> ranges, int length) {
        var joined = new ArrayList<Range>();
        ranges.stream()
                .filter(range -> range.first().length == length)
                .sorted(Comparator.comparing(Range::first, Arrays::compareUnsigned))
                .forEach(range -> {
                    var before = joined.isEmpty() ? null : joined.getLast();
                    if (before == null
                            || Arrays.compareUnsigned(before.last(), range.first()) < 0) {
                        joined.add(range);
                    } else if (Arrays.compareUnsigned(before.last(), range.last()) < 0) {
                        joined.set(joined.size() - 1, new Range(before.first(), range.last()));
                    }
                });
        return List.copyOf(joined);
    }

    boolean contain(InetAddress address) {
        var bytes = address.getAddress();
        var ranges = bytes.length == 4 ? ipv4 : ipv6;
        int low = 0;
        int high = ranges.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            var range = ranges.get(middle);
            if (Arrays.compareUnsigned(bytes, range.first()) < 0) {
                high = middle - 1;
            } else if (Arrays.compareUnsigned(bytes, range.last()) > 0) {
                low = middle + 1;
            } else {
                return true;
            }
        }
        return false;
    }

    int size() {
        return ipv4.size() + ipv6.size();
    }
}
