package matchback.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// All rounds, and what they come to.
///
/// @param machine what it ran on, by name
/// @param rounds in the order in which they were measured
record Results(Map<String, String> machine, List<Round> rounds) {

    /// @param median of the values, and
    /// @param low and
    /// @param high the least and the greatest
    record Spread(double median, double low, double high) {

        static Spread of(List<Double> values) {
            var sorted = values.stream().sorted(Comparator.naturalOrder()).toList();
            int middle = sorted.size() / 2;
            double median =
                    sorted.size() % 2 == 1
                            ? sorted.get(middle)
                            : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
            return new Spread(median, sorted.getFirst(), sorted.getLast());
        }
    }

    /// A Markdown page: the machine, a table, and what it means.
    String page() {
        var text = new StringBuilder("# Durable redirects against nginx\n\n");
        machine.forEach((name, value) -> text.append("- %s: %s%n".formatted(name, value)));
        text.append(
                """

                nginx answers `return 302` and writes a buffered access log; Matchback has each click on the disk before it
                answers. Both are asked in turn by wrk on the same machine. Median of the rounds, least and greatest in brackets.

                | connections | nginx/s | Matchback/s | ratio | nginx p99 | Matchback p99 | p99 ratio | rounds |
                |---|---|---|---|---|---|---|---|
                """);
        for (int connections : rounds.stream().map(Round::connections).distinct().toList()) {
            text.append(row(connections));
        }
        return text.toString();
    }

    private String row(int connections) {
        var these = rounds.stream().filter(round -> round.connections() == connections).toList();
        var ratio = spread(these, Round::ratio);
        return String.format(
                Locale.ROOT,
                "| %d | %,.0f | %,.0f | %.2f (%.2f–%.2f) | %.2f ms | %.2f ms | %.1f | %d |%n",
                connections,
                spread(these, round -> round.peer().perSecond()).median(),
                spread(these, round -> round.ours().perSecond()).median(),
                ratio.median(),
                ratio.low(),
                ratio.high(),
                spread(these, round -> round.peer().p99Micros()).median() / 1000,
                spread(these, round -> round.ours().p99Micros()).median() / 1000,
                spread(these, Round::p99Ratio).median(),
                these.size());
    }

    private static Spread spread(List<Round> rounds, ToDoubleFunction<Round> value) {
        return Spread.of(rounds.stream().map(value::applyAsDouble).toList());
    }

    /// Writes `redirects.json` and `redirects.md`.
    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("redirects.md"), page());
        new ObjectMapper()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .writeValue(folder.resolve("redirects.json").toFile(), this);
    }
}
