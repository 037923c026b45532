package matchback.server.demo;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import matchback.deliver.Timer;

/// A clock that begins behind the real one, runs faster when it is told to, and is the real one
/// from the moment at which it has caught up. It never goes back.
public final class PlaybackClock implements InstantSource {
    private final InstantSource real;

    /// Before anything is played the time runs as usual, but this much behind.
    private final Duration behind;

    private volatile Playing playing;

    /// @param from real time at which it began; none before it
    /// @param takes real time that the whole takes
    private record Playing(Instant from, Duration takes) {}

    public PlaybackClock(InstantSource real, Duration behind) {
        this.real = real;
        this.behind = behind;
        this.playing = new Playing(Instant.MAX, Duration.ofSeconds(1));
    }

    /// Catches up from now on, evenly within the given time.
    public void play(Duration takes) {
        playing = new Playing(real.instant(), takes);
    }

    @Override
    public Instant instant() {
        var now = real.instant();
        return now.minus(lag(now));
    }

    /// Waits by this clock: while it runs faster, real waits are shorter.
    public Timer timer(Vertx vertx) {
        var timer = Timer.of(vertx);
        return (pause, task) -> timer.after(realWait(pause), task);
    }

    private Duration realWait(Duration pause) {
        double progress = progress();
        var current = playing;
        if (progress >= 1 || current.from().equals(Instant.MAX)) {
            return pause;
        }
        double speed = 1 + (double) behind.toNanos() / current.takes().toNanos();
        return Duration.ofNanos((long) (pause.toNanos() / speed));
    }

    /// How much of the playing is over, from 0 to 1.
    public double progress() {
        return progress(real.instant());
    }

    private double progress(Instant now) {
        var current = playing;
        if (now.isBefore(current.from())) {
            return 0;
        }
        double passed = Duration.between(current.from(), now).toNanos();
        return Math.min(1, passed / current.takes().toNanos());
    }

    private Duration lag(Instant now) {
        return Duration.ofNanos((long) (behind.toNanos() * (1 - progress(now))));
    }
}
