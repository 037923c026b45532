package matchback.deliver;

import java.util.function.Consumer;

/// Carries requests out. Safe for use by many threads.
public interface Courier extends AutoCloseable {

    /// Sends a request and tells once what came of it, on any thread. Never blocks, never throws.
    void send(OutboundRequest request, Consumer<Answer> done);

    @Override
    void close();
}
