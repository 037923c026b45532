package matchback.server.recover;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import matchback.ledger.intake.Missed;
import matchback.model.RecordId;

/// Finds in access logs the requests that a proxy could not hand on.
public final class AccessLog {
    private final Wanted wanted;
    private final List<Missed> missed = new ArrayList<>();
    private final Map<String, Integer> seen = new HashMap<>();
    private long lines;
    private long unreadable;
    private long withStatus;
    private long withBody;

    /// Which lines are looked for.
    ///
    /// @param statuses that the proxy answered
    /// @param from in epoch milliseconds, and
    /// @param to exclusive
    /// @param host that is taken for lines that name none
    public record Wanted(Set<Integer> statuses, long from, long to, String host) {}

    /// @param unreadable lines of no form that is known
    /// @param withStatus lines with a status that is looked for, within the time
    /// @param withBody those that were no GET: what they said stands in no log
    /// @param missed the others, in the order of their times
    record Found(
            long lines, long unreadable, long withStatus, long withBody, List<Missed> missed) {}

    AccessLog(Wanted wanted) {
        this.wanted = wanted;
    }

    /// Reads a log, plain or compressed by gzip.
    void read(Path log) throws IOException {
        try (var in =
                new BufferedReader(
                        new InputStreamReader(
                                unpacked(Files.newInputStream(log)),
                                StandardCharsets.ISO_8859_1))) {
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                if (!line.isBlank()) {
                    take(line);
                }
            }
        }
    }

    private static InputStream unpacked(InputStream file) throws IOException {
        var in = new BufferedInputStream(file);
        in.mark(2);
        boolean isGzip = in.read() == 0x1F && in.read() == 0x8B;
        in.reset();
        return isGzip ? new GZIPInputStream(in) : in;
    }

    private void take(String line) {
        lines++;
        var read = LogLine.parse(line);
        if (read.isEmpty()) {
            unreadable++;
            return;
        }
        var request = read.get();
        if (!wanted.statuses().contains(request.status())
                || request.at() < wanted.from()
                || request.at() >= wanted.to()) {
            return;
        }
        withStatus++;
        if (!request.method().equals("GET")) {
            withBody++;
            return;
        }
        missed.add(missed(line, request));
    }

    /// Equal lines within a second are requests of their own; so their number is part of the id.
    private Missed missed(String line, LogLine request) {
        var text = line.strip();
        int before = seen.merge(text, 1, Integer::sum) - 1;
        return new Missed(
                RecordId.derived(request.at(), sha256(text + '\n' + before)),
                request.at(),
                request.target(),
                request.host().isEmpty() ? wanted.host() : request.host(),
                request.address(),
                request.userAgent(),
                request.status());
    }

    Found found() {
        var sorted = new ArrayList<>(missed);
        sorted.sort(Comparator.comparingLong(Missed::at));
        return new Found(lines, unreadable, withStatus, withBody, List.copyOf(sorted));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
