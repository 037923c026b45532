package matchback.server.simulate;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import matchback.server.demo.ApiClient;
import matchback.simulation.Market;
import matchback.simulation.Traffic;

/// `simulate`, from its first line to its last.
public final class Simulation {
    private static final long TELL_NANOS = Duration.ofSeconds(5).toNanos();

    private final Wish wish;
    private final PrintStream out;
    private final LongSupplier nanos;

    /// @param nanos a clock that only goes on, for the lines on progress
    public Simulation(Wish wish, LongSupplier nanos, PrintStream out) {
        this.wish = wish;
        this.nanos = nanos;
        this.out = out;
    }

    /// Writes all of it into a new file.
    ///
    /// @param from when the traffic begins
    public void write(Instant from, Path file) throws IOException {
        var written = TrafficFile.write(wish.traffic(from, 1), file);
        say(
                "%,d visits and %,d reports from %s on, seed %d, in %s"
                        .formatted(written.visits(), written.reports(), from, wish.seed(), file));
    }

    /// Sends it to a server whose clock is the given one.
    ///
    /// @param hasToken whether the market can be made there
    public void playLive(ApiClient api, boolean hasToken, double speed, InstantSource clock) {
        prepare(api, hasToken);
        var from = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        say(
                "%s of traffic, %s visits a second, seed %d"
                        .formatted(words(wish.duration()), number(wish.rate()), wish.seed()));
        if (speed != 1) {
            say(
                    "played %s times as fast: what follows a click follows it so much sooner, and checks on times see that"
                            .formatted(number(speed)));
        }
        play(api, hasToken, wish.traffic(from, speed), Pace.live(clock, from, speed));
    }

    /// Sends it to a server that goes by the given clock, which begins with the traffic.
    public void playPast(ApiClient api, PastClock clock) {
        prepare(api, true);
        var from = clock.instant();
        say(
                "%s of traffic from %s on, seed %d"
                        .formatted(words(wish.duration()), from, wish.seed()));
        play(api, true, wish.traffic(from, 1), Pace.past(clock));
    }

    private void prepare(ApiClient api, boolean hasToken) {
        if (hasToken) {
            int made = new Ground(api).prepare(Market.usual());
            say(
                    made == 0
                            ? "the simulated sources, senders, offers and campaigns are there"
                            : made + " simulated sources, senders, offers and campaigns made");
        }
    }

    private void play(ApiClient api, boolean hasToken, Traffic traffic, Pace pace) {
        var tally = new Tally();
        var player = new Player(api, pace, tally);
        var to = traffic.shape().from().plus(traffic.shape().length());
        long after =
                player.play(
                        traffic,
                        to,
                        clickId -> {
                            if (hasToken) {
                                checkAddress(api, clickId);
                            }
                        },
                        progress(traffic, tally));
        tally.print(out);
        out.println();
        if (player.failed() > 0) {
            say("%,d requests got no answer".formatted(player.failed()));
        }
        say("%,d reports would come after the end; they are left out".formatted(after));
    }

    /// Everybody behind one address is one large attack, and no traffic.
    private void checkAddress(ApiClient api, String clickId) {
        var personal = api.read("/api/v1/clicks/" + clickId).path("click").path("personal");
        var seen = personal.path("address").asText();
        if (!seen.isEmpty() && InetAddress.ofLiteral(seen).isLoopbackAddress()) {
            say(
                    "NOTE: the server takes %s for the address of every visitor; start it with --trusted-proxies 127.0.0.0/8, and it hears where each is"
                            .formatted(seen));
        }
    }

    /// A line now and then on how far it is.
    private Consumer<Instant> progress(Traffic traffic, Tally tally) {
        var from = traffic.shape().from();
        double length = traffic.shape().length().toMillis();
        long[] told = {nanos.getAsLong()};
        return at -> {
            if (nanos.getAsLong() - told[0] >= TELL_NANOS) {
                told[0] = nanos.getAsLong();
                double share = Duration.between(from, at).toMillis() / length;
                say(
                        "%3.0f%%  %,9d visits  %,7d reports"
                                .formatted(share * 100, tally.visits(), tally.reports()));
            }
        };
    }

    private void say(String line) {
        out.println(line);
    }

    private static String number(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    private static String words(Duration duration) {
        return duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
