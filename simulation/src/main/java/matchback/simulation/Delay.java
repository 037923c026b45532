package matchback.simulation;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long after the click an event follows: two log-normal humps behind a time that nobody can
/// undercut, those who do it at once and those who come back for it.
///
/// For installs the humps are fitted to what AppsFlyer publishes as its rule of thumb, 75 % within
/// an hour and 94 % within a day of the click
/// (appsflyer.com/mobile-fraud-glossary/click-to-install-time-ctit). The others are chosen.
///
/// @param least nobody is faster
/// @param usual median of those who do it at once, beyond the least
/// @param spread sigma of their logarithm
/// @param laterShare how many come back for it, 0 to 1
/// @param later their median
/// @param laterSpread sigma of their logarithm
record Delay(
        Duration least,
        Duration usual,
        double spread,
        double laterShare,
        Duration later,
        double laterSpread) {

    private static final Delay INSTALL =
            new Delay(
                    Duration.ofSeconds(9),
                    Duration.ofMinutes(4),
                    1.1,
                    0.23,
                    Duration.ofHours(13),
                    1.0);
    private static final Delay FORM =
            new Delay(
                    Duration.ofSeconds(6),
                    Duration.ofSeconds(95),
                    0.9,
                    0.10,
                    Duration.ofHours(9),
                    1.2);
    private static final Delay TRIAL =
            new Delay(
                    Duration.ofSeconds(12),
                    Duration.ofMinutes(3),
                    0.9,
                    0.12,
                    Duration.ofHours(16),
                    1.1);
    private static final Delay SALE =
            new Delay(
                    Duration.ofSeconds(15),
                    Duration.ofMinutes(9),
                    1.1,
                    0.25,
                    Duration.ofHours(20),
                    1.2);

    /// From the sender's decision to its report.
    static final Delay DECISION =
            new Delay(
                    Duration.ofMinutes(5),
                    Duration.ofHours(14),
                    1.0,
                    0.20,
                    Duration.ofDays(4),
                    0.6);

    /// A heavy tail ends somewhere: windows do.
    private static final Duration DELAY_MAX = Duration.ofDays(25);

    static Delay of(String event) {
        return switch (event) {
            case "install" -> INSTALL;
            case "lead", "registration" -> FORM;
            case "trial" -> TRIAL;
            default -> SALE;
        };
    }

    Duration draw(RandomGenerator random) {
        boolean isLater = random.nextDouble() < laterShare;
        var median = isLater ? later : usual;
        double factor = Math.exp(random.nextGaussian() * (isLater ? laterSpread : spread));
        var drawn = least.plusMillis(Math.round(median.toMillis() * factor));
        return drawn.compareTo(DELAY_MAX) > 0 ? DELAY_MAX : drawn;
    }
}
