package matchback.deliver.google;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// What Google says of a request that it refused: a google.rpc.Status as JSON. Read as far as it
/// goes, since an answer that names two thousand fields may be longer than what is read of it.
///
/// @param message for developers
/// @param reason of the request as a whole; empty when it names none
/// @param quota which quota is used up, such as `IngestionMutateRequestsPerDayPerProject`; empty
///   when it is not about one
/// @param pause that Google asks for; zero for none
/// @param violations fields it does not like
record Refusal(
        String message, String reason, String quota, Duration pause, List<Violation> violations) {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int VIOLATIONS_MAX = 10_000;

    /// One field that Google does not like.
    ///
    /// @param field its path, for example `events.events[3].user_data`
    record Violation(String field, String reason, String description) {
        private static final Pattern EVENT = index("events");
        private static final Pattern DESTINATION = index("destinations");

        private static Pattern index(String list) {
            return Pattern.compile("\\b" + list + "\\[([0-9]{1,6})]");
        }

        /// The event it is in; empty when it is in none.
        OptionalInt event() {
            return index(EVENT);
        }

        /// The destination of the request it is in; empty when it is in none.
        OptionalInt destination() {
            return index(DESTINATION);
        }

        private OptionalInt index(Pattern pattern) {
            var found = pattern.matcher(field);
            return found.find()
                    ? OptionalInt.of(Integer.parseInt(found.group(1)))
                    : OptionalInt.empty();
        }

        String text() {
            return (reason.isEmpty() ? "" : reason + ": ")
                    + description
                    + (field.isEmpty() ? "" : " (" + field + ")");
        }
    }

    Refusal {
        violations = List.copyOf(violations);
    }

    static Refusal parse(String body) {
        var reading = new Reading();
        try (var parser = JSON.createParser(body)) {
            reading.read(parser);
        } catch (IOException _) {
            // No JSON, or cut off: what was read until here stands.
        }
        return reading.refusal();
    }

    /// What it says, in one line.
    String text() {
        var words = reason.isEmpty() ? message : reason + ": " + message;
        return violations.isEmpty() ? words : words + " " + violations.getFirst().text();
    }

    /// The objects of the answer, from the outside in; each object's texts by name.
    private static final class Reading {
        private final Deque<Map<String, String>> open = new ArrayDeque<>();
        private final List<Violation> violations = new ArrayList<>();
        private String message = "";
        private String reason = "";
        private String quota = "";
        private Duration pause = Duration.ZERO;

        void read(JsonParser parser) throws IOException {
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                switch (token) {
                    case START_OBJECT -> open.push(new HashMap<>());
                    case END_OBJECT -> close(open.pop());
                    case VALUE_STRING -> {
                        var name = parser.currentName();
                        if (name != null && !open.isEmpty()) {
                            open.peek().put(name, parser.getText());
                        }
                    }
                    default -> {
                        // Lists are told apart by what is in them; numbers repeat the HTTP status.
                    }
                }
            }
        }

        private void close(Map<String, String> object) {
            if (object.containsKey("field")) {
                if (violations.size() < VIOLATIONS_MAX) {
                    violations.add(
                            new Violation(
                                    object.getOrDefault("field", ""),
                                    object.getOrDefault("reason", ""),
                                    object.getOrDefault("description", "")));
                }
                return;
            }
            quota = object.getOrDefault("quota_limit", quota);
            reason = object.getOrDefault("reason", reason);
            // The outermost object with a message closes last.
            message = object.getOrDefault("message", message);
            pause = seconds(object.get("retryDelay")).orElse(pause);
        }

        private static Optional<Duration> seconds(@org.jspecify.annotations.Nullable String delay) {
            // As protocol buffers write durations: 3.5s.
            if (delay == null || !delay.matches("[0-9]{1,6}(\\.[0-9]{1,9})?s")) {
                return Optional.empty();
            }
            var seconds = new java.math.BigDecimal(delay.substring(0, delay.length() - 1));
            return Optional.of(Duration.ofMillis(seconds.movePointRight(3).longValue()));
        }

        Refusal refusal() {
            // Of what was cut off, the objects that were still open.
            while (!open.isEmpty()) {
                var object = open.pop();
                message = object.getOrDefault("message", message);
            }
            return new Refusal(message, reason, quota, pause, violations);
        }
    }
}
