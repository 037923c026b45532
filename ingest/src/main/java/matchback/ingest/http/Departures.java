package matchback.ingest.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import matchback.ingest.ClickDoor.Manner;
import matchback.ingest.SignedHop;
import matchback.model.catalog.Routing.Referrer;

/// Sends visitors on, so that the next page learns what it may of where they came from.
final class Departures {
    private static final CharSequence POLICY = HttpHeaders.createOptimized("Referrer-Policy");
    private static final CharSequence HIDDEN = HttpHeaders.createOptimized("no-referrer");

    private final SignedHop hop;
    private final InstantSource clock;
    private final String pathPrefix;

    /// @param pathPrefix in front of all paths; empty for none
    Departures(SignedHop hop, InstantSource clock, String pathPrefix) {
        this.hop = hop;
        this.clock = clock;
        this.pathPrefix = pathPrefix;
    }

    void send(HttpServerResponse response, int status, String url, Manner manner) {
        if (!Replies.isOver(response)) {
            for (var cookie : manner.cookies()) {
                response.headers().add(HttpHeaders.SET_COOKIE, cookie);
            }
            send(response, status, url, manner.referrer());
        }
    }

    void send(HttpServerResponse response, int status, String url, Referrer referrer) {
        switch (referrer) {
            case ORIGIN -> Replies.redirect(response, status, url);
            case HIDDEN -> {
                if (!Replies.isOver(response)) {
                    Replies.redirect(response.putHeader(POLICY, HIDDEN), status, url);
                }
            }
            case DOUBLE -> {
                var next = pathPrefix + Route.HOP + '?' + hop.query(url, clock.millis());
                Replies.page(response, refresh(next));
            }
        }
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
