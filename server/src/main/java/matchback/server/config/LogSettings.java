package matchback.server.config;

import java.util.List;

/// What is written to the log.
public record LogSettings(String level) {

    static final Setting<String> LEVEL =
            Setting.of(
                    "log-level",
                    Form.oneOf("error", "warn", "info", "debug"),
                    "info",
                    "The least important kind of line that is still written.");

    static final List<Setting<?>> ALL = List.of(LEVEL);

    static LogSettings from(Values values) {
        return new LogSettings(values.get(LEVEL));
    }
}
