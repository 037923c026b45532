package matchback.model.net;

import java.net.InetAddress;
import java.util.List;

/// A block of addresses and what it is for.
///
/// @param prefix its first address, 4 or 16 bytes
/// @param bits leading bits that an address must share with the prefix
/// @param isPrivate whether the block is a network of one's own, which an operator may allow
/// @param purpose as the registries name it
record AddressRange(byte[] prefix, int bits, boolean isPrivate, String purpose) {

    /// Special blocks of IPv4: the IANA registry (iana.org/assignments/iana-ipv4-special-registry),
    /// multicast, and the address under which Azure serves machine credentials.
    static final List<AddressRange> IPV4 =
            List.of(
                    ownNetwork("10.0.0.0/8", "private network, RFC 1918"),
                    ownNetwork("172.16.0.0/12", "private network, RFC 1918"),
                    ownNetwork("192.168.0.0/16", "private network, RFC 1918"),
                    ownNetwork("100.64.0.0/10", "carrier network, RFC 6598"),
                    ownNetwork("127.0.0.0/8", "loopback"),
                    never("0.0.0.0/8", "this network"),
                    never("169.254.0.0/16", "link-local, cloud metadata"),
                    never("168.63.129.16/32", "cloud metadata"),
                    never("192.0.0.0/24", "protocol assignments"),
                    never("192.0.2.0/24", "documentation"),
                    never("192.88.99.0/24", "retired 6to4 relay"),
                    never("198.18.0.0/15", "benchmarking"),
                    never("198.51.100.0/24", "documentation"),
                    never("203.0.113.0/24", "documentation"),
                    never("224.0.0.0/4", "multicast"),
                    never("240.0.0.0/4", "reserved, broadcast"));

    /// Special blocks of IPv6 (iana.org/assignments/iana-ipv6-special-registry). Blocks that embed
    /// an IPv4 address which decides are not here; see [AddressGuard]. The first that fits counts.
    static final List<AddressRange> IPV6 =
            List.of(
                    ownNetwork("::1/128", "loopback"),
                    ownNetwork("fc00::/7", "private network, RFC 4193"),
                    never("::/96", "unspecified, retired IPv4-compatible"),
                    never("::ffff:0:0:0/96", "IPv4-translated"),
                    never("64:ff9b:1::/48", "local translation, RFC 8215"),
                    never("100::/64", "discard only"),
                    never("2001::/23", "protocol assignments, Teredo"),
                    never("2001:db8::/32", "documentation"),
                    never("3fff::/20", "documentation"),
                    never("5f00::/16", "segment routing"),
                    never("fe80::/10", "link-local"),
                    never("fec0::/10", "retired site-local"),
                    never("ff00::/8", "multicast"));

    private static AddressRange ownNetwork(String block, String purpose) {
        return of(block, true, purpose);
    }

    private static AddressRange never(String block, String purpose) {
        return of(block, false, purpose);
    }

    static AddressRange of(String block, boolean isPrivate, String purpose) {
        int slash = block.indexOf('/');
        return new AddressRange(
                InetAddress.ofLiteral(block.substring(0, slash)).getAddress(),
                Integer.parseInt(block.substring(slash + 1)),
                isPrivate,
                purpose);
    }

    boolean contains(byte[] address) {
        if (address.length != prefix.length) {
            return false;
        }
        int whole = bits / 8;
        for (int i = 0; i < whole; i++) {
            if (address[i] != prefix[i]) {
                return false;
            }
        }
        int rest = bits % 8;
        return rest == 0 || ((address[whole] ^ prefix[whole]) & 0xFF) >> (8 - rest) == 0;
    }
}
