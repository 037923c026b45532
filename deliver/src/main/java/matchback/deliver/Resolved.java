package matchback.deliver;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/// What a name server said.
sealed interface Resolved {
    record Found(List<InetAddress> addresses) implements Resolved {
        public Found {
            addresses = List.copyOf(addresses);
        }
    }

    record Nowhere(String why) implements Resolved {}

    static Resolved of(Resolver resolver, String host) {
        try {
            var addresses = resolver.resolve(host);
            return addresses.isEmpty() ? unknown(host) : new Found(addresses);
        } catch (UnknownHostException _) {
            return unknown(host);
        }
    }

    private static Resolved unknown(String host) {
        return new Nowhere("The host " + host + " has no address");
    }
}
