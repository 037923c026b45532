package matchback.deliver;

import java.util.Map;

/// What became of the deliveries of one request, as a destination tells that takes first and looks
/// afterwards.
public sealed interface Afterwards {

    /// It has not looked yet.
    record Open() implements Afterwards {}

    /// @param succeeded deliveries that count
    /// @param failed reason to number of deliveries that do not
    record Settled(long succeeded, Map<String, Long> failed) implements Afterwards {
        public Settled {
            failed = Map.copyOf(failed);
        }
    }

    /// It knows nothing of such a request.
    record Unknown() implements Afterwards {}
}
