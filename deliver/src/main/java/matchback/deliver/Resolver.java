package matchback.deliver;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/// Finds the addresses of a host. May block.
public interface Resolver {

    /// At least one address. Throws when the host has none.
    List<InetAddress> resolve(String host) throws UnknownHostException;

    /// The operating system's.
    static Resolver system() {
        return host -> List.of(InetAddress.getAllByName(host));
    }
}
