package matchback.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import matchback.server.config.LogSettings;
import org.slf4j.LoggerFactory;

/// How much is logged; where and in what form stands in logback.xml.
final class Logs {
    private Logs() {}

    static void set(LogSettings settings) {
        if (LoggerFactory.getLogger("matchback") instanceof Logger ours) {
            ours.setLevel(Level.toLevel(settings.level()));
        }
    }
}
