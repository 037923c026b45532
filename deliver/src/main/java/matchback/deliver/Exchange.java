package matchback.deliver;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import matchback.model.net.TargetUrl;
import org.jspecify.annotations.Nullable;

/// One request and its answer: resolve, check, connect, send, read. Lives on the client's event
/// loop; answers once.
final class Exchange {
    private static final int ADDRESSES_MAX = 3;
    private static final String USER_AGENT = "Matchback";

    private final GuardedClient client;
    private final OutboundRequest request;
    private final TargetUrl target;
    private final Consumer<Answer> done;
    private final Buffer body = Buffer.buffer();

    private long deadline;
    private boolean isFinished;
    private @Nullable HttpClientRequest sent;
    private @Nullable HttpClientResponse head;

    Exchange(
            GuardedClient client,
            OutboundRequest request,
            TargetUrl target,
            Consumer<Answer> done) {
        this.client = client;
        this.request = request;
        this.target = target;
        this.done = done;
    }

    void start() {
        long millis = client.config().answerWithin().toMillis();
        deadline = client.vertx().setTimer(millis, _ -> timedOut());
        target.address()
                .ifPresentOrElse(
                        address -> resolved(new Resolved.Found(List.of(address))),
                        () -> client.resolve(this, target.host()));
    }

    void resolved(Resolved resolved) {
        if (isFinished) {
            return;
        }
        switch (resolved) {
            case Resolved.Nowhere(var why) -> finish(new Answer.Unreachable(why));
            case Resolved.Found(var addresses) -> {
                // One bad address spoils them all: whoever owns the name put it there.
                var refusal =
                        addresses.stream().flatMap(a -> client.refusal(a).stream()).findFirst();
                if (refusal.isPresent()) {
                    finish(new Answer.Forbidden(named(refusal.get())));
                } else {
                    connect(addresses, 0);
                }
            }
        }
    }

    private String named(String refusal) {
        return target.address().isPresent()
                ? refusal
                : refusal + " (the host " + target.host() + " leads there)";
    }

    private void connect(List<InetAddress> addresses, int index) {
        client.http()
                .request(options(addresses.get(index)))
                .onComplete(
                        this::connected,
                        failure -> {
                            if (isFinished) {
                                return;
                            }
                            int next = index + 1;
                            if (next < Math.min(addresses.size(), ADDRESSES_MAX)) {
                                connect(addresses, next);
                            } else {
                                finish(unreachable("No connection", failure));
                            }
                        });
    }

    private RequestOptions options(InetAddress address) {
        var server = new InetSocketAddress(unnamed(address), target.port());
        var headers = MultiMap.caseInsensitiveMultiMap().addAll(request.headers());
        if (!headers.contains("User-Agent")) {
            headers.set("User-Agent", USER_AGENT);
        }
        if (target.host().indexOf(':') >= 0) {
            // Vert.x writes an IPv6 address without the brackets it needs (RFC 3986 §3.2.2).
            headers.set("Host", "[" + target.host() + "]:" + target.port());
        }
        return new RequestOptions()
                .setMethod(HttpMethod.valueOf(request.method()))
                .setServer(SocketAddress.inetSocketAddress(server))
                .setHost(target.host())
                .setPort(target.port())
                .setSsl(target.isSecure())
                .setURI(target.path())
                .setFollowRedirects(false)
                .setHeaders(headers);
    }

    /// Without the name, so that nothing below can look it up again.
    private static InetAddress unnamed(InetAddress address) {
        try {
            return InetAddress.getByAddress(address.getAddress());
        } catch (java.net.UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 bytes", e);
        }
    }

    private void connected(HttpClientRequest connected) {
        if (isFinished) {
            abandon(connected);
            return;
        }
        sent = connected;
        connected
                .response()
                .onComplete(
                        this::answered,
                        failure -> finish(unreachable("The connection broke off", failure)));
        Future<Void> end =
                request.body().length == 0
                        ? connected.end()
                        : connected.end(Buffer.buffer(request.body()));
        end.onFailure(failure -> finish(unreachable("The connection broke off", failure)));
    }

    private void answered(HttpClientResponse response) {
        head = response;
        response.handler(this::read)
                .exceptionHandler(_ -> finishAnswered())
                .endHandler(_ -> {
                    sent = null;
                    finishAnswered();
                });
    }

    private void read(Buffer part) {
        int room = client.config().bodyBytesMax() - body.length();
        if (part.length() <= room) {
            body.appendBuffer(part);
        } else {
            body.appendBuffer(part, 0, room);
            finishAnswered();
        }
    }

    /// The status stands once the head is here, even if the body breaks off or never ends.
    private void finishAnswered() {
        var response = head;
        if (response != null) {
            finish(
                    new Answer.Answered(
                            response.statusCode(),
                            headers(response.headers()),
                            body.toString(StandardCharsets.UTF_8)));
        }
    }

    private static Map<String, String> headers(MultiMap headers) {
        var all = new HashMap<String, String>();
        headers.forEach(h -> all.putIfAbsent(h.getKey().toLowerCase(Locale.ROOT), h.getValue()));
        return all;
    }

    private void timedOut() {
        if (head == null) {
            finish(new Answer.TimedOut(client.config().answerWithin()));
        } else {
            finishAnswered();
        }
    }

    private static Answer unreachable(String what, Throwable failure) {
        var why = failure.getMessage();
        var kind = failure.getClass().getSimpleName();
        return new Answer.Unreachable(what + ": " + (why == null ? kind : why));
    }

    private void finish(Answer answer) {
        if (isFinished) {
            return;
        }
        isFinished = true;
        client.vertx().cancelTimer(deadline);
        var unfinished = sent;
        if (unfinished != null) {
            abandon(unfinished);
        }
        done.accept(answer);
    }

    /// Closes the connection: what is still on its way there belongs to nobody.
    private static void abandon(HttpClientRequest request) {
        var _ = request.reset();
    }
}
