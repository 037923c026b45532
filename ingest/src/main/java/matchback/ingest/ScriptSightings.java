package matchback.ingest;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// When pages of each campaign last told something, since the start. Safe for use by many threads.
public final class ScriptSightings {
    private final Map<String, Long> last = new ConcurrentHashMap<>();

    public ScriptSightings() {}

    /// @param campaign key of one that is in the catalog
    void seen(String campaign, long atMillis) {
        last.merge(campaign, atMillis, Math::max);
    }

    public Optional<Instant> last(String campaign) {
        return Optional.ofNullable(last.get(campaign)).map(Instant::ofEpochMilli);
    }
}
