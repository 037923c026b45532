package matchback.server;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import matchback.server.SimulateWords.Way;
import matchback.server.SimulateWords.Words;
import matchback.server.config.Configuration;
import matchback.server.config.LogSettings;
import matchback.server.demo.ApiClient;
import matchback.server.simulate.PastClock;
import matchback.server.simulate.Simulation;

/// Brings made-up traffic to where it was asked for.
final class Simulate {
    private final Configuration given;
    private final InstantSource clock;
    private final PrintStream out;

    Simulate(Configuration given, InstantSource clock, PrintStream out) {
        this.given = given;
        this.clock = clock;
        this.out = out;
    }

    int run(Words words) throws IOException {
        var wish = words.wish();
        var simulation = new Simulation(wish, System::nanoTime, out);
        switch (words.way()) {
            case Way.Live live -> live(simulation, live);
            case Way.IntoFile(var file, var from) ->
                    simulation.write(from.orElseGet(() -> begin(wish.duration())), file);
            case Way.IntoPast _ -> past(simulation, words);
        }
        return Commands.DONE;
    }

    /// So that it ends now.
    private Instant begin(Duration duration) {
        return clock.instant().minus(duration).truncatedTo(ChronoUnit.SECONDS);
    }

    private void live(Simulation simulation, Way.Live live) {
        var to = live.to().isEmpty() ? "http://127.0.0.1:" + given.tracking().port() : live.to();
        var console = RecoverCommand.consoleUrl(given);
        var token = given.console().adminToken();
        try (var api = new ApiClient(to, console, token.text())) {
            simulation.playLive(api, token.isSet(), live.speed(), clock);
        } catch (UncheckedIOException e) {
            throw new StartFailure(
                    "no answer from %s, or from its console at %s; start it with ./matchback serve, or say where it is with --to and --console-port"
                            .formatted(to, console),
                    e);
        }
    }

    private void past(Simulation simulation, Words words) throws IOException {
        var folder = OwnGround.empty(given.store().data(), "the past");
        Logs.set(new LogSettings("warn"));
        var past = new PastClock(begin(words.wish().duration()));
        try (var matchback = new Matchback(OwnGround.loopback(given, folder, 0, 0), past)) {
            var started = matchback.start();
            var token = started.token().orElse(given.console().adminToken().text());
            var urls = started.urls();
            try (var api = new ApiClient(urls.tracking(), urls.console(), token)) {
                simulation.playPast(api, past);
            }
            out.printf("%nlook at it: ./matchback serve --data %s%n", folder);
            started.token().ifPresent(made -> out.println("  its token: " + made));
        }
    }
}
