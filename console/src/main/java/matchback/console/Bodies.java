package matchback.console;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.nio.file.Path;
import java.util.HexFormat;
import matchback.console.csv.CsvFile;
import matchback.console.csv.Uploads;
import matchback.console.people.Access;
import matchback.console.people.Caller;
import matchback.model.catalog.Permission;

/// Reads the bodies of requests, on the event loop: small ones into memory, files onto the disk and
/// only of those who may hand them in.
final class Bodies implements Handler<RoutingContext> {
    /// Room for what a form says besides its file.
    private static final int FORM_BYTES = 64 * 1024;

    private static final int NAME_BYTES = 12;

    private final ConsoleContext context;
    private final Access access;
    private final Uploads uploads;
    private final BodyHandler usual =
            BodyHandler.create(false).setBodyLimit(ConsoleConfig.BODY_BYTES_MAX);
    private final BodyHandler conversions =
            BodyHandler.create(false).setBodyLimit(ConsoleConfig.CONVERSIONS_BYTES_MAX);
    private final BodyHandler form;

    Bodies(ConsoleContext context, Access access, Uploads uploads) {
        this.context = context;
        this.access = access;
        this.uploads = uploads;
        this.form =
                BodyHandler.create(uploads.folder().toString())
                        .setBodyLimit(CsvFile.BYTES_MAX + FORM_BYTES)
                        .setDeleteUploadedFilesOnEnd(true);
    }

    @Override
    public void handle(RoutingContext ctx) {
        var path = ctx.normalizedPath();
        if (!ctx.request().method().equals(HttpMethod.POST)) {
            usual.handle(ctx);
        } else if (ConsoleConfig.bodyBytesMax(path) == ConsoleConfig.CONVERSIONS_BYTES_MAX) {
            conversions.handle(ctx);
        } else if (path.equals(ConsoleConfig.CSV_PATH)
                || path.equals(ConsoleConfig.COSTS_CSV_PATH)
                || path.equals(ConsoleConfig.RECOVERIES_PATH)) {
            receive(ctx, access.bearer(ctx).filter(Bodies::mayHandIn).isPresent());
        } else if ((path.equals(ConsoleConfig.UPLOAD_PATH)
                        || path.equals(ConsoleConfig.COSTS_FILE_PAGE))
                && access.caller(ctx).filter(Bodies::mayHandIn).isPresent()) {
            form.handle(ctx);
        } else {
            usual.handle(ctx);
        }
    }

    private static boolean mayHandIn(Caller caller) {
        return caller.may(Permission.HAND_IN);
    }

    /// Whoever may not hand it in is told so by the API; the body is not looked at.
    private void receive(RoutingContext ctx, boolean mayHandIn) {
        if (!mayHandIn) {
            ctx.next();
            return;
        }
        var bytes = new byte[NAME_BYTES];
        context.random().nextBytes(bytes);
        var file = uploads.folder().resolve(HexFormat.of().formatHex(bytes) + ".part");
        ctx.request().pause();
        ctx.vertx()
                .fileSystem()
                .open(file.toString(), new OpenOptions().setCreateNew(true).setRead(false))
                .onSuccess(out -> new Receipt(ctx, file, out).begin())
                .onFailure(ctx::fail);
    }

    /// A body on its way into a file. Runs on the request's event loop.
    private static final class Receipt {
        private final RoutingContext ctx;
        private final Path file;
        private final AsyncFile out;
        private long bytes;
        private boolean isOver;

        Receipt(RoutingContext ctx, Path file, AsyncFile out) {
            this.ctx = ctx;
            this.file = file;
            this.out = out;
        }

        void begin() {
            ctx.addEndHandler(_ -> ctx.vertx().fileSystem().delete(file.toString()));
            out.exceptionHandler(this::end);
            ctx.request()
                    .exceptionHandler(this::end)
                    .handler(this::take)
                    .endHandler(_ -> end(null))
                    .resume();
        }

        private void take(Buffer piece) {
            bytes += piece.length();
            if (isOver || bytes > CsvFile.BYTES_MAX) {
                if (!isOver) {
                    isOver = true;
                    out.close().onComplete(_ -> ctx.fail(413));
                }
                return;
            }
            out.write(piece);
            if (out.writeQueueFull()) {
                ctx.request().pause();
                out.drainHandler(_ -> ctx.request().resume());
            }
        }

        private void end(@org.jspecify.annotations.Nullable Throwable trouble) {
            if (isOver) {
                return;
            }
            isOver = true;
            out.close()
                    .onComplete(closed -> {
                        if (trouble != null || closed.failed()) {
                            ctx.fail(trouble == null ? closed.cause() : trouble);
                        } else {
                            ctx.put(ConsoleConfig.RECEIVED, file);
                            ctx.next();
                        }
                    });
        }
    }
}
