package matchback.ingest;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import matchback.ingest.apple.AppleKeys;
import matchback.model.Params;
import org.jspecify.annotations.Nullable;

/// Settings of the tracking listener.
///
/// @param bind address to listen on
/// @param port 0: any free one
/// @param loops event loops that serve requests, at least 1
/// @param fallbackUrl where visitors go whom no campaign can serve; null: a small 404 page
/// @param onLedgerFailure what a visitor gets whose click could not be recorded in time
/// @param clickWait how long a visitor waits for the ledger
/// @param postbackWait how long a postback waits for the ledger; then 503
/// @param tls null: plain HTTP
/// @param doubtfulPerSecond requests without an authentic click id that one address may send on
///   average; 0: any number
/// @param doubtfulBurst and at once
/// @param appleKeys what Apple's postbacks are checked with
/// @param cookie what a visitor's browser is given to keep
/// @param pathPrefix of all paths, put there by a proxy in front, such as `/t`; empty for none
public record IngestConfig(
        String bind,
        int port,
        int loops,
        @Nullable String fallbackUrl,
        OnLedgerFailure onLedgerFailure,
        Duration clickWait,
        Duration postbackWait,
        Limits limits,
        Proxies proxies,
        @Nullable Tls tls,
        int doubtfulPerSecond,
        int doubtfulBurst,
        AppleKeys appleKeys,
        Cookie cookie,
        String pathPrefix) {

    public static final IngestConfig DEFAULT =
            new IngestConfig(
                    "0.0.0.0",
                    8080,
                    2,
                    null,
                    OnLedgerFailure.REDIRECT,
                    Duration.ofMillis(250),
                    Duration.ofSeconds(10),
                    Limits.DEFAULT,
                    Proxies.NONE,
                    null,
                    50,
                    500);

    /// With the keys that Apple published and the usual cookie.
    public IngestConfig(
            String bind,
            int port,
            int loops,
            @Nullable String fallbackUrl,
            OnLedgerFailure onLedgerFailure,
            Duration clickWait,
            Duration postbackWait,
            Limits limits,
            Proxies proxies,
            @Nullable Tls tls,
            int doubtfulPerSecond,
            int doubtfulBurst) {
        this(
                bind,
                port,
                loops,
                fallbackUrl,
                onLedgerFailure,
                clickWait,
                postbackWait,
                limits,
                proxies,
                tls,
                doubtfulPerSecond,
                doubtfulBurst,
                AppleKeys.PUBLISHED,
                Cookie.DEFAULT,
                "");
    }

    /// What becomes of a visitor whose click the ledger could not take in time.
    public enum OnLedgerFailure {
        /// Goes on to the offer with an id marked unrecorded.
        REDIRECT,
        /// Gets 503.
        REFUSE
    }

    /// Sizes and times a client must keep to.
    ///
    /// @param bodyBytesMax of a postback; a larger one is `too_large`
    /// @param urlCharsMax of a postback; a larger one is `too_large`. The raw target of a click is
    ///   cut to it. From four times as many on nothing is read: 414
    /// @param headerBytesMax all header lines together; beyond it 431
    /// @param parametersMax read from one request; the rest stays in the raw request only
    /// @param requestTime from a request's first line to the end of its body
    /// @param idleTime of a connection, also between two requests
    /// @param stopTime how long requests in flight may take when the server stops
    public record Limits(
            int bodyBytesMax,
            int urlCharsMax,
            int headerBytesMax,
            int parametersMax,
            Duration requestTime,
            Duration idleTime,
            Duration stopTime) {

        public static final Limits DEFAULT =
                new Limits(
                        64 * 1024,
                        8 * 1024,
                        16 * 1024,
                        Params.COUNT_MAX,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(15));
    }

    /// Proxies whose word about the visitor's address is taken.
    ///
    /// @param networks in CIDR form; none: the peer is the visitor
    /// @param placeHeaders in which they tell of the visitor's place: names by `country`, `region`,
    ///   `city`, `isp`, `asn`
    public record Proxies(
            List<String> networks, AddressHeader header, Map<String, String> placeHeaders) {
        public static final Proxies NONE = new Proxies(List.of(), AddressHeader.NONE);

        public Proxies {
            networks = List.copyOf(networks);
            placeHeaders = Map.copyOf(placeHeaders);
            for (var trait : placeHeaders.keySet()) {
                if (!PlaceHeaders.TRAITS.contains(trait)) {
                    throw new IllegalArgumentException(
                            "'%s' is told by no header; one of %s"
                                    .formatted(trait, PlaceHeaders.TRAITS));
                }
            }
        }

        /// Proxies that tell of addresses alone.
        public Proxies(List<String> networks, AddressHeader header) {
            this(networks, header, Map.of());
        }
    }

    /// The one header in which trusted proxies name the visitor's address; others are ignored.
    public enum AddressHeader {
        NONE,
        X_FORWARDED_FOR,
        /// RFC 7239.
        FORWARDED
    }

    /// The cookie that names a visitor's last clicks, on the tracking domain.
    ///
    /// @param name empty: none is set and none is read
    /// @param lifetime from the last click on
    /// @param isSecure whether visitors come by HTTPS: only then a browser takes a cookie that
    ///   other sites' pages send back
    public record Cookie(String name, Duration lifetime, boolean isSecure) {
        public static final Cookie DEFAULT = new Cookie("mb_clicks", Duration.ofDays(30), false);

        public boolean isOff() {
            return name.isEmpty();
        }
    }

    /// PEM files; read again when they change.
    public record Tls(Path cert, Path key) {}

    public IngestConfig {
        if (loops < 1) {
            throw new IllegalArgumentException(loops + " event loops; at least 1");
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + "; 0 to 65535");
        }
    }

    public Optional<String> fallback() {
        return Optional.ofNullable(fallbackUrl);
    }

    /// The same settings with other keys for Apple's postbacks.
    public IngestConfig withAppleKeys(AppleKeys keys) {
        return with(bind, port, clickWait, keys, cookie, pathPrefix);
    }

    /// The same settings on another address.
    public IngestConfig listeningOn(String host, int onPort) {
        return with(host, onPort, clickWait, appleKeys, cookie, pathPrefix);
    }

    /// The same settings, where a visitor waits so long for the ledger.
    public IngestConfig withClickWait(Duration wait) {
        return with(bind, port, wait, appleKeys, cookie, pathPrefix);
    }

    /// The same settings with another cookie.
    public IngestConfig with(Cookie another) {
        return with(bind, port, clickWait, appleKeys, another, pathPrefix);
    }

    /// The same settings below a path.
    public IngestConfig below(String prefix) {
        return with(bind, port, clickWait, appleKeys, cookie, prefix);
    }

    private IngestConfig with(
            String host, int onPort, Duration wait, AppleKeys keys, Cookie another, String prefix) {
        return new IngestConfig(
                host,
                onPort,
                loops,
                fallbackUrl,
                onLedgerFailure,
                wait,
                postbackWait,
                limits,
                proxies,
                tls,
                doubtfulPerSecond,
                doubtfulBurst,
                keys,
                another,
                prefix);
    }
}
