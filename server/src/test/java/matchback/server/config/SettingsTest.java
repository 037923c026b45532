package matchback.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import matchback.ingest.apple.AppleKeys;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// For each record: what it is when nobody sets anything, that every key arrives in its place, and
/// that no key was renamed unawares.
class SettingsTest {
    private static final String AD_KEY = adKey();

    private static String adKey() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return Base64.getEncoder()
                    .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Nested
    class Store {
        @Test
        void has_defaults() {
            assertThat(StoreSettings.from(values()))
                    .isEqualTo(
                            new StoreSettings(
                                    Path.of("matchback-data"),
                                    "USD",
                                    ZoneId.of("UTC"),
                                    0,
                                    96L << 20,
                                    32_768,
                                    1,
                                    256L << 20,
                                    true));
        }

        @Test
        void takes_every_key() {
            var values =
                    values(
                            "data", "elsewhere",
                            "report-currency", "eur",
                            "time-zone", "Europe/Kyiv",
                            "node", "7",
                            "cache-size", "1 GiB",
                            "queue-events", "512",
                            "report-threads", "4",
                            "report-memory", "512 MiB",
                            "ledger-sync", "false");

            assertThat(StoreSettings.from(values))
                    .isEqualTo(
                            new StoreSettings(
                                    Path.of("elsewhere"),
                                    "EUR",
                                    ZoneId.of("Europe/Kyiv"),
                                    7,
                                    1L << 30,
                                    512,
                                    4,
                                    512L << 20,
                                    false));
        }
    }

    @Nested
    class Tracking {
        @Test
        void has_defaults() {
            assertThat(TrackingSettings.from(values()))
                    .isEqualTo(
                            new TrackingSettings(
                                    "0.0.0.0",
                                    8080,
                                    "",
                                    List.of(),
                                    "x-forwarded-for",
                                    "",
                                    true,
                                    50,
                                    2000,
                                    "mb_clicks",
                                    30,
                                    Duration.ofMillis(250)));
        }

        @Test
        void takes_every_key() {
            var values =
                    values(
                            "bind", "10.1.2.3",
                            "port", "80",
                            "public-url", "https://track.example.com/",
                            "trusted-proxies", "10.0.0.0/8",
                            "proxy-header", "forwarded",
                            "fallback-url", "https://example.com/sorry",
                            "on-ledger-failure", "refuse",
                            "doubtful-per-second", "0",
                            "doubtful-burst", "7",
                            "click-cookie", "",
                            "click-cookie-days", "1",
                            "click-wait", "2 s");

            assertThat(TrackingSettings.from(values))
                    .isEqualTo(
                            new TrackingSettings(
                                    "10.1.2.3",
                                    80,
                                    "https://track.example.com",
                                    List.of("10.0.0.0/8"),
                                    "forwarded",
                                    "https://example.com/sorry",
                                    false,
                                    0,
                                    7,
                                    "",
                                    1,
                                    Duration.ofSeconds(2)));
        }
    }

    @Nested
    class Visitors {
        @Test
        void has_defaults() {
            assertThat(VisitorSettings.from(values()))
                    .isEqualTo(
                            new VisitorSettings(
                                    Optional.empty(),
                                    Optional.empty(),
                                    Map.of(),
                                    List.of(),
                                    Optional.empty(),
                                    true));
        }

        @Test
        void takes_every_key() {
            var values =
                    values(
                            "geo-database", "/geo/city.mmdb",
                            "isp-database", "/geo/asn.mmdb",
                            "place-headers", "country=CF-IPCountry, city = CF-IPCity",
                            "data-centres", "/lists/a.json, /lists/b.txt",
                            "agent-rules", "/lists/regexes.yaml",
                            "read-agents", "false");

            assertThat(VisitorSettings.from(values))
                    .isEqualTo(
                            new VisitorSettings(
                                    Optional.of(Path.of("/geo/city.mmdb")),
                                    Optional.of(Path.of("/geo/asn.mmdb")),
                                    Map.of("country", "CF-IPCountry", "city", "CF-IPCity"),
                                    List.of(Path.of("/lists/a.json"), Path.of("/lists/b.txt")),
                                    Optional.of(Path.of("/lists/regexes.yaml")),
                                    false));
        }
    }

    @Nested
    class Console {
        @Test
        void has_defaults() {
            assertThat(ConsoleSettings.from(values()))
                    .isEqualTo(new ConsoleSettings("127.0.0.1", 8081, "", false, new Secret("")));
        }

        @Test
        void takes_every_key() {
            var values =
                    values(
                            "console-bind", "::1",
                            "console-port", "81",
                            "console-url", "https://console.example.com",
                            "insecure-console", "true",
                            "admin-token", "0123456789abcdef");

            assertThat(ConsoleSettings.from(values))
                    .isEqualTo(
                            new ConsoleSettings(
                                    "::1",
                                    81,
                                    "https://console.example.com",
                                    true,
                                    new Secret("0123456789abcdef")));
        }
    }

    @Nested
    class Tls {
        @Test
        void has_defaults() {
            assertThat(TlsSettings.from(values())).isEqualTo(new TlsSettings(null, null));
        }

        @Test
        void takes_every_key() {
            assertThat(TlsSettings.from(values("tls-cert", "c.pem", "tls-key", "k.pem")))
                    .isEqualTo(new TlsSettings(Path.of("c.pem"), Path.of("k.pem")));
        }
    }

    @Nested
    class Delivery {
        @Test
        void has_defaults() {
            assertThat(DeliverySettings.from(values()))
                    .isEqualTo(
                            new DeliverySettings(
                                    false, Duration.ofSeconds(20), 8, 50, Duration.ofSeconds(30)));
        }

        @Test
        void takes_every_key() {
            var values =
                    values(
                            "allow-private-destinations",
                            "true",
                            "delivery-timeout",
                            "3 s",
                            "delivery-concurrency",
                            "2",
                            "delivery-per-second",
                            "9",
                            "delivery-breaker-pause",
                            "1 min");

            assertThat(DeliverySettings.from(values))
                    .isEqualTo(
                            new DeliverySettings(
                                    true, Duration.ofSeconds(3), 2, 9, Duration.ofMinutes(1)));
        }
    }

    @Nested
    class Apple {
        @Test
        void has_defaults() {
            assertThat(AppleSettings.from(values()))
                    .isEqualTo(new AppleSettings("", "", Map.of(), Map.of(), "", new Secret("")));
        }

        @Test
        void takes_every_key() {
            var published = AppleKeys.PUBLISHED;
            var key = published.skan();
            var values =
                    values(
                            "apple-skan-old-key",
                            published.skanOld(),
                            "apple-skan-key",
                            key,
                            "apple-keys",
                            "one/0=" + key + ", one/1=" + key,
                            "apple-development-keys",
                            "dev/0=" + key,
                            "apple-ad-network",
                            "example123.skadnetwork",
                            "apple-ad-key",
                            AD_KEY);

            assertThat(AppleSettings.from(values))
                    .isEqualTo(
                            new AppleSettings(
                                    published.skanOld(),
                                    key,
                                    Map.of("one/0", key, "one/1", key),
                                    Map.of("dev/0", key),
                                    "example123.skadnetwork",
                                    new Secret(AD_KEY)));
        }
    }

    @Nested
    class Log {
        @Test
        void has_defaults() {
            assertThat(LogSettings.from(values())).isEqualTo(new LogSettings("info"));
        }

        @Test
        void takes_every_key() {
            assertThat(LogSettings.from(values("log-level", "DEBUG")))
                    .isEqualTo(new LogSettings("debug"));
        }
    }

    @Test
    void every_component_has_a_key_and_every_key_a_component() {
        var components =
                List.of(
                                StoreSettings.class,
                                TrackingSettings.class,
                                VisitorSettings.class,
                                ConsoleSettings.class,
                                TlsSettings.class,
                                DeliverySettings.class,
                                AppleSettings.class,
                                LogSettings.class)
                        .stream()
                        .mapToInt(record -> components(record).length)
                        .sum();

        assertThat(Configuration.settings()).hasSize(components).doesNotHaveDuplicates();
        assertThat(Configuration.settings())
                .extracting(Setting::key)
                .doesNotHaveDuplicates()
                .allMatch(key -> key.matches("[a-z]+(-[a-z]+)*"));
    }

    /// A renamed key breaks somebody's installation; a key that is meant to go stands here first.
    @Test
    void no_key_was_renamed_unawares() {
        assertThat(Configuration.settings())
                .extracting(Setting::key)
                .contains(
                        "data",
                        "report-currency",
                        "time-zone",
                        "node",
                        "cache-size",
                        "queue-events",
                        "report-threads",
                        "report-memory",
                        "bind",
                        "port",
                        "public-url",
                        "trusted-proxies",
                        "proxy-header",
                        "fallback-url",
                        "on-ledger-failure",
                        "click-wait",
                        "doubtful-per-second",
                        "doubtful-burst",
                        "geo-database",
                        "isp-database",
                        "place-headers",
                        "data-centres",
                        "agent-rules",
                        "console-bind",
                        "console-port",
                        "console-url",
                        "insecure-console",
                        "admin-token",
                        "tls-cert",
                        "tls-key",
                        "allow-private-destinations",
                        "delivery-timeout",
                        "delivery-concurrency",
                        "delivery-per-second",
                        "delivery-breaker-pause",
                        "log-level");
    }

    @Test
    void the_documentation_is_what_the_declarations_say() throws IOException {
        var page = Path.of("..", "docs", "configuration.md");
        if ("write".equals(System.getProperty("golden"))) {
            Files.writeString(page, Listing.documentation());
        }

        assertThat(page).hasContent(Listing.documentation());
    }

    private static RecordComponent[] components(Class<?> record) {
        var components = record.getRecordComponents();
        return components == null ? new RecordComponent[0] : components;
    }

    private static Values values(String... keysAndTexts) {
        Map<String, Values.Given> given = new HashMap<>();
        for (int i = 0; i < keysAndTexts.length; i += 2) {
            given.put(keysAndTexts[i], new Values.Given(keysAndTexts[i + 1], "test"));
        }
        return new Values(given);
    }
}
