package matchback.server.shop;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import matchback.server.Matchback;
import matchback.server.config.Configuration;
import matchback.server.config.Loader;
import matchback.server.config.Loader.Loaded;
import matchback.server.demo.ApiClient;
import matchback.server.testing.Installed;

/// The whole server in this process, with a clock that is ahead.
final class Tracker implements AutoCloseable {
    private static final String TOKEN = "token-of-the-tests-0123456789";

    private final Matchback server;
    private final URI url;
    private final ApiClient client;

    Tracker(Path data, Duration ahead) {
        server = new Matchback(settings(data), InstantSource.offset(InstantSource.system(), ahead));
        var urls = server.start().urls();
        url = URI.create(urls.tracking());
        client = new ApiClient(urls.tracking(), urls.console(), TOKEN);
    }

    private static Configuration settings(Path data) {
        var flags =
                Map.of(
                        "data", data.toString(),
                        "bind", "127.0.0.1",
                        "port", "0",
                        "console-port", "0",
                        "allow-private-destinations", "true",
                        "admin-token", TOKEN);
        return switch (Loader.load(Optional.empty(), Map.of(), flags)) {
            case Loaded.Ready ready -> ready.configuration();
            case Loaded.Refused(var problems) -> throw new AssertionError(problems);
        };
    }

    URI url() {
        return url;
    }

    ApiClient client() {
        return client;
    }

    String click() {
        return Installed.clickId(client.get("/c/" + Installed.CAMPAIGN));
    }

    JsonNode story(String clickId) {
        return client.read("/api/v1/clicks/" + clickId);
    }

    boolean reports(int conversions, BigDecimal revenue) {
        var totals =
                client.read("/api/v1/report?group=campaign&metrics=conversions,revenue")
                        .path("totals");
        return totals.path("conversions").asInt() == conversions
                && new BigDecimal(totals.path("revenue").asText("0")).compareTo(revenue) == 0;
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
