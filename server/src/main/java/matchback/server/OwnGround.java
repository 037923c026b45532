package matchback.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import matchback.server.config.Configuration;
import matchback.server.config.ConsoleSettings;
import matchback.server.config.Secret;
import matchback.server.config.TlsSettings;
import matchback.server.config.TrackingSettings;

/// What a command needs that starts the program for itself: a folder of its own, and settings that
/// nobody but this machine reaches.
final class OwnGround {
    private OwnGround() {}

    /// Throws [StartFailure] when somebody's files are there.
    ///
    /// @param who wants it, for the message
    static Path empty(Path folder, String who) throws IOException {
        if (Files.exists(folder)) {
            try (var files = Files.list(folder)) {
                if (files.findAny().isPresent()) {
                    throw new StartFailure(
                            folder + " is not empty; " + who + " wants a folder of its own");
                }
            }
        }
        return folder;
    }

    /// The given settings, on loopback, with the word of loopback about visitors' addresses taken.
    static Configuration loopback(Configuration given, Path folder, int port, int consolePort) {
        var tracking = given.tracking();
        var local = "127.0.0.1";
        return new Configuration(
                given.store().in(folder),
                new TrackingSettings(
                        local,
                        port,
                        "",
                        List.of("127.0.0.0/8"),
                        "x-forwarded-for",
                        tracking.fallbackUrl(),
                        tracking.redirectUnrecorded(),
                        tracking.doubtfulPerSecond(),
                        tracking.doubtfulBurst(),
                        tracking.clickCookie(),
                        tracking.clickCookieDays(),
                        tracking.clickWait()),
                given.visitors(),
                new ConsoleSettings(
                        local,
                        consolePort,
                        "",
                        false,
                        new Secret(given.console().adminToken().text())),
                new TlsSettings(null, null),
                given.delivery().privateAllowed(),
                given.apple(),
                given.log());
    }
}
