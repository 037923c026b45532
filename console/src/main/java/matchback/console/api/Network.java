package matchback.console.api;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/// Networks in CIDR form.
final class Network {
    private static final Pattern FORM =
            Pattern.compile(
                    "(\\d{1,3}(?:\\.\\d{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)(?:/(\\d{1,3}))?");

    private Network() {}

    /// The network with its prefix length and without the bits behind it: `10.1.2.3/8` is
    /// `10.0.0.0/8`, a single address is a network of itself. Empty for anything else.
    static Optional<String> canonical(String text) {
        var parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            var address = InetAddress.ofLiteral(parts.group(1));
            int bits = address instanceof Inet4Address ? 32 : 128;
            int prefix = parts.group(2) == null ? bits : Integer.parseInt(parts.group(2));
            if (prefix > bits) {
                return Optional.empty();
            }
            var bytes = address.getAddress();
            for (int bit = prefix; bit < bits; bit++) {
                bytes[bit / 8] &= (byte) ~(0x80 >> bit % 8);
            }
            return Optional.of(InetAddress.getByAddress(bytes).getHostAddress() + '/' + prefix);
        } catch (IllegalArgumentException | java.net.UnknownHostException _) {
            return Optional.empty();
        }
    }
}
