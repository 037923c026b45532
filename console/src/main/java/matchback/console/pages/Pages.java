package matchback.console.pages;

import io.vertx.ext.web.Router;
import matchback.console.Access;
import matchback.console.ConsoleConfig;
import matchback.console.ConsoleContext;

/// The console's pages.
public final class Pages {
    private Pages() {}

    /// Adds the pages. Handlers run on virtual threads and may block; request bodies are read.
    public static void mount(
            Router router, ConsoleContext context, ConsoleConfig config, Access access) {
        // Pages add themselves here.
    }
}
