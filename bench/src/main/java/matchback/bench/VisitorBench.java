package matchback.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import matchback.bench.Results.Spread;
import matchback.ingest.visitor.AddressFileWriter;

/// What it costs to know device, place and provider of every click: the same requests, of many
/// agents and addresses, to the program with all of it and to one with none.
final class VisitorBench {
    /// The aim: three quarters of the redirects without.
    private static final double RATIO_MIN = 0.75;

    private static final int NETWORKS = 40_000;
    private static final int AGENTS = 300;
    private static final int REQUESTS = 4096;

    private final Plan plan;
    private final PrintStream out;

    VisitorBench(Plan plan, PrintStream out) {
        this.plan = plan;
        this.out = out;
    }

    void measure() throws IOException {
        var program = Main.required("wrk", "wrk");
        var work = Files.createTempDirectory("matchback-bench");
        try {
            measure(program, work);
        } finally {
            Main.delete(work);
        }
    }

    private void measure(Path program, Path work) throws IOException {
        int processors = Runtime.getRuntime().availableProcessors();
        var wrk = new Wrk(program, work, Math.clamp(processors / 2, 1, 4), requests());
        var places = places(work.resolve("city.mmdb"));
        var providers = providers(work.resolve("asn.mmdb"));
        try (var bare =
                        new Subject(
                                work.resolve("bare"),
                                "--trusted-proxies",
                                "127.0.0.0/8",
                                "--read-agents",
                                "false");
                var knowing =
                        new Subject(
                                work.resolve("knowing"),
                                "--trusted-proxies",
                                "127.0.0.0/8",
                                "--geo-database",
                                places.toString(),
                                "--isp-database",
                                providers.toString())) {
            out.printf("warming up for %d s each%n", plan.warmUp().toSeconds());
            int widest = plan.connections().stream().mapToInt(Integer::intValue).max().orElse(1);
            wrk.run(bare.url(), widest, plan.warmUp());
            wrk.run(knowing.url(), widest, plan.warmUp());
            for (int connections : plan.connections()) {
                compare(wrk, bare, knowing, connections);
            }
            if (bare.unrecorded() + knowing.unrecorded() > 0) {
                throw new Tools.BenchFailure("clicks went unrecorded: the figures do not count");
            }
        }
    }

    private void compare(Wrk wrk, Subject bare, Subject knowing, int connections) {
        var ratios = new ArrayList<Double>();
        for (int i = 0; i < plan.rounds(); i++) {
            out.printf(Locale.ROOT, "%4d connections:", connections);
            double without = measured("bare", wrk, bare, connections);
            double with = measured("device, place and provider", wrk, knowing, connections);
            ratios.add(with / without);
            out.printf(Locale.ROOT, " ratio %.2f%n", ratios.getLast());
        }
        var spread = Spread.of(ratios);
        out.printf(
                Locale.ROOT,
                "%4d connections: ratio %.2f (%.2f–%.2f), aim %.2f: %s%n",
                connections,
                spread.median(),
                spread.low(),
                spread.high(),
                RATIO_MIN,
                spread.median() >= RATIO_MIN ? "reached" : "NOT reached");
    }

    /// @return redirects a second
    private double measured(String name, Wrk wrk, Subject subject, int connections) {
        var before = subject.processorTime();
        var found = wrk.run(subject.url(), connections, plan.time());
        var used = subject.processorTime().minus(before);
        out.printf(
                Locale.ROOT,
                " %s %,.0f/s, p99 %.2f ms, %.1f µs of a processor each ·",
                name,
                found.perSecond(),
                found.p99Micros() / 1000.0,
                used.toNanos() / 1000.0 / Math.max(1, found.requests()));
        return found.perSecond();
    }

    /// A network of the databases by its number.
    private static String network(int number) {
        return "%d.%d.%d".formatted(1 + number % 99, number / 99 % 256, number / 99 / 256);
    }

    private static Path places(Path file) throws IOException {
        var writer = new AddressFileWriter("Bench-City");
        for (int i = 0; i < NETWORKS; i++) {
            writer.add(
                    network(i) + ".0/24",
                    Map.of(
                            "country", Map.of("iso_code", "DE", "names", names("Country")),
                            "subdivisions", List.of(Map.of("names", names("Part " + i % 40))),
                            "city", Map.of("names", names("City " + i % 5000)),
                            "location", Map.of("accuracy_radius", (short) 20)));
        }
        writer.write(file, Instant.EPOCH);
        return file;
    }

    /// As many languages as the databases that are sold have.
    private static Map<String, String> names(String name) {
        return List.of("de", "en", "es", "fr", "ja", "pt-BR", "ru", "zh-CN").stream()
                .collect(Collectors.toMap(language -> language, _ -> name));
    }

    private static Path providers(Path file) throws IOException {
        var writer = new AddressFileWriter("Bench-ASN");
        for (int i = 0; i < NETWORKS; i++) {
            writer.add(
                    network(i) + ".0/24",
                    Map.of(
                            "autonomous_system_number", 64_496L + i % 500,
                            "autonomous_system_organization", "Provider " + i % 500));
        }
        writer.write(file, Instant.EPOCH);
        return file;
    }

    /// Requests are made before the measurement, so that making them costs neither side.
    private static String requests() {
        var text = new StringBuilder("local all = {}\nlocal n = 0\n");
        text.append("init = function(args)\n  local a = {}\n");
        for (int i = 0; i < REQUESTS; i++) {
            text.append("  a[%d] = \"%s.%d\"%n".formatted(i + 1, network(i * 9), 1 + i % 250));
        }
        return text.append(
                        """
                          for i = 1, %d do
                            wrk.headers["X-Forwarded-For"] = a[i]
                            wrk.headers["User-Agent"] = string.format(
                              "Mozilla/5.0 (Linux; Android 14; SM-A546E) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/%%d.0.0.0 Mobile Safari/537.36",
                              100 + i %% %d)
                            all[i] = wrk.format("GET")
                          end
                        end
                        request = function()
                          n = n %% %d + 1
                          return all[n]
                        end
                        """
                                .formatted(REQUESTS, AGENTS, REQUESTS))
                .toString();
    }
}
