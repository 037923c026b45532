package matchback.server.config;

import java.util.List;

/// The operator's side: pages, API, health and metrics.
///
/// @param bind address it listens on
/// @param port 0 lets the system choose
/// @param url where people reach it; empty: by bind and port
/// @param insecure whether it may be open to other machines without TLS
/// @param adminToken not set: one is made at the first start and printed once
public record ConsoleSettings(
        String bind, int port, String url, boolean insecure, Secret adminToken) {

    static final Setting<String> BIND =
            Setting.of(
                    "console-bind",
                    Form.HOST,
                    "127.0.0.1",
                    "Address for console, API, health and metrics.");
    public static final Setting<Integer> PORT =
            Setting.of(
                    "console-port",
                    Form.PORT,
                    "8081",
                    "Port for console, API, health and metrics; 0 takes a free one.");
    static final Setting<String> URL =
            Setting.of(
                    "console-url",
                    Form.URL,
                    "",
                    "Where people reach the console, if behind a proxy.");
    static final Setting<Boolean> INSECURE =
            Setting.of(
                    "insecure-console",
                    Form.FLAG,
                    "false",
                    "Allow the console on a public address without TLS.");
    static final Setting<Secret> ADMIN_TOKEN =
            Setting.secret(
                    "admin-token",
                    Form.SECRET,
                    "Token for console and API, 16 characters or more. Without it one is made at"
                            + " the first start and printed once.");

    static final int TOKEN_CHARS_MIN = 16;

    static final List<Setting<?>> ALL = List.of(BIND, PORT, URL, INSECURE, ADMIN_TOKEN);

    static ConsoleSettings from(Values values) {
        return new ConsoleSettings(
                values.get(BIND),
                values.get(PORT),
                values.get(URL),
                values.get(INSECURE),
                values.get(ADMIN_TOKEN));
    }

    /// Whether only this machine reaches the console.
    public boolean isLocal() {
        return bind.equals("localhost") || bind.startsWith("127.") || bind.equals("::1");
    }
}
