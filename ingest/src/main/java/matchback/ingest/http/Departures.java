package matchback.ingest.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import matchback.ingest.ClickDoor.Manner;
import matchback.ingest.SignedHop;
import matchback.ingest.Target;
import matchback.model.catalog.Routing.Referrer;

/// Sends visitors on, so that the next page learns what it may of where they came from.
final class Departures {
    private static final CharSequence POLICY = HttpHeaders.createOptimized("Referrer-Policy");
    private static final CharSequence HIDDEN = HttpHeaders.createOptimized("no-referrer");

    private final SignedHop hop;
    private final InstantSource clock;

    Departures(SignedHop hop, InstantSource clock) {
        this.hop = hop;
        this.clock = clock;
    }

    void send(HttpServerRequest request, int status, String url, Manner manner) {
        var response = request.response();
        if (!Replies.isOver(response)) {
            for (var cookie : manner.cookies()) {
                response.headers().add(HttpHeaders.SET_COOKIE, cookie);
            }
            send(request, status, url, manner.referrer());
        }
    }

    void send(HttpServerRequest request, int status, String url, Referrer referrer) {
        var response = request.response();
        switch (referrer) {
            case ORIGIN -> Replies.redirect(response, status, url);
            case HIDDEN -> {
                if (!Replies.isOver(response)) {
                    Replies.redirect(response.putHeader(POLICY, HIDDEN), status, url);
                }
            }
            case DOUBLE -> {
                var next = hop(request) + '?' + hop.query(url, clock.millis());
                Replies.page(response, refresh(next));
            }
        }
    }

    /// Where the second page is, seen from this one: a proxy may have put a path in front of all of
    /// ours.
    private static String hop(HttpServerRequest request) {
        long folders = Target.of(request.uri()).path().chars().filter(c -> c == '/').count() - 1;
        return "../".repeat((int) folders) + Route.HOP.substring(1);
    }

    /// The second of two pages; false when it is not ours.
    boolean hop(HttpServerResponse response, String query) {
        Optional<String> url = hop.url(query, clock.millis());
        url.ifPresent(found -> Replies.page(response, refresh(found)));
        return url.isPresent();
    }

    /// A page that goes on by itself. The URL is ASCII and percent-encoded; what could end the
    /// attribute is escaped all the same.
    private static String refresh(String url) {
        var safe = url;
        for (var escape : List.of("&&amp;", "\"&quot;", "'&#39;", "<&lt;", ">&gt;")) {
            safe = safe.replace(escape.substring(0, 1), escape.substring(1));
        }
        return "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">"
                + "<meta name=\"referrer\" content=\"no-referrer\">"
                + "<meta http-equiv=\"refresh\" content=\"0;url="
                + safe
                + "\"><title>…</title><a rel=\"noreferrer\" href=\""
                + safe
                + "\">Continue</a></html>\n";
    }
}
