package matchback.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import matchback.bench.Tools.BenchFailure;

/// `./matchback bench [--visitors] [--quick] [--rounds N] [--seconds N] [--connections 1,64,256]
/// [--out folder]`
public final class Main {
    private static final int FAILED = 1;
    private static final int WRONG = 2;

    private final Plan plan;
    private final PrintStream out;

    private Main(Plan plan, PrintStream out) {
        this.plan = plan;
        this.out = out;
    }

    public static void main(String[] arguments) throws IOException {
        System.exit(run(Arrays.asList(arguments), System.out, System.err));
    }

    static int run(List<String> arguments, PrintStream out, PrintStream err) throws IOException {
        if (arguments.contains("--help")) {
            out.println(
                    "./matchback bench [--visitors] [--quick] [--rounds N] [--seconds N] [--connections 1,64,256]"
                            + " [--out folder]");
            out.println("Measures durable redirects against nginx's return 302 on this machine.");
            out.println("--visitors: against the same without device, place and provider instead.");
            return 0;
        }
        try {
            var rest = new ArrayList<>(arguments);
            if (rest.remove("--visitors")) {
                new VisitorBench(Plan.parse(rest), out).measure();
            } else {
                new Main(Plan.parse(rest), out).measure();
            }
            return 0;
        } catch (Plan.Misunderstood e) {
            err.println("matchback bench: " + e.getMessage());
            return WRONG;
        } catch (BenchFailure e) {
            err.println("matchback bench: " + e.getMessage());
            return FAILED;
        }
    }

    private void measure() throws IOException {
        var nginx = required("nginx", "nginx-light");
        var wrk = required("wrk", "wrk");
        var work = Files.createTempDirectory("matchback-bench");
        try {
            measure(nginx, wrk, work);
        } finally {
            delete(work);
        }
    }

    static Path required(String name, String packageName) {
        return Tools.find(name)
                .orElseThrow(() ->
                        new BenchFailure(
                                "%s is not installed (apt install %s); there is nothing to compare with"
                                        .formatted(name, packageName)));
    }

    private void measure(Path nginxProgram, Path wrkProgram, Path work) throws IOException {
        int processors = Runtime.getRuntime().availableProcessors();
        var wrk = new Wrk(wrkProgram, work, Math.clamp(processors / 2, 1, 4));
        var rounds = new ArrayList<Round>();
        try (var nginx = new Nginx(nginxProgram, work);
                var subject = new Subject(work.resolve("data"))) {
            var machine = Machine.describe(work, nginxProgram, wrkProgram);
            machine.forEach((name, value) -> out.printf("%-11s %s%n", name, value));
            out.println(subject.said());
            out.printf("warming up for %d s each%n", plan.warmUp().toSeconds());
            int widest = plan.connections().stream().max(Comparator.naturalOrder()).orElse(1);
            wrk.run(nginx.url(), widest, plan.warmUp());
            wrk.run(subject.url(), widest, plan.warmUp());
            for (int connections : plan.connections()) {
                for (int i = 0; i < plan.rounds(); i++) {
                    rounds.add(round(wrk, nginx, subject, connections));
                }
            }
            long answered = subject.settled().answers();
            var verified = subject.verify();
            out.println("on disk, read again: " + verified);
            requireOnDisk(verified, answered);
            var results = new Results(machine, List.copyOf(rounds));
            results.write(plan.out());
            out.println();
            out.print(results.page());
            out.println("\nwritten to " + plan.out().toAbsolutePath().normalize());
        }
        if (!rounds.stream().allMatch(Round::isProven)) {
            throw new BenchFailure("in some rounds records and answers differ: they do not count");
        }
    }

    private Round round(Wrk wrk, Nginx nginx, Subject subject, int connections) {
        var peer = wrk.run(nginx.url(), connections, plan.time());
        var before = subject.settled();
        var ours = wrk.run(subject.url(), connections, plan.time());
        var after = subject.settled();
        long answers = after.answers() - before.answers();
        long records = after.records() - before.records();
        boolean isProven =
                records == answers
                        && isSame(answers, ours.requests(), connections)
                        && subject.unrecorded() == 0
                        && ours.statusErrors() == 0;
        var round = new Round(connections, peer, ours, isProven);
        out.printf(
                Locale.ROOT,
                "%4d connections: nginx %,8.0f/s p99 %6.2f ms · Matchback %,8.0f/s p99 %6.2f ms · ratio %.2f · %,d answers, %,d records%s%n",
                connections,
                peer.perSecond(),
                peer.p99Micros() / 1000.0,
                ours.perSecond(),
                ours.p99Micros() / 1000.0,
                round.ratio(),
                answers,
                records,
                isProven ? "" : " · DOES NOT COUNT (wrk saw " + ours.requests() + ")");
        return round;
    }

    /// When wrk stops it leaves what is under way: one answer a connection that it does not count.
    private static boolean isSame(long answers, long seen, int connections) {
        return answers >= seen && answers <= seen + connections;
    }

    private static void requireOnDisk(String verified, long answered) {
        var records = verified.replaceFirst("(?s)^\\D*([\\d,]+) records.*$", "$1").replace(",", "");
        if (!records.matches("\\d+") || Long.parseLong(records) != answered) {
            throw new BenchFailure(
                    "%d redirects were answered; on the disk: %s".formatted(answered, verified));
        }
    }

    static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
