package matchback.validate;

import java.net.InetAddress;
import java.util.Arrays;

/// The network an address is in, as far as one customer usually has it.
public final class Network {
    private static final int IPV4_BYTES = 4;
    private static final int IPV4_NETWORK_BYTES = 3;
    private static final int IPV6_NETWORK_BYTES = 8;

    private Network() {}

    /// The /24 of an IPv4 address or the /64 of an IPv6 one, such as `192.0.2.0/24`; empty for what
    /// is no address.
    public static String of(String address) {
        try {
            var bytes = InetAddress.ofLiteral(address).getAddress();
            boolean isShort = bytes.length == IPV4_BYTES;
            int kept = isShort ? IPV4_NETWORK_BYTES : IPV6_NETWORK_BYTES;
            Arrays.fill(bytes, kept, bytes.length, (byte) 0);
            return InetAddress.getByAddress(bytes).getHostAddress() + '/' + kept * 8;
        } catch (IllegalArgumentException | java.net.UnknownHostException _) {
            return "";
        }
    }
}
