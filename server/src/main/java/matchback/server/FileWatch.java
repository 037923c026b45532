package matchback.server;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Tells when files have changed, by their times and sizes.
final class FileWatch {
    private static final long PERIOD_MILLIS = 2000;

    private final Vertx vertx;
    private final List<Path> files;
    private final Runnable onChange;
    private final long timer;
    private volatile List<String> seen;

    /// @param onChange called on an event loop: it must only signal
    FileWatch(Vertx vertx, List<Path> files, Runnable onChange) {
        this.vertx = vertx;
        this.files = List.copyOf(files);
        this.onChange = onChange;
        this.seen = stamps();
        this.timer = vertx.setPeriodic(PERIOD_MILLIS, _ -> look());
    }

    void stop() {
        vertx.cancelTimer(timer);
    }

    private void look() {
        vertx.executeBlocking(this::stamps)
                .onSuccess(stamps -> {
                    if (!stamps.equals(seen)) {
                        seen = stamps;
                        onChange.run();
                    }
                });
    }

    private List<String> stamps() {
        return files.stream().map(FileWatch::stamp).toList();
    }

    private static String stamp(Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis() + " " + Files.size(file);
        } catch (IOException _) {
            return "gone";
        }
    }
}
