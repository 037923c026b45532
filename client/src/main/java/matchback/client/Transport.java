package matchback.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Posts a form and reads the answer.
final class Transport {
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(15);
    private static final int BODY_BYTES_MAX = 64 * 1024;

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT_WITHIN)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
    private final String token;

    /// @param token shown as a header; empty for none
    Transport(String token) {
        this.token = token;
    }

    Reply post(URI url, byte[] form) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(url)
                        .timeout(ANSWER_WITHIN)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Accept", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(form));
        if (!token.isEmpty()) {
            request.header("X-Matchback-Token", token);
        }
        var answer = http.send(request.build(), BodyHandlers.ofInputStream());
        try (var body = answer.body()) {
            return Reply.of(
                    answer.statusCode(),
                    answer.headers().firstValue("Matchback-Decision").orElse(""),
                    answer.headers().firstValue("Matchback-Receipt").orElse(""),
                    new String(body.readNBytes(BODY_BYTES_MAX), StandardCharsets.UTF_8));
        }
    }
}
