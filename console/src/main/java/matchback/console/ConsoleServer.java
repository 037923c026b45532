package matchback.console;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import matchback.console.api.Api;
import matchback.console.api.CatalogEditor;
import matchback.console.api.ReplayJobs;
import matchback.console.csv.Uploads;
import matchback.console.pages.Pages;
import matchback.console.people.Access;
import org.jspecify.annotations.Nullable;

/// The console listener: pages, API, probes and metrics.
///
/// The event loop only reads the request; then each request goes on on a virtual thread of its own,
/// so every handler may block.
public final class ConsoleServer {
    private static final int STOP_SECONDS_MAX = 5;

    /// A file with many rows is answered only when all of them are decided.
    private static final int IDLE_SECONDS_MAX = 300;

    private static final int HEADER_BYTES_MAX = 16 * 1024;

    private final Vertx vertx;
    private final ConsoleConfig config;
    private final ConsoleContext context;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ReplayJobs replays;
    private final Live live;
    private final Router router;
    private volatile @Nullable HttpServer server;

    public ConsoleServer(Vertx vertx, ConsoleConfig config, ConsoleContext context) {
        this.vertx = vertx;
        this.config = config;
        this.context = context;
        this.replays = new ReplayJobs(context.replay(), context.clock());
        this.live = new Live(context.reports(), context.ledger(), context.clock());
        this.router = router();
    }

    /// Starts to listen; gives the port. Fails for a configuration that would open the console
    /// unencrypted to other machines.
    public Future<Integer> start() {
        var refusal = config.refusal();
        if (refusal.isPresent()) {
            return Future.failedFuture(new IllegalStateException(refusal.get()));
        }
        var created = vertx.createHttpServer(options()).requestHandler(router);
        server = created;
        return created.listen(config.port(), config.bind()).map(HttpServer::actualPort);
    }

    /// Stops listening, lets requests under way finish for a few seconds.
    public Future<Void> stop() {
        // Streams are requests that never finish by themselves.
        live.close();
        var running = server;
        var stopped =
                running == null
                        ? Future.<Void>succeededFuture()
                        : running.shutdown(STOP_SECONDS_MAX, TimeUnit.SECONDS);
        return stopped.onComplete(_ -> threads.shutdown()).compose(_ -> stopReplays());
    }

    /// They read the ledger, which is closed after this.
    private Future<Void> stopReplays() {
        var stopped = Promise.<Void>promise();
        Thread.startVirtualThread(() -> {
            replays.close();
            stopped.complete();
        });
        return stopped.future();
    }

    /// Reads the certificate files again; connections that are open keep the old ones.
    public Future<Boolean> reloadTls() {
        var running = server;
        var tls = config.tls();
        if (running == null || tls == null) {
            return Future.succeededFuture(false);
        }
        return running.updateSSLOptions(options().getSslOptions(), true);
    }

    private HttpServerOptions options() {
        var options =
                new HttpServerOptions()
                        .setCompressionSupported(true)
                        .setMaxHeaderSize(HEADER_BYTES_MAX)
                        .setMaxFormAttributeSize(ConsoleConfig.CONVERSIONS_BYTES_MAX)
                        .setIdleTimeout(IDLE_SECONDS_MAX);
        var tls = config.tls();
        return tls == null
                ? options
                : options.setSsl(true)
                        .setKeyCertOptions(
                                new PemKeyCertOptions()
                                        .setCertPath(tls.certificate().toString())
                                        .setKeyPath(tls.key().toString()));
    }

    /// What is served, each as method and path as the router writes it. HEAD is left out: it goes
    /// with GET.
    public List<String> routes() {
        return router.getRoutes().stream()
                .filter(route -> route.methods() != null && route.getPath() != null)
                .flatMap(route ->
                        route.methods().stream()
                                .filter(method -> !method.equals(HttpMethod.HEAD))
                                .map(method -> method.name() + ' ' + route.getPath()))
                .distinct()
                .toList();
    }

    private Router router() {
        var router = Router.router(vertx);
        var access = new Access(context, config);
        router.route().handler(new PathPrefix(config.pathPrefix())::takeOff);
        router.route().handler(SecurityHeaders::put);
        var uploads = new Uploads(context);
        router.route().handler(new Bodies(context, access, uploads));
        router.route().handler(this::moveToVirtualThread);
        // One for both: its lock keeps two changes from being checked against the same catalog.
        var editor = new CatalogEditor(context, config);
        var running = new Running(uploads, replays, live);
        Api.mount(router, context, config, access, editor, running);
        Pages.mount(router, context, config, access, editor, running);
        return router;
    }

    private void moveToVirtualThread(RoutingContext ctx) {
        threads.execute(ctx::next);
    }
}
