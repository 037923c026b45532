package matchback.model.net;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Which addresses a user's URL may lead to: those of the public internet, and networks of one's
/// own only where the operator allows them (guards against server-side request forgery).
///
/// Addresses with an IPv4 address inside are judged by it: mapped (::ffff:0:0/96, which Java turns
/// into IPv4 by itself), NAT64 (64:ff9b::/96) and 6to4 (2002::/16).
public final class AddressGuard {
    /// The setting that allows private and loopback addresses.
    public static final String SETTING = "allow-private-destinations";

    private static final AddressRange NAT64 = AddressRange.of("64:ff9b::/96", false, "NAT64");
    private static final AddressRange SIX_TO_FOUR = AddressRange.of("2002::/16", false, "6to4");

    /// All that is routed on the public internet.
    private static final AddressRange GLOBAL = AddressRange.of("2000::/3", false, "global");

    private final boolean allowsPrivate;

    /// @param allowsPrivate whether loopback and private networks are allowed; link-local,
    ///   multicast, reserved and documentation addresses never are
    public AddressGuard(boolean allowsPrivate) {
        this.allowsPrivate = allowsPrivate;
    }

    public boolean allowsPrivate() {
        return allowsPrivate;
    }

    /// Why nothing is sent to this address, one sentence; empty when it may be called.
    public Optional<String> refusal(InetAddress address) {
        return refusal(address.getAddress())
                .map(why -> "The address " + address.getHostAddress() + " is refused: " + why);
    }

    /// Why nothing is sent to a name that stands for this machine, whatever it resolves to.
    Optional<String> refusalOfName(String host) {
        boolean isOwn = host.equals("localhost") || host.endsWith(".localhost");
        return isOwn && !allowsPrivate
                ? Optional.of("The host " + host + " is refused: " + privately("loopback"))
                : Optional.empty();
    }

    private Optional<String> refusal(byte[] address) {
        if (address.length == 4) {
            return refusal(address, AddressRange.IPV4);
        }
        if (isMapped(address) || NAT64.contains(address)) {
            return refusal(Arrays.copyOfRange(address, 12, 16));
        }
        if (SIX_TO_FOUR.contains(address)) {
            return refusal(Arrays.copyOfRange(address, 2, 6));
        }
        boolean isListed = AddressRange.IPV6.stream().anyMatch(range -> range.contains(address));
        return isListed || GLOBAL.contains(address)
                ? refusal(address, AddressRange.IPV6)
                : Optional.of("it is not of the public internet");
    }

    private Optional<String> refusal(byte[] address, List<AddressRange> ranges) {
        for (var range : ranges) {
            if (range.contains(address)) {
                return range.isPrivate()
                        ? allowsPrivate ? Optional.empty() : Optional.of(privately(range.purpose()))
                        : Optional.of(range.purpose());
            }
        }
        return Optional.empty();
    }

    /// ::ffff:a.b.c.d; as a literal or from bytes Java makes it an IPv4 address before we see it.
    private static boolean isMapped(byte[] address) {
        for (int i = 0; i < 10; i++) {
            if (address[i] != 0) {
                return false;
            }
        }
        return address[10] == (byte) 0xFF && address[11] == (byte) 0xFF;
    }

    private static String privately(String purpose) {
        return purpose + "; the setting " + SETTING + " allows it";
    }
}
