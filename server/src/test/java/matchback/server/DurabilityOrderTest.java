package matchback.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import matchback.server.testing.Await;
import matchback.server.testing.Installed;
import matchback.server.testing.ServerProcess.Launch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Watches the system calls of the server: no answer is written before the sync that covers its
/// record has returned.
class DurabilityOrderTest {
    private static final int REQUESTS = 12;
    private static final List<Path> TRACERS =
            List.of(Path.of("/usr/bin/strace"), Path.of("/usr/local/bin/strace"));

    @TempDir Path folder;

    @Test
    void no_answer_is_written_before_its_record_is_on_disk() throws IOException {
        var trace = traced(List.of(), List.of());

        assertThat(violations(trace)).isEmpty();
    }

    @Test
    void the_check_fails_when_the_sync_is_taken_away() throws IOException {
        var trace = traced(List.of("-Dmatchback.unsafe=true"), List.of("--ledger-sync=false"));

        assertThat(violations(trace)).hasSize(2 * REQUESTS);
    }

    private List<String> traced(List<String> jvm, List<String> flags) throws IOException {
        var strace = TRACERS.stream().filter(Files::isExecutable).findFirst();
        assumeTrue(strace.isPresent(), "strace is not installed");
        var out = folder.resolve("trace.txt");
        var launch =
                Launch.on(folder.resolve("data"))
                        .under(
                                strace.get().toString(),
                                "-f",
                                "-qq",
                                "-s",
                                "4096",
                                "-e",
                                "trace=fdatasync,fsync,sync_file_range,write,writev,pwrite64,"
                                        + "sendto,sendmsg",
                                "-e",
                                "signal=none",
                                "-o",
                                out.toString())
                        .jvm(jvm.toArray(String[]::new))
                        .with(flags.toArray(String[]::new));
        try (var installed = Installed.on(launch.start())) {
            for (int i = 0; i < REQUESTS; i++) {
                var clickId = installed.click(mark("click", i));
                assertThat(installed.convert(clickId, "&payout=1&txid=" + mark("sale", i)))
                        .isEqualTo("counted new_conversion");
            }
            // The answer is here before the tracer has noted it.
            Await.until("the last answer is noted", () -> isAnswerOfTheLastNoted(out));
        }
        return Files.readAllLines(out, StandardCharsets.ISO_8859_1);
    }

    private static boolean isAnswerOfTheLastNoted(Path out) {
        try {
            var trace = Files.readAllLines(out, StandardCharsets.ISO_8859_1);
            var last = mark("sale", REQUESTS - 1);
            int written = first(trace, 0, line -> isFileWrite(line) && line.contains(last));
            return written >= 0
                    && first(trace, written, line -> isWrite(line) && line.contains("HTTP/1.1 200"))
                            >= 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String mark(String what, int number) {
        return "traced-%s-%03d-end".formatted(what, number);
    }

    /// One line for each answer that was written too early.
    private static List<String> violations(List<String> trace) {
        var found = new ArrayList<String>();
        for (int i = 0; i < REQUESTS; i++) {
            violation(trace, mark("click", i), "HTTP/1.1 302").ifPresent(found::add);
            violation(trace, mark("sale", i), "HTTP/1.1 200").ifPresent(found::add);
        }
        return found;
    }

    /// Requests come one at a time, so the answer is the first one that follows the record.
    private static Optional<String> violation(List<String> trace, String mark, String answer) {
        int written = first(trace, 0, line -> isFileWrite(line) && line.contains(mark));
        if (written < 0) {
            return Optional.of(mark + ": no record was written");
        }
        int synced = syncDone(trace, written, descriptor(trace.get(written)));
        int answered = first(trace, written, line -> isWrite(line) && line.contains(answer));
        if (answered < 0) {
            return Optional.of(mark + ": no answer after the record");
        }
        return synced >= 0 && synced < answered
                ? Optional.empty()
                : Optional.of(mark + ": answered before its record was synced");
    }

    private static int first(
            List<String> trace, int from, java.util.function.Predicate<String> wanted) {
        for (int i = from; i < trace.size(); i++) {
            if (wanted.test(trace.get(i))) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isWrite(String line) {
        return line.matches("\\d+ +(write|writev|pwrite64|sendto|sendmsg)\\(.*");
    }

    /// A record of the ledger, and no request or answer that contains the same text.
    private static boolean isFileWrite(String line) {
        return line.matches("\\d+ +(write|writev|pwrite64)\\(.*") && !line.contains("HTTP/1.1");
    }

    private static String descriptor(String line) {
        return line.substring(line.indexOf('(') + 1).split("[,)<]", 2)[0].strip();
    }

    /// Where a sync of the file that began after the write has returned; -1 for nowhere. A call
    /// that another thread interrupts in the trace shows its end on a line of its own.
    private static int syncDone(List<String> trace, int from, String descriptor) {
        var underWay = new HashSet<String>();
        for (int i = from; i < trace.size(); i++) {
            var line = trace.get(i);
            var thread = line.split(" ", 2)[0];
            if (line.matches("\\d+ +(fdatasync|fsync)\\(" + descriptor + "\\b.*")) {
                if (line.endsWith("= 0")) {
                    return i;
                }
                underWay.add(thread);
            } else if (line.matches("\\d+ +<\\.\\.\\. (fdatasync|fsync) resumed>.*= 0")
                    && underWay.remove(thread)) {
                return i;
            }
        }
        return -1;
    }
}
