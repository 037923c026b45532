package matchback.console.api;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CompletionException;

/// Sends an [Answer]. Runs on the request's virtual thread and blocks while the caller is slow.
final class Responder {
    private static final int CHUNK_BYTES = 16 * 1024;

    private Responder() {}

    static void send(RoutingContext ctx, Answer answer) throws IOException {
        var response = ctx.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(answer.status());
        if (!answer.contentType().isEmpty()) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, answer.contentType());
        }
        response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        answer.headers().forEach(response::putHeader);
        boolean isHead = ctx.request().method().equals(HttpMethod.HEAD);
        switch (answer.body()) {
            case Answer.Body.None() -> response.end();
            case Answer.Body.Bytes(var bytes) -> {
                response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(bytes.length));
                if (isHead) {
                    response.end();
                } else {
                    response.end(Buffer.buffer(bytes));
                }
            }
            case Answer.Body.Stream(var writing) -> {
                if (isHead) {
                    response.end();
                } else {
                    stream(ctx, response, writing);
                }
            }
        }
    }

    private static void stream(
            RoutingContext ctx, HttpServerResponse response, Answer.Writing writing)
            throws IOException {
        response.setChunked(true);
        try (var out = new Chunks(response)) {
            writing.to(out);
        } catch (IOException | RuntimeException e) {
            // A body that stops short must not look whole: without its last chunk it does not.
            ctx.request().connection().close();
            throw e;
        }
        response.end();
    }

    /// Collects bytes and sends them in pieces; each piece waits until the one before is taken.
    private static final class Chunks extends OutputStream {
        private final HttpServerResponse response;
        private Buffer waiting = Buffer.buffer(CHUNK_BYTES);

        Chunks(HttpServerResponse response) {
            this.response = response;
        }

        @Override
        public void write(int value) throws IOException {
            waiting.appendByte((byte) value);
            sendIfFull();
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            waiting.appendBytes(bytes, offset, length);
            sendIfFull();
        }

        private void sendIfFull() throws IOException {
            if (waiting.length() >= CHUNK_BYTES) {
                flush();
            }
        }

        @Override
        public void flush() throws IOException {
            if (waiting.length() == 0) {
                return;
            }
            var piece = waiting;
            waiting = Buffer.buffer(CHUNK_BYTES);
            try {
                response.write(piece).toCompletionStage().toCompletableFuture().join();
            } catch (CompletionException | IllegalStateException e) {
                throw new IOException("the caller went away", e);
            }
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
