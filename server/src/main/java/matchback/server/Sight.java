package matchback.server;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import matchback.ingest.visitor.Addresses;
import matchback.ingest.visitor.Agents;
import matchback.ingest.visitor.DataCentres;
import matchback.ingest.visitor.UnusableFile;
import matchback.ingest.visitor.Visitors;
import matchback.server.config.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What visitors are told by: opened from the files the operator set, and read again when one of
/// them changes.
final class Sight implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sight.class);
    private static final String FOLDER = "visitors";

    private record Watched(List<Path> files, Runnable renew) {}

    private final Agents agents;
    private final List<Watched> watched = new ArrayList<>();
    private final List<FileWatch> watches = new ArrayList<>();
    private final Visitors visitors;

    /// Opens everything but the rules for agents, which load meanwhile. Throws [StartFailure] for a
    /// file that cannot be used.
    Sight(Configuration configuration) {
        var settings = configuration.visitors();
        agents = Agents.start(settings.agentRules());
        try {
            var copies = configuration.store().data().resolve(FOLDER);
            var addresses = Addresses.open(settings.geoDatabase(), settings.ispDatabase(), copies);
            var dataCentres = DataCentres.open(settings.dataCentres());
            visitors = new Visitors(settings.readAgents() ? agents : null, addresses, dataCentres);
            addresses.about().forEach(line -> LOG.info("address database {}", line));
            var databases = new ArrayList<Path>();
            settings.geoDatabase().ifPresent(databases::add);
            settings.ispDatabase().ifPresent(databases::add);
            watched.add(new Watched(databases, addresses::renew));
            watched.add(new Watched(settings.dataCentres(), dataCentres::renew));
            settings.agentRules()
                    .ifPresent(
                            rules -> watched.add(new Watched(List.of(rules), () -> renew(rules))));
        } catch (UnusableFile e) {
            agents.close();
            throw new StartFailure(String.valueOf(e.getMessage()), e);
        }
    }

    private void renew(Path rules) {
        try {
            agents.renew(rules);
            LOG.info("rules for user agents read file={}", rules);
        } catch (UnusableFile e) {
            LOG.warn("rules for user agents kept cause=\"{}\"", e.getMessage());
        }
    }

    Visitors visitors() {
        return visitors;
    }

    /// Waits for the rules for agents.
    void await() {
        try {
            agents.awaitRules();
        } catch (UnusableFile e) {
            throw new StartFailure(String.valueOf(e.getMessage()), e);
        }
    }

    /// Looks after all files from now on.
    void watch(Vertx vertx) {
        for (var one : watched) {
            if (!one.files().isEmpty()) {
                watches.add(
                        new FileWatch(
                                vertx,
                                one.files(),
                                () ->
                                        vertx.executeBlocking(() -> {
                                            one.renew().run();
                                            return Optional.empty();
                                        })));
            }
        }
    }

    @Override
    public void close() {
        watches.forEach(FileWatch::stop);
        agents.close();
    }
}
