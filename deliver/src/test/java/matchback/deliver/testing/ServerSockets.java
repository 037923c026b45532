package matchback.deliver.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import javax.net.ssl.SSLContext;

/// How a destination listens.
public sealed interface ServerSockets {
    ServerSocket open(int port, InetAddress address) throws IOException;

    record Plain() implements ServerSockets {
        @Override
        public ServerSocket open(int port, InetAddress address) throws IOException {
            return new ServerSocket(port, 100, address);
        }
    }

    record Tls(SSLContext context) implements ServerSockets {
        @Override
        public ServerSocket open(int port, InetAddress address) throws IOException {
            return context.getServerSocketFactory().createServerSocket(port, 100, address);
        }
    }
}
