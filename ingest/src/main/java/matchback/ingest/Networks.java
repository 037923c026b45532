package matchback.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A list of networks in CIDR form; a bare address is a network of one.
public final class Networks {
    private record Network(Address address, int bits) {}

    public static final Networks NONE = new Networks(List.of());

    private final List<Network> networks;

    private Networks(List<Network> networks) {
        this.networks = List.copyOf(networks);
    }

    /// Reads a list; a network that is none matches nothing, so that a typing error never opens
    /// what it was to close.
    public static Networks of(List<String> texts) {
        var networks = new ArrayList<Network>();
        texts.forEach(text -> network(text).ifPresent(networks::add));
        return new Networks(networks);
    }

    /// Whether the text is a network in CIDR form or an address.
    public static boolean isNetwork(String text) {
        return network(text).isPresent();
    }

    private static Optional<Network> network(String text) {
        int slash = text.indexOf('/');
        var address = Address.parse(slash < 0 ? text : text.substring(0, slash));
        if (address.isEmpty()) {
            return Optional.empty();
        }
        int most = address.get().bits();
        if (slash < 0) {
            return Optional.of(new Network(address.get(), most));
        }
        try {
            int bits = Integer.parseInt(text.substring(slash + 1).strip());
            // An IPv4 network written inside IPv6: the address has lost the 96 bits before it.
            boolean isMapped = most == 32 && text.indexOf(':') >= 0;
            bits = isMapped ? bits - 96 : bits;
            return bits < 0 || bits > most
                    ? Optional.empty()
                    : Optional.of(new Network(address.get(), bits));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    public boolean contain(Address address) {
        for (var network : networks) {
            if (network.address().sharesPrefix(address, network.bits())) {
                return true;
            }
        }
        return false;
    }

    public boolean isEmpty() {
        return networks.isEmpty();
    }
}
