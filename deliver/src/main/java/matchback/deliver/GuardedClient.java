package matchback.deliver;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import matchback.model.net.AddressGuard;
import matchback.model.net.TargetUrl;

/// HTTP/1.1 to URLs that users typed in, safe against server-side request forgery.
///
/// A host is resolved once for each request, every address it has is checked, and the connection
/// goes to a checked address while Host and SNI keep the name; a name server that answers
/// differently the second time is never asked a second time. Pooled connections are kept by
/// address, so they too are only used for an address that was checked for this request. No
/// redirects, no system proxy, no decompression, a bounded body, bounded waits.
///
/// Everything but name resolution runs on one event loop.
public final class GuardedClient implements Courier {
    /// Shorter than what common servers keep idle connections for (5 s), so that they do not hang
    /// up while we send.
    private static final int IDLE_SECONDS_MAX = 4;

    private static final int WAITING_FOR_CONNECTION_MAX = 1_024;
    private static final int HEADER_BYTES_MAX = 16 * 1024;

    private final DeliverConfig config;
    private final Vertx vertx;
    private final Context context;
    private final HttpClient client;
    private final Resolver resolver;
    private final AddressGuard guard;
    private final Function<InetAddress, Optional<String>> refusal;

    /// Platform threads: looking up a name blocks in native code and would hold a virtual thread's
    /// carrier, of which there are as few as processors. As many as there are requests under way.
    private final ExecutorService lookups =
            Executors.newCachedThreadPool(
                    Thread.ofPlatform().daemon().name("matchback-resolve-", 0).factory());

    public GuardedClient(Vertx vertx, DeliverConfig config) {
        this(
                vertx,
                config,
                Resolver.system(),
                new AddressGuard(config.allowsPrivate())::refusal,
                UnaryOperator.identity());
    }

    /// @param refusal why an address may not be called, or empty
    /// @param tuning last word on the client's options
    GuardedClient(
            Vertx vertx,
            DeliverConfig config,
            Resolver resolver,
            Function<InetAddress, Optional<String>> refusal,
            UnaryOperator<HttpClientOptions> tuning) {
        this.config = config;
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.resolver = resolver;
        this.guard = new AddressGuard(config.allowsPrivate());
        this.refusal = refusal;
        this.client =
                vertx.httpClientBuilder()
                        .with(tuning.apply(options(config)))
                        .with(
                                new PoolOptions()
                                        .setHttp1MaxSize(config.connectionsMax())
                                        .setMaxWaitQueueSize(WAITING_FOR_CONNECTION_MAX))
                        .build();
    }

    private static HttpClientOptions options(DeliverConfig config) {
        return new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setKeepAlive(true)
                .setKeepAliveTimeout(IDLE_SECONDS_MAX)
                .setPipelining(false)
                .setDecompressionSupported(false)
                .setMaxHeaderSize(HEADER_BYTES_MAX)
                .setConnectTimeout(Math.toIntExact(config.connectWithin().toMillis()));
    }

    @Override
    public void send(OutboundRequest request, Consumer<Answer> done) {
        switch (TargetUrl.parse(request.url())) {
            case TargetUrl.Parsed.Problem(var message) ->
                    done.accept(new Answer.Forbidden(message));
            case TargetUrl.Parsed.Target(var target) ->
                    target.refusal(guard)
                            .filter(_ -> isNamed(target))
                            .ifPresentOrElse(
                                    why -> done.accept(new Answer.Forbidden(why)),
                                    () -> start(new Exchange(this, request, target, done)));
        }
    }

    /// Literal addresses are judged with the resolved ones.
    private static boolean isNamed(TargetUrl target) {
        return target.address().isEmpty();
    }

    private void start(Exchange exchange) {
        context.runOnContext(_ -> exchange.start());
    }

    /// Looks a host up aside, and goes on with the result on the event loop.
    void resolve(Exchange exchange, String host) {
        try {
            lookups.execute(() -> {
                var found = Resolved.of(resolver, host);
                context.runOnContext(_ -> exchange.resolved(found));
            });
        } catch (RejectedExecutionException _) {
            exchange.resolved(new Resolved.Nowhere("The client is closed"));
        }
    }

    Optional<String> refusal(InetAddress address) {
        return refusal.apply(address);
    }

    DeliverConfig config() {
        return config;
    }

    Vertx vertx() {
        return vertx;
    }

    HttpClient http() {
        return client;
    }

    @Override
    public void close() {
        lookups.shutdown();
        client.close();
    }
}
