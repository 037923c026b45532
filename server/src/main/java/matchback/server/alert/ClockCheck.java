package matchback.server.alert;

import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import matchback.deliver.Answer;
import matchback.deliver.Courier;
import matchback.deliver.OutboundRequest;
import matchback.report.alert.AlertKind;
import matchback.report.alert.Check;
import matchback.report.alert.Condition;

/// Compares this machine's clock with the `Date` of what destinations answer, as requests pass
/// through. One destination may be wrong, so the middle of many answers counts.
public final class ClockCheck implements Check, Courier {
    private static final int SAMPLES_MAX = 31;
    private static final int SAMPLES_MIN = 9;

    /// Signed requests are refused beyond five minutes by most platforms; a minute is time to act.
    private static final Duration SKEW_MAX = Duration.ofMinutes(1);

    private final Courier courier;
    private final InstantSource clock;

    /// Their time less ours, milliseconds; guarded by itself.
    private final Deque<Long> skews = new ArrayDeque<>();

    public ClockCheck(Courier courier, InstantSource clock) {
        this.courier = courier;
        this.clock = clock;
    }

    @Override
    public void send(OutboundRequest request, Consumer<Answer> done) {
        courier.send(
                request,
                answer -> {
                    if (answer instanceof Answer.Answered answered) {
                        answered.header("date").flatMap(ClockCheck::millis).ifPresent(this::note);
                    }
                    done.accept(answer);
                });
    }

    private static Optional<Long> millis(String date) {
        try {
            return Optional.of(
                    ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant()
                            .toEpochMilli());
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    private void note(long theirs) {
        synchronized (skews) {
            skews.addLast(theirs - clock.millis());
            if (skews.size() > SAMPLES_MAX) {
                skews.removeFirst();
            }
        }
    }

    @Override
    public Set<AlertKind> kinds() {
        return Set.of(AlertKind.CLOCK);
    }

    @Override
    public List<Condition> look(long now) {
        List<Long> sorted;
        synchronized (skews) {
            sorted = skews.stream().sorted().toList();
        }
        if (sorted.size() < SAMPLES_MIN) {
            return List.of();
        }
        long seconds = Duration.ofMillis(sorted.get(sorted.size() / 2)).toSeconds();
        if (Math.abs(seconds) < SKEW_MAX.toSeconds()) {
            return List.of();
        }
        return List.of(
                new Condition(
                        AlertKind.CLOCK,
                        "clock",
                        "This machine's clock is %d s %s"
                                .formatted(Math.abs(seconds), seconds > 0 ? "slow" : "fast"),
                        List.of(
                                "That is the middle of what the last %d answers of destinations say."
                                        .formatted(sorted.size()),
                                "Have the machine set its clock by NTP: platforms refuse events of"
                                        + " the future, and signed requests of another time."),
                        "/destinations",
                        now));
    }

    @Override
    public void close() {
        courier.close();
    }
}
