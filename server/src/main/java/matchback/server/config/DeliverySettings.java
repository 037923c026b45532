package matchback.server.config;

import java.time.Duration;
import java.util.List;

/// How others are told.
///
/// @param allowPrivate whether destinations may lie on private or loopback addresses
/// @param timeout how long an answer is waited for
/// @param concurrency requests under way to one destination
public record DeliverySettings(boolean allowPrivate, Duration timeout, int concurrency) {

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
                    "10 s",
                    "How long a destination may take to answer.");
    static final Setting<Integer> CONCURRENCY =
            Setting.of(
                    "delivery-concurrency",
                    Form.number(1, 256),
                    "8",
                    "Requests under way to one destination at a time.");

    static final List<Setting<?>> ALL = List.of(ALLOW_PRIVATE_DESTINATIONS, TIMEOUT, CONCURRENCY);

    static DeliverySettings from(Values values) {
        return new DeliverySettings(
                values.get(ALLOW_PRIVATE_DESTINATIONS),
                values.get(TIMEOUT),
                values.get(CONCURRENCY));
    }
}
