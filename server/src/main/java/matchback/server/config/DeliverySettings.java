package matchback.server.config;

import java.time.Duration;
import java.util.List;

/// How others are told.
///
/// @param allowPrivate whether destinations may lie on private or loopback addresses
/// @param timeout how long an answer is waited for
/// @param concurrency requests under way to one destination
/// @param perSecond requests started to one destination in a second
/// @param breakerPause how long a destination that failed several times in a row is left alone
public record DeliverySettings(
        boolean allowPrivate,
        Duration timeout,
        int concurrency,
        int perSecond,
        Duration breakerPause) {

    static final Setting<Boolean> ALLOW_PRIVATE_DESTINATIONS =
            Setting.of(
                    "allow-private-destinations",
                    Form.FLAG,
                    "false",
                    "Allow postbacks to private and loopback addresses.");
    static final Setting<Duration> TIMEOUT =
            Setting.of(
                    "delivery-timeout",
                    Form.DURATION,
                    "20 s",
                    "How long a destination may take to answer.");
    static final Setting<Integer> CONCURRENCY =
            Setting.of(
                    "delivery-concurrency",
                    Form.number(1, 256),
                    "8",
                    "Requests under way to one destination at a time.");

    static final Setting<Integer> PER_SECOND =
            Setting.of(
                    "delivery-per-second",
                    Form.number(1, 100_000),
                    "50",
                    "Requests to one destination in a second at most.");
    static final Setting<Duration> BREAKER_PAUSE =
            Setting.of(
                    "delivery-breaker-pause",
                    Form.DURATION,
                    "30 s",
                    "How long a destination that failed five times in a row is left alone; doubled"
                            + " while it goes on failing. Burns no attempt.");

    static final List<Setting<?>> ALL =
            List.of(ALLOW_PRIVATE_DESTINATIONS, TIMEOUT, CONCURRENCY, PER_SECOND, BREAKER_PAUSE);

    static DeliverySettings from(Values values) {
        return new DeliverySettings(
                values.get(ALLOW_PRIVATE_DESTINATIONS),
                values.get(TIMEOUT),
                values.get(CONCURRENCY),
                values.get(PER_SECOND),
                values.get(BREAKER_PAUSE));
    }

    /// The same with destinations on this machine allowed.
    public DeliverySettings privateAllowed() {
        return new DeliverySettings(true, timeout, concurrency, perSecond, breakerPause);
    }
}
