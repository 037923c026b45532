package matchback.console.people;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import matchback.ledger.Cabinet;
import matchback.ledger.Completion.LedgerFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// When tokens were last used. Exact in memory; kept in the cabinet at most every [#EVERY], so that
/// after a restart it may be that much too early.
final class TokenUses {
    private static final Logger LOG = LoggerFactory.getLogger(TokenUses.class);
    private static final Duration EVERY = Duration.ofMinutes(5);
    private static final String PREFIX = "token-used/";

    private final Cabinet cabinet;
    private final InstantSource clock;
    private final Map<String, Use> uses = new ConcurrentHashMap<>();

    private record Use(long at, long keptAt) {}

    TokenUses(Cabinet cabinet, InstantSource clock) {
        this.cabinet = cabinet;
        this.clock = clock;
        cabinet.visit(
                PREFIX,
                (name, bytes) -> {
                    long at = Long.parseLong(new String(bytes, StandardCharsets.US_ASCII));
                    uses.put(name.substring(PREFIX.length()), new Use(at, at));
                });
    }

    long of(String token) {
        var use = uses.get(token);
        return use == null ? 0 : use.at();
    }

    void used(String token) {
        long now = clock.millis();
        uses.compute(
                token,
                (_, before) -> {
                    if (before != null && now - before.keptAt() < EVERY.toMillis()) {
                        return new Use(Math.max(now, before.at()), before.keptAt());
                    }
                    // The caller may be an event loop.
                    Thread.startVirtualThread(() -> keep(token, now));
                    return new Use(now, now);
                });
    }

    private void keep(String token, long at) {
        try {
            cabinet.put(PREFIX + token, Long.toString(at).getBytes(StandardCharsets.US_ASCII));
        } catch (LedgerFailure e) {
            LOG.warn("token use not kept token={} cause=\"{}\"", token, e.getMessage());
        }
    }
}
