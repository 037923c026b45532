package matchback.ingest.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import matchback.ingest.Address;
import matchback.ingest.BrowserDoor;
import matchback.ingest.BrowserDoor.Taken;
import matchback.ingest.ClickDoor.Visit;
import matchback.ingest.PostbackDoor.Arrived;
import matchback.ingest.RequestHeaders;
import matchback.ingest.Target;
import matchback.ingest.VisitorAddress;
import matchback.model.ClickId;
import matchback.model.routing.Choice;

/// Answers pages: the script, what it sends, and pixels.
final class BrowserReception {
    private static final Set<HttpMethod> LOADING = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    private final Desk desk;
    private final BrowserDoor door;
    private final VisitorAddress addresses;
    private final Acquaintance acquaintance;
    private final BiConsumer<HttpServerRequest, RuntimeException> failure;

    /// @param failure answers for a mistake of ours
    BrowserReception(
            Desk desk,
            BrowserDoor door,
            VisitorAddress addresses,
            Acquaintance acquaintance,
            BiConsumer<HttpServerRequest, RuntimeException> failure) {
        this.desk = desk;
        this.door = door;
        this.addresses = addresses;
        this.acquaintance = acquaintance;
        this.failure = failure;
    }

    /// The line that has the browser of a redirected visitor remember the click.
    Optional<String> cookie(RequestHeaders headers, Visit.Click click) {
        boolean isLanded = click.event().traits().containsKey(Choice.LANDER);
        return door.cookie()
                .afterRedirect(headers, id(click), isLanded, desk.door().clock().millis());
    }

    private static ClickId id(Visit.Click click) {
        return ClickId.ofAuthentic(click.event().subject().text());
    }

    void script(HttpServerRequest request) {
        if (LOADING.contains(request.method())) {
            BrowserReplies.script(request);
        } else {
            Replies.notAllowed(request.response(), "GET, HEAD");
        }
    }

    void event(HttpServerRequest request, Target target, Address peer) {
        if (request.method().equals(HttpMethod.OPTIONS)) {
            BrowserReplies.preflight(request);
            return;
        }
        BrowserReplies.allow(request);
        if (!request.method().equals(HttpMethod.POST)) {
            Replies.notAllowed(request.response(), "POST, OPTIONS");
            return;
        }
        new BodyReading(
                        desk,
                        request,
                        (body, arrived) ->
                                meet(request, asked(request, target, peer, body, arrived)))
                .start();
    }

    private void meet(HttpServerRequest request, BrowserDoor.Request asked) {
        Runnable take =
                () -> {
                    try {
                        take(request, asked);
                    } catch (RuntimeException e) {
                        failure.accept(request, e);
                    }
                };
        if (asked.isVisit()) {
            acquaintance.with(asked.headers().first("User-Agent"), take);
        } else {
            take.run();
        }
    }

    private BrowserDoor.Request asked(
            HttpServerRequest request, Target target, Address peer, byte[] body, Arrived arrived) {
        var headers = new VertxHeaders(request.headers());
        return new BrowserDoor.Request(
                target, headers, peer, addresses.of(peer, headers), body, arrived);
    }

    private void take(HttpServerRequest request, BrowserDoor.Request asked) {
        switch (door.take(asked)) {
            case Taken.Visit(var click, var id) -> visit(request, asked, click, id);
            case Taken.Seen(var event, var personal) ->
                    new BrowserExchange(
                                    desk,
                                    () ->
                                            BrowserReplies.json(
                                                    request.response(),
                                                    "recorded",
                                                    Integer.toString(event.sights().size())),
                                    cause -> notStored(request, cause))
                            .submit(event, personal);
            case Taken.Conversion(var report) ->
                    new PostbackExchange(desk, request, report, BrowserReplies.asJson()).submit();
            case Taken.Refused(var code, var message) ->
                    BrowserReplies.json(
                            request.response(),
                            "decision",
                            "refused",
                            "reason",
                            code,
                            "message",
                            message);
        }
    }

    private void visit(
            HttpServerRequest request, BrowserDoor.Request asked, Visit.Click click, ClickId id) {
        var since = System.nanoTime();
        new BrowserExchange(
                        desk,
                        () -> {
                            desk.metrics().clickRecorded(System.nanoTime() - since);
                            var headers = request.response().headers();
                            click.manner()
                                    .cookies()
                                    .forEach(line -> headers.add(HttpHeaders.SET_COOKIE, line));
                            door.cookie()
                                    .afterVisit(asked.headers(), id, desk.door().clock().millis())
                                    .ifPresent(line -> headers.add(HttpHeaders.SET_COOKIE, line));
                            BrowserReplies.json(request.response(), "clickId", id.text());
                        },
                        cause -> notStored(request, cause))
                .submit(click.event(), click.personal());
    }

    private void notStored(HttpServerRequest request, String cause) {
        desk.log().notStored("browser event", cause);
        Replies.notStored(request.response());
    }

    void pixel(HttpServerRequest request, Target target, Address peer, boolean isFrame) {
        if (!request.method().equals(HttpMethod.GET)) {
            Replies.notAllowed(request.response(), "GET");
            return;
        }
        var report = door.pixel(asked(request, target, peer, new byte[0], Arrived.WHOLE));
        new PostbackExchange(desk, request, report, BrowserReplies.asPixel(isFrame)).submit();
    }
}
