package matchback.ingest.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import matchback.ingest.Answer;
import matchback.ingest.Script;

/// The forms of response that pages get: script, image, frame, and JSON that every site may read.
///
/// Any page may ask, also with its browser's cookies: no answer says anything that depends on them.
/// What was refused is answered with 200 like everything else, or the browser would write an error
/// into the console of a page that can do nothing about it.
final class BrowserReplies {
    private static final Script SCRIPT = Script.read();
    private static final String SCRIPT_CACHE = "public, max-age=3600";
    private static final Pattern ORIGIN =
            Pattern.compile("null|[a-z][a-z0-9+.-]{0,20}://[A-Za-z0-9._:\\[\\]-]{1,260}");
    private static final JsonFactory JSON = new JsonFactory();

    /// One transparent pixel, https://www.w3.org/Graphics/GIF/spec-gif89a.txt
    private static final Buffer GIF =
            Buffer.buffer(
                    HexFormat.of()
                            .parseHex(
                                    "47494638396101000100800000000000ffffff21f9040100000000"
                                            + "2c00000000010001000002014400"
                                            + "3b"));

    private static final Buffer FRAME =
            Buffer.buffer("<!doctype html><html lang=\"en\"><title>Pixel</title></html>\n");

    private static final String PREFLIGHT_SECONDS = "86400";

    private BrowserReplies() {}

    static void script(HttpServerRequest request) {
        var response = request.response();
        response.putHeader(HttpHeaders.CACHE_CONTROL, SCRIPT_CACHE)
                .putHeader(HttpHeaders.ETAG, SCRIPT.tag())
                .putHeader(HttpHeaders.VARY, "Accept-Encoding")
                .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*")
                .putHeader("Cross-Origin-Resource-Policy", "cross-origin")
                .putHeader("X-Content-Type-Options", "nosniff");
        if (SCRIPT.tag().equals(request.getHeader(HttpHeaders.IF_NONE_MATCH))) {
            response.setStatusCode(304).end();
            return;
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, "text/javascript; charset=utf-8");
        var encodings = request.getHeader(HttpHeaders.ACCEPT_ENCODING);
        boolean isGzip = encodings != null && encodings.contains("gzip");
        if (isGzip) {
            response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        var bytes = isGzip ? SCRIPT.gzipped() : SCRIPT.plain();
        if (request.method().name().equals("HEAD")) {
            response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(bytes.length)).end();
        } else {
            response.end(Buffer.buffer(bytes));
        }
    }

    /// Lets the asking site read the answer.
    static void allow(HttpServerRequest request) {
        var origin = request.getHeader(HttpHeaders.ORIGIN);
        var response = request.response();
        response.putHeader(HttpHeaders.VARY, "Origin");
        if (origin != null && ORIGIN.matcher(origin).matches()) {
            response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin)
                    .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
        }
    }

    static void preflight(HttpServerRequest request) {
        allow(request);
        request.response()
                .setStatusCode(204)
                .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "POST")
                .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, "Content-Type")
                .putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, PREFLIGHT_SECONDS)
                .end();
    }

    /// @param fields names and values, alternating
    static void json(HttpServerResponse response, String... fields) {
        var out = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            for (int i = 0; i < fields.length; i += 2) {
                json.writeStringField(fields[i], fields[i + 1]);
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a text that cannot be written", e);
        }
        body(response, 200, "application/json", Buffer.buffer(out.append('\n').toString()));
    }

    /// An answer to a conversion that the script reported.
    static PostbackAnswers asJson() {
        return new PostbackAnswers() {
            @Override
            public void answer(HttpServerResponse response, Answer answer) {
                decided(response, answer);
                body(response, 200, answer.contentType(), Buffer.buffer(answer.body()));
            }

            @Override
            public void notStored(HttpServerResponse response) {
                Replies.notStored(response);
            }
        };
    }

    /// The pixel in any case; what was decided stands in the headers.
    static PostbackAnswers asPixel(boolean isFrame) {
        return new PostbackAnswers() {
            @Override
            public void answer(HttpServerResponse response, Answer answer) {
                decided(response, answer);
                pixel(response, isFrame, 200);
            }

            @Override
            public void notStored(HttpServerResponse response) {
                pixel(response, isFrame, 503);
            }
        };
    }

    private static void decided(HttpServerResponse response, Answer answer) {
        response.putHeader("Matchback-Decision", answer.decision())
                .putHeader("Matchback-Reason", answer.reason())
                .putHeader("Matchback-Receipt", answer.receipt())
                .putHeader(
                        HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS,
                        "Matchback-Decision, Matchback-Reason, Matchback-Receipt");
    }

    private static void pixel(HttpServerResponse response, boolean isFrame, int status) {
        response.putHeader("Cross-Origin-Resource-Policy", "cross-origin");
        if (isFrame) {
            response.putHeader("Content-Security-Policy", "default-src 'none'");
            body(response, status, "text/html; charset=utf-8", FRAME);
        } else {
            body(response, status, "image/gif", GIF);
        }
    }

    private static void body(HttpServerResponse response, int status, String type, Buffer body) {
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, type)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("X-Robots-Tag", "noindex")
                .end(body);
    }
}
