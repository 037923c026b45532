package matchback.server.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/// Talks to a running installation as anybody would: over HTTP.
public final class ApiClient implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
    private final String tracking;
    private final String console;
    private final String token;

    /// @param tracking and
    /// @param console URLs of the two listeners, without a slash at their end
    public ApiClient(String tracking, String console, String token) {
        this.tracking = tracking;
        this.console = console;
        this.token = token;
    }

    /// Something went wrong that should not have.
    public static final class Unexpected extends RuntimeException {
        private static final long serialVersionUID = 1;

        public Unexpected(String message) {
            super(message);
        }
    }

    /// Creates an entity. Throws [Unexpected] unless it was created.
    public JsonNode create(String collection, Map<String, ?> entity) {
        var answer = send(api("/api/v1/" + collection), entity);
        if (answer.statusCode() != 201) {
            throw new Unexpected(
                    "creating one of %s was answered %d: %s"
                            .formatted(collection, answer.statusCode(), answer.body()));
        }
        return json(answer.body());
    }

    /// Reads something from the API. Throws [Unexpected] unless it is there.
    public JsonNode read(String path) {
        var answer = exchange(api(path).GET().build());
        if (answer.statusCode() != 200) {
            throw new Unexpected(
                    "%s was answered %d: %s".formatted(path, answer.statusCode(), answer.body()));
        }
        return json(answer.body());
    }

    public HttpResponse<String> api(String method, String path, String body) {
        return exchange(
                api(path)
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body))
                        .build());
    }

    public HttpResponse<String> consoleGet(String path) {
        return exchange(request(console + path).GET().build());
    }

    /// A request to the tracking listener.
    ///
    /// @param headers name, value, name, value ...
    public HttpResponse<String> get(String pathAndQuery, String... headers) {
        var request = request(tracking + pathAndQuery).GET();
        return exchange(headers.length == 0 ? request.build() : request.headers(headers).build());
    }

    public HttpResponse<String> post(String path, String contentType, String body) {
        return exchange(
                request(tracking + path)
                        .header("Content-Type", contentType)
                        .POST(BodyPublishers.ofString(body))
                        .build());
    }

    /// The answer to a postback, read as JSON.
    public JsonNode postback(String pathAndQuery) {
        return json(get(pathAndQuery, "Accept", "application/json").body());
    }

    public static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new Unexpected("no JSON: " + text);
        }
    }

    private HttpRequest.Builder api(String path) {
        return request(console + path).header("Authorization", "Bearer " + token);
    }

    private static HttpRequest.Builder request(String url) {
        return HttpRequest.newBuilder(URI.create(url)).timeout(TIMEOUT);
    }

    private HttpResponse<String> send(HttpRequest.Builder request, Map<String, ?> body) {
        try {
            return exchange(
                    request.header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)))
                            .build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<String> exchange(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(request.uri() + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for an answer", e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
