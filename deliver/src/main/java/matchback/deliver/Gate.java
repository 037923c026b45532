package matchback.deliver;

import java.time.Duration;

/// Whether a destination is sent anything: its breaker, and its parking place.
///
/// ```
///             failures in a row, throttled, parked
///   flowing ───────────────────────────────────────▶ shut ──┐ until its time has passed,
///      ▲                                              ▲ ▲───┘ or the settings change
///      │ alive                                        │ │
///      └───────────── half open (one at a time) ──────┘ │
///                            ▲    trouble, for longer   │
///                            └──────────────────────────┘
/// ```
///
/// While it is shut nothing is sent, so nothing burns an attempt. Used by one thread.
final class Gate {
    enum Why {
        /// Nothing: it flows.
        NONE,
        TROUBLE,
        THROTTLED,
        PARKED
    }

    private final int failuresMax;
    private final Duration pauseMin;
    private final Duration pauseMax;
    private final Duration parkPause;

    private Duration pause;
    private int failures;
    private Why why = Why.NONE;
    private long shutUntil;

    Gate(DeliverConfig config) {
        this.failuresMax = config.breakerFailuresMax();
        this.pauseMin = config.breakerPause();
        this.pauseMax = config.breakerPauseMax();
        this.parkPause = config.parkPause();
        this.pause = pauseMin;
    }

    Why why() {
        return why;
    }

    /// Epoch milliseconds; no meaning while it flows.
    long shutUntil() {
        return shutUntil;
    }

    boolean isShut(long now) {
        return why != Why.NONE && now < shutUntil;
    }

    /// How many more may be under way.
    int room(long now, int underWay, int max) {
        if (why == Why.NONE) {
            return max - underWay;
        }
        return isShut(now) || underWay > 0 ? 0 : 1;
    }

    /// @return whether it was shut before
    boolean alive() {
        boolean was = why != Why.NONE;
        why = Why.NONE;
        failures = 0;
        pause = pauseMin;
        return was;
    }

    /// @return whether this shut it
    boolean trouble(long now) {
        failures++;
        if (why == Why.NONE) {
            if (failures < failuresMax) {
                return false;
            }
            shut(Why.TROUBLE, now + pause.toMillis());
            return true;
        }
        if (!isShut(now)) {
            var longer = pause.multipliedBy(2);
            pause = longer.compareTo(pauseMax) > 0 ? pauseMax : longer;
            shut(Why.TROUBLE, now + pause.toMillis());
        }
        return false;
    }

    /// @return whether this shut it
    boolean throttle(long now, Duration asked) {
        boolean isFirst = why == Why.NONE;
        var shorter = asked.compareTo(parkPause) > 0 ? parkPause : asked;
        shut(Why.THROTTLED, Math.max(isShut(now) ? shutUntil : 0, now + shorter.toMillis()));
        return isFirst;
    }

    /// @return whether this parked it
    boolean park(long now) {
        boolean isFirst = why != Why.PARKED;
        shut(Why.PARKED, now + parkPause.toMillis());
        return isFirst;
    }

    /// Lets a probe through at once.
    void settingsChanged(long now) {
        shutUntil = Math.min(shutUntil, now);
    }

    private void shut(Why reason, long until) {
        why = reason;
        shutUntil = until;
    }
}
