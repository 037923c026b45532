package matchback.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import matchback.server.config.Configuration;

/// Replays through the API of a running server, with its token.
final class ReplayByServer implements ReplayCommand.Runner {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration ANSWER_MAX = Duration.ofMinutes(2);
    private static final String PATH = "/api/v1/replays";

    private final String url;
    private final String token;

    /// Throws [StartFailure] without a token.
    ReplayByServer(Configuration configuration) {
        var secret = configuration.console().adminToken();
        if (!secret.isSet()) {
            throw new StartFailure(
                    "the server runs, and takes it only with its token: set"
                            + " MATCHBACK_ADMIN_TOKEN, or stop the server");
        }
        this.url = RecoverCommand.consoleUrl(configuration);
        this.token = secret.text();
    }

    @Override
    public JsonNode begin(ObjectNode request) throws IOException {
        return send(to("").POST(BodyPublishers.ofString(request.toString())));
    }

    @Override
    public JsonNode look(String id) throws IOException {
        return send(to("/" + id).GET());
    }

    @Override
    public JsonNode apply(String id) throws IOException {
        return send(to("/" + id + "/apply?again=true").POST(BodyPublishers.noBody()));
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(url + PATH + path))
                .timeout(ANSWER_MAX)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json");
    }

    private JsonNode send(HttpRequest.Builder request) throws IOException {
        try (var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            var answer = http.send(request.build(), BodyHandlers.ofString());
            var json = JSON.readTree(answer.body());
            if (answer.statusCode() >= 300) {
                throw new StartFailure(
                        "the server at %s answered %d: %s"
                                .formatted(url, answer.statusCode(), json.path("detail").asText()));
            }
            return json;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("interrupted", e);
        }
    }
}
