package matchback.ingest.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import matchback.ingest.Answer;

/// The few forms of response that this listener has.
final class Replies {
    private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");
    private static final CharSequence REFERRER_POLICY =
            HttpHeaders.createOptimized("Referrer-Policy");

    /// The offer learns the referring site, not the whole address of the page, whatever the source
    /// would allow.
    private static final CharSequence ORIGIN =
            HttpHeaders.createOptimized("strict-origin-when-cross-origin");

    private static final CharSequence ROBOTS = HttpHeaders.createOptimized("X-Robots-Tag");
    private static final CharSequence NO_INDEX = HttpHeaders.createOptimized("noindex");
    private static final CharSequence CONTENT_OPTIONS =
            HttpHeaders.createOptimized("X-Content-Type-Options");
    private static final CharSequence NO_SNIFF = HttpHeaders.createOptimized("nosniff");
    private static final CharSequence DECISION = HttpHeaders.createOptimized("Matchback-Decision");
    private static final CharSequence RECEIPT = HttpHeaders.createOptimized("Matchback-Receipt");
    private static final String TEXT = "text/plain; charset=utf-8";

    private Replies() {}

    /// @param response with a referrer policy of its own, if it is to have another one
    static void redirect(HttpServerResponse response, int status, String url) {
        if (isOver(response)) {
            return;
        }
        if (!response.headers().contains(REFERRER_POLICY)) {
            response.putHeader(REFERRER_POLICY, ORIGIN);
        }
        response.setStatusCode(status)
                .putHeader(HttpHeaders.LOCATION, url)
                .putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE)
                .putHeader(ROBOTS, NO_INDEX)
                .end();
    }

    static void answer(HttpServerResponse response, Answer answer) {
        if (isOver(response)) {
            return;
        }
        response.setStatusCode(answer.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, answer.contentType())
                .putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE)
                .putHeader(CONTENT_OPTIONS, NO_SNIFF)
                .putHeader(DECISION, answer.decision())
                .putHeader(RECEIPT, answer.receipt())
                .end(answer.body());
    }

    static void text(HttpServerResponse response, int status, String text) {
        if (isOver(response)) {
            return;
        }
        response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, TEXT)
                .putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE)
                .putHeader(CONTENT_OPTIONS, NO_SNIFF)
                .putHeader(ROBOTS, NO_INDEX)
                .end(text + "\n");
    }

    static void notAllowed(HttpServerResponse response, String allowed) {
        response.putHeader(HttpHeaders.ALLOW, allowed);
        text(response, 405, "method not allowed: use " + allowed);
    }

    /// The only 5xx there is: nothing was stored, the same request may be sent again.
    static void notStored(HttpServerResponse response) {
        if (isOver(response)) {
            return;
        }
        response.putHeader(HttpHeaders.RETRY_AFTER, "1");
        text(response, 503, "not stored: send it again");
    }

    /// A page that leads on. It runs nothing and may not be shown in another page.
    static void page(HttpServerResponse response, String html) {
        if (isOver(response)) {
            return;
        }
        response.setStatusCode(200)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8")
                .putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE)
                .putHeader(REFERRER_POLICY, "no-referrer")
                .putHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
                .putHeader(CONTENT_OPTIONS, NO_SNIFF)
                .putHeader(ROBOTS, NO_INDEX)
                .end(html);
    }

    static boolean isOver(HttpServerResponse response) {
        return response.ended() || response.closed();
    }
}
