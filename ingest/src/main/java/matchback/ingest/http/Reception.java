package matchback.ingest.http;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.Set;
import matchback.ingest.Address;
import matchback.ingest.AppleDoor;
import matchback.ingest.BrowserDoor;
import matchback.ingest.ClickDoor;
import matchback.ingest.ClickDoor.Visit;
import matchback.ingest.LanderDoor;
import matchback.ingest.PostbackDoor;
import matchback.ingest.PostbackDoor.Report;
import matchback.ingest.Target;
import matchback.ingest.VisitorAddress;
import matchback.model.apple.ApplePostback.Protocol;

/// Sends each request of one event loop its way: click, postback, Apple's postback, what browsers
/// tell, or none of them.
final class Reception {
    private static final Set<HttpMethod> LOOKING = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final Set<HttpMethod> REPORTING = Set.of(HttpMethod.GET, HttpMethod.POST);

    private final Desk desk;
    private final Connections connections;
    private final ClickDoor clicks;
    private final LanderDoor landers;
    private final PostbackDoor postbacks;
    private final AppleDoor apples;
    private final VisitorAddress addresses;
    private final Acquaintance acquaintance;
    private final BrowserReception browsers;

    /// All that turn requests into events.
    record Doors(
            ClickDoor clicks,
            LanderDoor landers,
            PostbackDoor postbacks,
            AppleDoor apples,
            BrowserDoor browsers) {}

    Reception(Desk desk, Connections connections, Doors doors, VisitorAddress addresses) {
        this.desk = desk;
        this.connections = connections;
        this.clicks = doors.clicks();
        this.landers = doors.landers();
        this.postbacks = doors.postbacks();
        this.apples = doors.apples();
        this.addresses = addresses;
        this.acquaintance = new Acquaintance(desk);
        this.browsers =
                new BrowserReception(desk, doors.browsers(), addresses, acquaintance, this::fail);
    }

    /// The one place that turns a mistake of ours into an answer: nothing was stored.
    void take(HttpServerRequest request) {
        try {
            route(request);
        } catch (RuntimeException e) {
            fail(request, e);
        }
    }

    private void fail(HttpServerRequest request, Throwable e) {
        desk.log().failed("request", e);
        Replies.notStored(request.response());
    }

    private void route(HttpServerRequest request) {
        var peer = connections.requested(request.connection());
        var target = Target.of(request.uri()).below(desk.config().pathPrefix());
        switch (Route.of(target)) {
            case Route.Click(var campaign) -> click(request, target, campaign, peer);
            case Route.Postback(var sender) -> postback(request, target, sender, peer);
            case Route.Apple(var protocol) -> apple(request, target, protocol, peer);
            case Route.Lander(var button) -> lander(request, target, button);
            case Route.Hop() -> hop(request, target);
            case Route.Script() -> browsers.script(request);
            case Route.BrowserEvent() -> browsers.event(request, target, peer);
            case Route.Pixel(var isFrame) -> browsers.pixel(request, target, peer, isFrame);
            case Route.Other() -> link(request, target, peer);
        }
    }

    private void click(HttpServerRequest request, Target target, String campaign, Address peer) {
        var method = request.method();
        if (!LOOKING.contains(method)) {
            Replies.notAllowed(request.response(), "GET, HEAD");
            return;
        }
        var headers = new VertxHeaders(request.headers());
        var click =
                new ClickDoor.Request(
                        method.name(),
                        target,
                        campaign,
                        headers,
                        peer,
                        addresses.of(peer, headers));
        acquaintance.with(
                headers.first("User-Agent"),
                () -> {
                    try {
                        visit(request, click);
                    } catch (RuntimeException e) {
                        fail(request, e);
                    }
                });
    }

    private void visit(HttpServerRequest request, ClickDoor.Request click) {
        switch (clicks.visit(click)) {
            case Visit.Click recorded ->
                    new ClickExchange(
                                    desk,
                                    request,
                                    recorded,
                                    browsers.cookie(click.headers(), recorded))
                            .submit();
            case Visit.Look(var status, var url) ->
                    Replies.redirect(request.response(), status, url);
            case Visit.Elsewhere(var url) -> {
                desk.metrics().fallback();
                desk.log().notServed(click.campaign(), true);
                Replies.redirect(request.response(), 302, url);
            }
            case Visit.Nowhere() -> {
                desk.log().notServed(click.campaign(), false);
                notFound(request);
            }
        }
    }

    private void lander(HttpServerRequest request, Target target, int button) {
        var method = request.method();
        if (!LOOKING.contains(method)) {
            Replies.notAllowed(request.response(), "GET, HEAD");
            return;
        }
        var headers = new VertxHeaders(request.headers());
        var step = new LanderDoor.Request(method.name(), target, button, headers);
        // The click has to be looked up, and may have to come from the disk.
        desk.vertx()
                .executeBlocking(() -> landers.visit(step), false)
                .onComplete(visit -> goOn(request, visit), e -> fail(request, e));
    }

    private void goOn(HttpServerRequest request, LanderDoor.Visit visit) {
        switch (visit) {
            case LanderDoor.Visit.Click recorded ->
                    new LanderExchange(desk, request, recorded).submit();
            case LanderDoor.Visit.Pass(var url, var referrer) ->
                    desk.departures().send(request, 302, url, referrer);
            case LanderDoor.Visit.Elsewhere(var url) -> {
                desk.metrics().fallback();
                Replies.redirect(request.response(), 302, url);
            }
            case LanderDoor.Visit.Nowhere() -> notFound(request);
        }
    }

    private void hop(HttpServerRequest request, Target target) {
        if (!LOOKING.contains(request.method())) {
            Replies.notAllowed(request.response(), "GET, HEAD");
        } else if (!desk.departures().hop(request.response(), target.query())) {
            notFound(request);
        }
    }

    private void postback(HttpServerRequest request, Target target, String sender, Address peer) {
        var method = request.method();
        if (!REPORTING.contains(method)) {
            Replies.notAllowed(request.response(), "GET, POST");
            return;
        }
        var headers = new VertxHeaders(request.headers());
        if (headers.first("Host").isEmpty() && request.authority() != null) {
            // HTTP/2 has it beside the headers; signatures cover it.
            request.headers().set("Host", request.authority().toString());
        }
        var caller = addresses.of(peer, headers);
        var reading =
                new BodyReading(
                        desk,
                        request,
                        (body, arrived) -> {
                            try {
                                var report =
                                        postbacks.take(
                                                new PostbackDoor.Request(
                                                        method.name(),
                                                        target,
                                                        sender,
                                                        headers,
                                                        caller,
                                                        body,
                                                        arrived));
                                submit(request, report);
                            } catch (RuntimeException e) {
                                fail(request, e);
                            }
                        });
        reading.start();
    }

    private void apple(HttpServerRequest request, Target target, Protocol protocol, Address peer) {
        if (!HttpMethod.POST.equals(request.method())) {
            Replies.notAllowed(request.response(), "POST");
            return;
        }
        var headers = new VertxHeaders(request.headers());
        var caller = addresses.of(peer, headers);
        new BodyReading(
                        desk,
                        request,
                        (body, arrived) ->
                                apple(
                                        request,
                                        new AppleDoor.Request(
                                                protocol,
                                                request.method().name(),
                                                target,
                                                headers,
                                                caller,
                                                body,
                                                arrived)))
                .start();
    }

    /// Half a postback is none, and the device sends it again if it is not told 200. Checking a
    /// signature takes a tenth of a millisecond and more: not on the event loop.
    private void apple(HttpServerRequest request, AppleDoor.Request whole) {
        if (whole.arrived() == PostbackDoor.Arrived.BROKEN_OFF) {
            desk.log().notStored("postback", "the body did not come whole");
            desk.metrics().postbackNotStored();
            Replies.notStored(request.response());
            return;
        }
        desk.vertx()
                .executeBlocking(() -> apples.take(whole), false)
                .onSuccess(report -> submit(request, report))
                .onFailure(e -> fail(request, e));
    }

    private void submit(HttpServerRequest request, Report report) {
        try {
            new PostbackExchange(desk, request, report).submit();
        } catch (RuntimeException e) {
            fail(request, e);
        }
    }

    private void link(HttpServerRequest request, Target target, Address peer) {
        var campaign = home(request, target).or(() -> clicks.oldLink(target));
        if (campaign.isPresent()) {
            click(request, target, campaign.get(), peer);
        } else {
            other(request, target.path());
        }
    }

    private Optional<String> home(HttpServerRequest request, Target target) {
        var authority = request.authority();
        return authority != null && target.path().equals("/")
                ? clicks.home(authority.host())
                : Optional.empty();
    }

    private void other(HttpServerRequest request, String path) {
        if (path.equals("/robots.txt") && LOOKING.contains(request.method())) {
            Replies.text(request.response(), 200, "User-agent: *\nDisallow: /");
        } else {
            notFound(request);
        }
    }

    private void notFound(HttpServerRequest request) {
        desk.metrics().nothingHere();
        Replies.text(request.response(), 404, "not found");
    }

    /// A request that is no HTTP or longer than anyone needs. It never reached the door, so there
    /// is nothing to record.
    void refuse(HttpServerRequest request) {
        var cause = request.decoderResult().cause();
        int status =
                switch (cause) {
                    case TooLongHttpLineException _ -> 414;
                    case TooLongHttpHeaderException _ -> 431;
                    case null, default -> 400;
                };
        var text =
                switch (status) {
                    case 414 -> "the URL is too long";
                    case 431 -> "the headers are too long";
                    default -> "this is no HTTP request";
                };
        desk.metrics().malformedHttp();
        desk.log().malformedHttp(status, cause == null ? "-" : cause.getClass().getSimpleName());
        request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        Replies.text(request.response(), status, text);
        desk.closeSoon(request.connection());
    }
}
