package matchback.ingest.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import matchback.ingest.PostbackDoor.Arrived;

/// Collects a request's body up to the limit, within the time a request may take. What is beyond
/// the limit is thrown away; after much of it the reading ends, whatever still comes.
final class BodyReading extends Waiting {
    /// Thrown away before the connection is given up: most clients read an answer only after they
    /// have sent everything.
    private static final long THROWN_AWAY_MAX = 1024 * 1024;

    /// Told once what arrived.
    interface Reader {
        void read(byte[] body, Arrived arrived);
    }

    private final Desk desk;
    private final HttpServerRequest request;
    private final Reader reader;
    private final int bytesMax;
    private Buffer body = Buffer.buffer(0);
    private long bytes;

    BodyReading(Desk desk, HttpServerRequest request, Reader reader) {
        this.desk = desk;
        this.request = request;
        this.reader = reader;
        this.bytesMax = desk.config().limits().bodyBytesMax();
    }

    void start() {
        if (!hasBody()) {
            settle();
            reader.read(new byte[0], Arrived.WHOLE);
            return;
        }
        desk.bodyDeadlines().add(this);
        request.exceptionHandler(_ -> finish(Arrived.BROKEN_OFF));
        request.handler(this::take);
        request.endHandler(_ -> finish(bytes > bytesMax ? Arrived.TOO_LARGE : Arrived.WHOLE));
    }

    private boolean hasBody() {
        return request.headers().contains(HttpHeaders.CONTENT_LENGTH)
                || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    }

    private void take(Buffer chunk) {
        int room = (int) Math.max(0, bytesMax - bytes);
        bytes += chunk.length();
        if (room > 0) {
            body = body.appendBuffer(chunk, 0, Math.min(room, chunk.length()));
        }
        if (bytes > bytesMax + THROWN_AWAY_MAX) {
            finish(Arrived.TOO_LARGE);
        }
    }

    private void finish(Arrived arrived) {
        if (settle()) {
            desk.bodyDeadlines().tidy();
            done(arrived);
        }
    }

    @Override
    void expired() {
        done(bytes > bytesMax ? Arrived.TOO_LARGE : Arrived.BROKEN_OFF);
    }

    private void done(Arrived arrived) {
        if (!request.isEnded()) {
            // The rest of the body stands where the next request would: none can follow.
            request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            request.response().endHandler(_ -> desk.closeSoon(request.connection()));
        }
        reader.read(body.getBytes(), arrived);
    }
}
