package matchback.console;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import matchback.model.TokenFingerprints;

/// Sessions as signed texts: `expiry.id.fingerprint.signature`, the first in epoch milliseconds,
/// the rest in hexadecimal digits. They outlive a restart, because the key follows from the
/// installation's.
final class Sessions {
    /// No token has a NUL, so no fingerprint of one can be this key.
    private static final String KEY_LABEL = "\0console sessions";

    private final TokenFingerprints signer;
    private final RandomGenerator random;
    private final InstantSource clock;
    private final Duration age;

    /// Ids of sessions that were closed, with their expiry, which bounds its size.
    private final Map<String, Long> closed = new ConcurrentHashMap<>();

    /// @param fingerprint of the token it was opened with
    record Session(long expiresAt, String id, String fingerprint) {}

    Sessions(
            TokenFingerprints fingerprints,
            RandomGenerator random,
            InstantSource clock,
            Duration age) {
        var first = fingerprints.of(KEY_LABEL + '1');
        var second = fingerprints.of(KEY_LABEL + '2');
        this.signer = new TokenFingerprints(HexFormat.of().parseHex(first + second));
        this.random = random;
        this.clock = clock;
        this.age = age;
    }

    String open(String fingerprint) {
        var id = new byte[16];
        random.nextBytes(id);
        var session =
                new Session(
                        clock.millis() + age.toMillis(), HexFormat.of().formatHex(id), fingerprint);
        return content(session) + '.' + signer.of(content(session));
    }

    /// The session a cookie holds, unless it is forged, over, or closed.
    Optional<Session> read(String text) {
        var parts = text.split("\\.", -1);
        if (parts.length != 4 || !parts[0].matches("\\d{1,15}")) {
            return Optional.empty();
        }
        var session = new Session(Long.parseLong(parts[0]), parts[1], parts[2]);
        boolean authentic =
                MessageDigest.isEqual(
                        signer.of(content(session)).getBytes(StandardCharsets.UTF_8),
                        parts[3].getBytes(StandardCharsets.UTF_8));
        return authentic
                        && session.expiresAt() > clock.millis()
                        && !closed.containsKey(session.id())
                ? Optional.of(session)
                : Optional.empty();
    }

    void close(Session session) {
        long now = clock.millis();
        closed.values().removeIf(expiry -> expiry <= now);
        closed.put(session.id(), session.expiresAt());
    }

    String csrfToken(Session session) {
        return signer.of("csrf " + content(session));
    }

    private static String content(Session session) {
        return session.expiresAt() + "." + session.id() + '.' + session.fingerprint();
    }
}
