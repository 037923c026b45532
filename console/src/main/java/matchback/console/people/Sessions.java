package matchback.console.people;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import matchback.ledger.Cabinet;
import matchback.ledger.Completion.LedgerFailure;
import matchback.model.TokenFingerprints;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The sessions that are open. A cookie holds 256 random bits; we keep its fingerprint alone, in
/// memory and in the cabinet, so that sessions outlive a restart.
///
/// A session ends after [#IDLE] without a request, after [#AGE] in any case, and when it is closed.
/// The time of the last request is kept to [#SEEN_EVERY]: after a restart a session may end that
/// much too early, never too late.
final class Sessions {
    static final Duration IDLE = Duration.ofHours(2);
    static final Duration AGE = Duration.ofHours(12);
    static final Duration SEEN_EVERY = Duration.ofMinutes(5);

    /// Of one user; a further one closes the oldest.
    static final int PER_USER_MAX = 20;

    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
    private static final String PREFIX = "console-session/";
    private static final int COOKIE_BYTES = 32;

    private final Cabinet cabinet;
    private final TokenFingerprints fingerprints;
    private final RandomGenerator random;
    private final InstantSource clock;
    private final Map<String, Session> open = new ConcurrentHashMap<>();

    /// @param id fingerprint of the cookie
    /// @param user whose it is; empty: of the installation's token
    /// @param proof what they had to know: it must still be so
    /// @param openedAt epoch milliseconds
    /// @param seenAt epoch milliseconds
    /// @param keptAt what the cabinet says of seenAt
    record Session(String id, String user, String proof, long openedAt, long seenAt, long keptAt) {

        boolean isOver(long now) {
            return now >= openedAt + AGE.toMillis() || now >= seenAt + IDLE.toMillis();
        }

        private byte[] bytes() {
            return String.join(
                            " ", "1", Long.toString(openedAt), Long.toString(seenAt), proof, user)
                    .getBytes(StandardCharsets.UTF_8);
        }

        private static Optional<Session> of(String id, byte[] bytes) {
            var parts = new String(bytes, StandardCharsets.UTF_8).split(" ", 5);
            if (parts.length < 5 || !parts[0].equals("1")) {
                return Optional.empty();
            }
            long seen = Long.parseLong(parts[2]);
            return Optional.of(
                    new Session(id, parts[4], parts[3], Long.parseLong(parts[1]), seen, seen));
        }
    }

    Sessions(
            Cabinet cabinet,
            TokenFingerprints fingerprints,
            RandomGenerator random,
            InstantSource clock) {
        this.cabinet = cabinet;
        this.fingerprints = fingerprints;
        this.random = random;
        this.clock = clock;
        cabinet.visit(
                PREFIX,
                (name, bytes) ->
                        Session.of(name.substring(PREFIX.length()), bytes)
                                .ifPresent(session -> open.put(session.id(), session)));
    }

    /// Opens a session; returns when it is durable.
    ///
    /// @return what the cookie must hold
    String open(String user, String proof) {
        closeSurplus(user);
        var bytes = new byte[COOKIE_BYTES];
        random.nextBytes(bytes);
        var cookie = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        long now = clock.millis();
        var session = new Session(id(cookie), user, proof, now, now, now);
        cabinet.put(PREFIX + session.id(), session.bytes());
        open.put(session.id(), session);
        return cookie;
    }

    private void closeSurplus(String user) {
        long now = clock.millis();
        var gone = open.values().stream().filter(session -> session.isOver(now)).toList();
        var oldest =
                of(user).stream()
                        .sorted(Comparator.comparingLong(Session::seenAt).reversed())
                        .skip(PER_USER_MAX - 1L)
                        .toList();
        close(gone);
        close(oldest);
    }

    /// The session of a cookie, unless it is over or was never opened.
    Optional<Session> look(String cookie) {
        return Optional.ofNullable(open.get(id(cookie)))
                .filter(session -> !session.isOver(clock.millis()));
    }

    /// The same, and it counts as used.
    Optional<Session> read(String cookie) {
        var session = open.get(id(cookie));
        long now = clock.millis();
        if (session == null || session.isOver(now)) {
            return Optional.empty();
        }
        return Optional.ofNullable(open.computeIfPresent(session.id(), (_, is) -> seen(is, now)));
    }

    private Session seen(Session session, long now) {
        boolean isKept = now - session.keptAt() < SEEN_EVERY.toMillis();
        var seen =
                new Session(
                        session.id(),
                        session.user(),
                        session.proof(),
                        session.openedAt(),
                        Math.max(now, session.seenAt()),
                        isKept ? session.keptAt() : now);
        if (!isKept) {
            // The caller may be an event loop.
            Thread.startVirtualThread(() -> keep(seen));
        }
        return seen;
    }

    private void keep(Session session) {
        try {
            cabinet.put(PREFIX + session.id(), session.bytes());
            if (!open.containsKey(session.id())) {
                // It was closed in between, and must not come back.
                cabinet.change(Map.of(), List.of(PREFIX + session.id()));
            }
        } catch (LedgerFailure e) {
            LOG.warn("session time not kept cause=\"{}\"", e.getMessage());
        }
    }

    /// The sessions of a user that are not over.
    List<Session> of(String user) {
        long now = clock.millis();
        return open.values().stream()
                .filter(session -> session.user().equals(user) && !session.isOver(now))
                .toList();
    }

    /// Closes sessions; returns when that is durable.
    void close(Collection<Session> sessions) {
        if (sessions.isEmpty()) {
            return;
        }
        sessions.forEach(session -> open.remove(session.id()));
        cabinet.change(Map.of(), sessions.stream().map(session -> PREFIX + session.id()).toList());
    }

    /// What a form of the session must send back.
    String csrfToken(Session session) {
        return fingerprints.of("csrf " + session.id());
    }

    private String id(String cookie) {
        return fingerprints.of("console session " + cookie);
    }
}
