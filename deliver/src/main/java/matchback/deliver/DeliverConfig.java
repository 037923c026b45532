package matchback.deliver;

import java.time.Duration;

/// Limits of the delivery stage; all but the last two hold for each destination by itself.
///
/// @param concurrencyMax requests under way at a time
/// @param perSecondMax requests started in a second
/// @param breakerFailuresMax failures in a row that open the breaker
/// @param breakerPause how long the breaker stays open at first; doubled by each failed probe
/// @param breakerPauseMax the longest it gets
/// @param parkPause how long a parked destination is left alone
/// @param connectWithin longest wait for a connection
/// @param answerWithin longest wait for the whole exchange, name resolution included
/// @param bodyBytesMax of an answer; the rest is not read
/// @param connectionsMax to one host
/// @param allowsPrivate whether destinations may lie on loopback or in private networks
/// @param closeWithin longest wait for what is under way at the end
public record DeliverConfig(
        int concurrencyMax,
        int perSecondMax,
        int breakerFailuresMax,
        Duration breakerPause,
        Duration breakerPauseMax,
        Duration parkPause,
        Duration connectWithin,
        Duration answerWithin,
        int bodyBytesMax,
        int connectionsMax,
        boolean allowsPrivate,
        Duration closeWithin) {
    public static final DeliverConfig DEFAULT =
            new DeliverConfig(
                    8,
                    50,
                    5,
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(15),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(20),
                    64 * 1024,
                    64,
                    false,
                    Duration.ofSeconds(5));

    public DeliverConfig {
        if (concurrencyMax < 1 || perSecondMax < 1 || breakerFailuresMax < 1) {
            throw new IllegalArgumentException(
                    "limits of %d at a time, %d a second, %d failures; each must be 1 or more"
                            .formatted(concurrencyMax, perSecondMax, breakerFailuresMax));
        }
    }

    public DeliverConfig withPrivate(boolean allowed) {
        return new DeliverConfig(
                concurrencyMax,
                perSecondMax,
                breakerFailuresMax,
                breakerPause,
                breakerPauseMax,
                parkPause,
                connectWithin,
                answerWithin,
                bodyBytesMax,
                connectionsMax,
                allowed,
                closeWithin);
    }

    public DeliverConfig withLimits(int concurrency, int perSecond) {
        return new DeliverConfig(
                concurrency,
                perSecond,
                breakerFailuresMax,
                breakerPause,
                breakerPauseMax,
                parkPause,
                connectWithin,
                answerWithin,
                bodyBytesMax,
                connectionsMax,
                allowsPrivate,
                closeWithin);
    }

    /// With other waits for a connection and for the whole exchange.
    public DeliverConfig withWaits(Duration connect, Duration answer) {
        return new DeliverConfig(
                concurrencyMax,
                perSecondMax,
                breakerFailuresMax,
                breakerPause,
                breakerPauseMax,
                parkPause,
                connect,
                answer,
                bodyBytesMax,
                connectionsMax,
                allowsPrivate,
                closeWithin);
    }

    public DeliverConfig withCloseWithin(Duration wait) {
        return new DeliverConfig(
                concurrencyMax,
                perSecondMax,
                breakerFailuresMax,
                breakerPause,
                breakerPauseMax,
                parkPause,
                connectWithin,
                answerWithin,
                bodyBytesMax,
                connectionsMax,
                allowsPrivate,
                wait);
    }
}
