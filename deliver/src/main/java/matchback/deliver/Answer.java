package matchback.deliver;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// What came of a request.
public sealed interface Answer {

    /// The destination answered.
    ///
    /// @param headers by name in lower case; of a repeated one the first
    /// @param body in UTF-8, cut where the limit was reached or the connection broke
    record Answered(int status, Map<String, String> headers, String body) implements Answer {
        public Answered {
            headers = Map.copyOf(headers);
        }

        public Optional<String> header(String lowerCaseName) {
            return Optional.ofNullable(headers.get(lowerCaseName));
        }
    }

    /// There was no connection, or it broke before the answer.
    record Unreachable(String why) implements Answer {}

    record TimedOut(Duration waited) implements Answer {}

    /// We did not call: the URL or its address may not be called.
    record Forbidden(String why) implements Answer {}
}
