package matchback.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What is measured.
///
/// @param connections each is measured by itself
/// @param rounds how often each side is measured for each number of connections
/// @param time of one measurement
/// @param warmUp load on each side before anything counts
/// @param out folder the results are written to
record Plan(List<Integer> connections, int rounds, Duration time, Duration warmUp, Path out) {

    static final Plan FULL =
            new Plan(
                    List.of(1, 64, 256),
                    5,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(10),
                    Path.of("target", "bench"));

    /// Enough to see that it works; the figures mean little.
    static final Plan QUICK =
            new Plan(
                    List.of(1, 64),
                    1,
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(2),
                    Path.of("target", "bench"));

    /// What is wrong with the arguments.
    static final class Misunderstood extends RuntimeException {
        private static final long serialVersionUID = 1;

        Misunderstood(String message) {
            super(message);
        }
    }

    static Plan parse(List<String> arguments) {
        var plan = arguments.contains("--quick") ? QUICK : FULL;
        var rest = new ArrayList<>(arguments);
        rest.remove("--quick");
        while (!rest.isEmpty()) {
            var flag = rest.removeFirst();
            if (rest.isEmpty()) {
                throw new Misunderstood(flag + ": unknown, or its value is missing");
            }
            plan = plan.with(flag, rest.removeFirst());
        }
        return plan;
    }

    private Plan with(String flag, String value) {
        return switch (flag) {
            case "--rounds" -> new Plan(connections, number(flag, value), time, warmUp, out);
            case "--seconds" ->
                    new Plan(
                            connections,
                            rounds,
                            Duration.ofSeconds(number(flag, value)),
                            warmUp,
                            out);
            case "--connections" ->
                    new Plan(
                            List.of(value.split(",", -1)).stream()
                                    .map(one -> number(flag, one))
                                    .toList(),
                            rounds,
                            time,
                            warmUp,
                            out);
            case "--out" -> new Plan(connections, rounds, time, warmUp, Path.of(value));
            default -> throw new Misunderstood(flag + ": unknown");
        };
    }

    private static int number(String flag, String value) {
        if (!value.matches("[1-9]\\d{0,5}")) {
            throw new Misunderstood(flag + ": '" + value + "' is no number above 0");
        }
        return Integer.parseInt(value);
    }
}
