package matchback.console.api;

import io.vertx.ext.web.Router;
import matchback.console.Access;
import matchback.console.ConsoleConfig;
import matchback.console.ConsoleContext;

/// The API's routes.
public final class Api {
    private Api() {}

    /// Adds the API, the probes and the metrics. Handlers run on virtual threads.
    public static void mount(
            Router router, ConsoleContext context, ConsoleConfig config, Access access) {
        // Routes add themselves here.
    }
}
