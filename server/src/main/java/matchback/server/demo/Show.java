package matchback.server.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// The demo from its beginning to its end: what happens to one click, then an hour of many.
public final class Show implements AutoCloseable {
    private static final long SEED = 2026;
    private static final int CLICKS = 3600;
    private static final int CLICKS_BRIEF = 360;
    private static final Duration TAKES = Duration.ofSeconds(24);
    private static final Duration TAKES_BRIEF = Duration.ofSeconds(6);
    private static final int MINUTES_A_LINE = 5;
    private static final long SETTLES_IN_NANOS_MAX = TimeUnit.SECONDS.toNanos(20);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final String tracking;
    private final PlaybackClock clock;
    private final PrintStream out;
    private final ApiClient api;
    private final Summary summary;
    private final LocalSite sources = LocalSite.start();
    private final LocalSite offers = LocalSite.start();
    private final Platforms platforms;

    /// @param tracking and
    /// @param console URLs of the running program, without a slash at the end
    public Show(
            String tracking, String console, String token, PlaybackClock clock, PrintStream out) {
        this.tracking = tracking;
        this.clock = clock;
        this.out = out;
        this.api = new ApiClient(tracking, console, token);
        this.summary = new Summary(api, console, out);
        this.platforms = new Platforms(clock);
    }

    /// @param isBrief a tenth of the traffic in a quarter of the time
    public void run(boolean isBrief) {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        out.println(
                """
                Creating three traffic sources, two senders, four offers and five campaigns by the API,
                and two destinations that hear of conversions too: Meta, played by a double on this
                machine that enforces its rules, and a CRM of our own that takes signed webhooks
                """);
        new Market(api, sources, offers).open();
        platforms.connect(api, random);
        new OneClick(api, tracking, out).tell(random);
        playHour(isBrief, random);
        settle();
        summary.print();
    }

    private void playHour(boolean isBrief, RandomGenerator random) {
        var takes = isBrief ? TAKES_BRIEF : TAKES;
        out.printf("An hour of traffic, played in %d seconds%n%n", takes.toSeconds());
        clock.play(takes);
        new Play(api, clock, random).run(isBrief ? CLICKS_BRIEF : CLICKS, this::atMinute);
        out.println();
    }

    private void atMinute(int minute) {
        if (minute == Play.DOWN_FROM_MINUTE) {
            sources.answers(uri -> uri.getPath().startsWith("/push/") ? 503 : 200);
            say(
                    minute,
                    "the push source answers 503 from here on; its postbacks wait and are tried again");
        }
        if (minute == Play.DOWN_TO_MINUTE) {
            sources.answers(_ -> 200);
            say(minute, "the push source is back");
        }
        if (minute == Play.REFUSED_FROM_MINUTE) {
            platforms.refuseOne();
            say(
                    minute,
                    "Meta refuses one event for good: a dead letter; the others of its batch go out");
        }
        if (minute == Play.CRM_DOWN_FROM_MINUTE) {
            platforms.crmGoesDown();
            say(minute, "our own CRM is down; what it is to hear waits, the others hear on");
        }
        if (minute == Play.CRM_DOWN_TO_MINUTE) {
            platforms.crmComesBack();
            say(minute, "our own CRM is back, and hears what it missed");
        }
        if (minute > 0 && minute % MINUTES_A_LINE == 0) {
            say(minute, summary.soFar());
        }
    }

    private void say(int minute, String what) {
        out.printf(Locale.ROOT, "  minute %2d  %s%n", minute, what);
    }

    /// Waits until the report has it all and everybody was told what is due.
    private void settle() {
        long deadline = System.nanoTime() + SETTLES_IN_NANOS_MAX;
        while ((summary.behind() > 0 || summary.waiting() > 0) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    @Override
    public void close() {
        api.close();
        platforms.close();
        sources.close();
        offers.close();
    }
}
