package matchback.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import matchback.server.config.Configuration;

/// The program that runs already, asked how it is.
record Running(Configuration configuration) {
    private static final Duration WAIT_MAX = Duration.ofSeconds(2);

    /// What it says of itself; nothing when none runs here.
    List<Verdict> look() {
        var console = configuration.console();
        // Its certificate need not be one that this machine trusts.
        if (console.port() == 0 || configuration.tls().isOn()) {
            return List.of();
        }
        var host = console.bind().contains(":") ? '[' + console.bind() + ']' : console.bind();
        var url = URI.create("http://" + host + ":" + console.port() + "/health/ready");
        try (var http = HttpClient.newBuilder().connectTimeout(WAIT_MAX).build()) {
            var request = HttpRequest.newBuilder(url).timeout(WAIT_MAX).build();
            var answer = http.send(request, BodyHandlers.ofString());
            return verdicts(new JsonMapper().readTree(answer.body()));
        } catch (IOException _) {
            return List.of();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private static List<Verdict> verdicts(JsonNode ready) {
        var found = new ArrayList<Verdict>();
        for (var check : ready.path("checks")) {
            var place = check.path("name").asText();
            var detail = check.path("detail").asText();
            boolean isWell = check.path("ok").asBoolean();
            if (!isWell) {
                found.add(Verdict.fail(place, "running: " + detail));
            } else if (place.equals("destinations") && !detail.isEmpty()) {
                found.add(Verdict.warn(place, "running: " + detail));
            } else {
                found.add(Verdict.ok(place, "running" + (detail.isEmpty() ? "" : ": " + detail)));
            }
        }
        return found;
    }
}
