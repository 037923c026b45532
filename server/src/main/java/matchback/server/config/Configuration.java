package matchback.server.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Everything that was set, by concern.
public record Configuration(
        StoreSettings store,
        TrackingSettings tracking,
        VisitorSettings visitors,
        ConsoleSettings console,
        TlsSettings tls,
        DeliverySettings delivery,
        AppleSettings apple,
        LogSettings log) {

    /// @param title for the help and the documentation
    public record Concern(String title, List<Setting<?>> settings) {}

    /// All there is to set, in the order in which it is shown.
    public static final List<Concern> CONCERNS =
            List.of(
                    new Concern("Data", StoreSettings.ALL),
                    new Concern("Clicks and postbacks", TrackingSettings.ALL),
                    new Concern("What is known of visitors", VisitorSettings.ALL),
                    new Concern("Console and API", ConsoleSettings.ALL),
                    new Concern("TLS", TlsSettings.ALL),
                    new Concern("Telling destinations", DeliverySettings.ALL),
                    new Concern("Apple's postbacks", AppleSettings.ALL),
                    new Concern("Log", LogSettings.ALL));

    public static List<Setting<?>> settings() {
        return CONCERNS.stream().<Setting<?>>flatMap(c -> c.settings().stream()).toList();
    }

    static Optional<Setting<?>> setting(String key) {
        return settings().stream().filter(s -> s.key().equals(key)).findFirst();
    }

    static Configuration from(Values values) {
        return new Configuration(
                StoreSettings.from(values),
                TrackingSettings.from(values),
                VisitorSettings.from(values),
                ConsoleSettings.from(values),
                TlsSettings.from(values),
                DeliverySettings.from(values),
                AppleSettings.from(values),
                LogSettings.from(values));
    }

    /// What is wrong with the whole though each part is right.
    List<String> contradictions() {
        var found = new ArrayList<String>();
        if ((tls.certificate() == null) != (tls.key() == null)) {
            found.add("tls-cert and tls-key: only one of the two is set; set both or none");
        }
        if (!console.isLocal() && !tls.isOn() && !console.insecure()) {
            found.add(
                    "console-bind: %s opens the console to other machines without TLS; set tls-cert and tls-key, or insecure-console if a proxy does TLS"
                            .formatted(console.bind()));
        }
        if (!visitors.placeHeaders().isEmpty() && tracking.trustedProxies().isEmpty()) {
            found.add(
                    "place-headers: nobody is believed without trusted-proxies; set the networks of your proxies");
        }
        int chars = console.adminToken().text().length();
        if (chars > 0 && chars < ConsoleSettings.TOKEN_CHARS_MIN) {
            found.add(
                    "admin-token: %d characters; at least %d"
                            .formatted(chars, ConsoleSettings.TOKEN_CHARS_MIN));
        }
        if (tracking.port() != 0 && tracking.port() == console.port()) {
            found.add("port and console-port: both are " + console.port() + "; take two");
        }
        if (!store.sync() && !Boolean.getBoolean("matchback.unsafe")) {
            found.add("ledger-sync: answers must wait for the disk");
        }
        return found;
    }
}
