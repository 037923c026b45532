package matchback.server.alert;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import matchback.console.Vitals.Check;
import matchback.report.alert.AlertKind;
import matchback.report.alert.Condition;
import matchback.report.alert.Spans;
import org.jspecify.annotations.Nullable;

/// The disk, the certificate, and the parts that must run.
public final class MachineCheck implements matchback.report.alert.Check {
    private static final long FREE_BYTES_MIN = 5L << 30;
    private static final double FREE_SHARE_MIN = 0.05;
    private static final long FREE_BYTES_LAST = 512L << 20;
    private static final Duration CERTIFICATE_LEFT_MIN = Duration.ofDays(14);

    private final Path data;
    private final @Nullable Path certificate;
    private final Supplier<List<Check>> parts;

    /// @param data the data folder
    /// @param certificate in PEM; null where another does TLS
    /// @param parts as the readiness probe has them
    public MachineCheck(Path data, @Nullable Path certificate, Supplier<List<Check>> parts) {
        this.data = data;
        this.certificate = certificate;
        this.parts = parts;
    }

    @Override
    public Set<AlertKind> kinds() {
        return Set.of(AlertKind.DISK, AlertKind.CERTIFICATE, AlertKind.LEDGER, AlertKind.COLUMNS);
    }

    @Override
    public List<Condition> look(long now) {
        var found = new ArrayList<Condition>();
        try {
            var store = Files.getFileStore(data);
            disk(store.getUsableSpace(), store.getTotalSpace(), now).ifPresent(found::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (certificate != null) {
            certificate(certificate, now).ifPresent(found::add);
        }
        for (var part : parts.get()) {
            if (!part.ok()) {
                part(part, now).ifPresent(found::add);
            }
        }
        return found;
    }

    /// Little of a large disk may still be a lot: both the share and the size must be small, or the
    /// size so small that nothing else matters.
    Optional<Condition> disk(long free, long total, long now) {
        boolean isLow =
                free < FREE_BYTES_LAST || (free < FREE_BYTES_MIN && free < total * FREE_SHARE_MIN);
        if (!isLow) {
            return Optional.empty();
        }
        return Optional.of(
                new Condition(
                        AlertKind.DISK,
                        "data",
                        String.format(
                                Locale.ROOT,
                                "%.1f GiB of %.0f GiB are free where the data are",
                                gibibytes(free),
                                gibibytes(total)),
                        List.of(
                                "When nothing is free, visitors are still redirected, but their"
                                        + " clicks are not recorded, and postbacks are answered"
                                        + " 503.",
                                "Make room, or move the data folder to a larger disk."),
                        "/",
                        now));
    }

    private static double gibibytes(long bytes) {
        return bytes / (double) (1L << 30);
    }

    private static Optional<Condition> certificate(Path file, long now) {
        Instant end;
        try (var in = Files.newInputStream(file)) {
            end =
                    ((X509Certificate)
                                    CertificateFactory.getInstance("X.509").generateCertificate(in))
                            .getNotAfter()
                            .toInstant();
        } catch (IOException | CertificateException e) {
            return Optional.of(
                    ofCertificate(
                            "The certificate in " + file.getFileName() + " cannot be read",
                            String.valueOf(e.getMessage()),
                            now));
        }
        var left = Duration.between(Instant.ofEpochMilli(now), end);
        if (left.compareTo(CERTIFICATE_LEFT_MIN) > 0) {
            return Optional.empty();
        }
        return Optional.of(
                ofCertificate(
                        left.isNegative()
                                ? "The certificate ended at " + end
                                : "The certificate ends in " + Spans.text(left),
                        "From then on senders cannot reach the tracker. A new file at the same"
                                + " place is taken over by itself.",
                        now));
    }

    private static Condition ofCertificate(String headline, String evidence, long now) {
        return new Condition(AlertKind.CERTIFICATE, "tls", headline, List.of(evidence), "/", now);
    }

    private static Optional<Condition> part(Check part, long now) {
        return switch (part.name()) {
            case "ledger" ->
                    Optional.of(
                            new Condition(
                                    AlertKind.LEDGER,
                                    "ledger",
                                    "Nothing can be stored",
                                    List.of(part.detail()),
                                    "/",
                                    now));
            case "columns" ->
                    Optional.of(
                            new Condition(
                                    AlertKind.COLUMNS,
                                    "columns",
                                    "Reports are behind: " + part.detail(),
                                    List.of(
                                            "What came in is stored and counted; pages show it"
                                                    + " late."),
                                    "/",
                                    now));
            default -> Optional.empty();
        };
    }
}
