package matchback.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import matchback.ingest.visitor.Addresses;
import matchback.ingest.visitor.Agents;
import matchback.ingest.visitor.DataCentres;
import matchback.ingest.visitor.UnusableFile;
import matchback.server.config.Configuration;
import matchback.server.config.VisitorSettings;

/// Whether the files by which visitors are known can be used, and where to get them.
final class SightCheck {
    private final VisitorSettings settings;

    SightCheck(Configuration configuration) {
        this.settings = configuration.visitors();
    }

    List<Verdict> look() {
        return List.of(
                verdict(
                        "geo-database",
                        settings.geoDatabase().isPresent(),
                        () -> database(settings.geoDatabase(), Optional.empty()),
                        "not set: clicks have no country, region and city. Free ones: DB-IP City"
                                + " Lite (https://db-ip.com/db/lite.php, CC BY 4.0: name DB-IP where"
                                + " you show it) and GeoLite2 City (https://dev.maxmind.com, with an"
                                + " account; its EULA asks for updates within 30 days)"),
                verdict(
                        "isp-database",
                        settings.ispDatabase().isPresent(),
                        () -> database(Optional.empty(), settings.ispDatabase()),
                        "not set: clicks have no provider. Free ones: DB-IP ASN Lite and GeoLite2"
                                + " ASN, from the same places"),
                verdict(
                        "data-centres",
                        !settings.dataCentres().isEmpty(),
                        () -> DataCentres.open(settings.dataCentres()).about(),
                        "not set: visitors from data centres count as people. Cloud providers"
                                + " publish their ranges, for example"
                                + " https://ip-ranges.amazonaws.com/ip-ranges.json"),
                verdict(
                        "agent-rules",
                        settings.agentRules().isPresent(),
                        this::rules,
                        "those that come with the program"));
    }

    private static Verdict verdict(
            String setting, boolean isSet, Supplier<String> about, String unset) {
        if (!isSet) {
            return Verdict.ok(setting, unset);
        }
        try {
            return Verdict.ok(setting, about.get());
        } catch (UnusableFile e) {
            var message = String.valueOf(e.getMessage());
            return Verdict.fail(setting, message.replaceFirst("^" + setting + ": ", ""));
        }
    }

    private static String database(Optional<Path> places, Optional<Path> providers) {
        try {
            var copies = Files.createTempDirectory("matchback-doctor");
            try {
                return String.join(" ", Addresses.open(places, providers, copies).about());
            } finally {
                delete(copies);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private String rules() {
        try (var agents = Agents.start(settings.agentRules())) {
            agents.awaitRules();
            return settings.agentRules().map(Path::toString).orElse("");
        }
    }
}
