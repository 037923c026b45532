package matchback.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Programs that the bench needs, and how they are run.
final class Tools {
    private static final List<String> FOLDERS = List.of("/usr/sbin", "/usr/local/bin", "/usr/bin");
    private static final long SECONDS_MAX = 600;

    private Tools() {}

    static Optional<Path> find(String name) {
        var folders =
                new ArrayList<>(List.of(System.getenv().getOrDefault("PATH", "").split(":", -1)));
        folders.addAll(FOLDERS);
        return folders.stream()
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /// Runs a program to its end and gives its output. Throws when it fails.
    static String run(List<String> command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new BenchFailure(command.getFirst() + " failed:\n" + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("interrupted while " + command.getFirst() + " ran");
        }
    }

    /// A measurement that cannot be taken or does not count.
    static final class BenchFailure extends RuntimeException {
        private static final long serialVersionUID = 1;

        BenchFailure(String message) {
            super(message);
        }
    }
}
