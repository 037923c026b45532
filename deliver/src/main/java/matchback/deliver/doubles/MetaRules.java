package matchback.deliver.doubles;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What Meta's documentation demands of one event. Written from the documentation alone, without a
/// look at the adapter: both are compared by letting them meet.
///
/// Sources: see [matchback.deliver.meta].
final class MetaRules {
    /// @param subcode 0 for none
    /// @param message may repeat what was sent, as the platform does
    record Refusal(int subcode, String title, String message) {}

    private static final Duration AGE_MAX = Duration.ofDays(7);
    private static final Duration AGE_IN_STORE_MAX = Duration.ofDays(62);
    private static final int TOO_OLD = 2_804_003;
    private static final int TOO_WEAK = 2_804_050;

    private static final Set<String> ACTION_SOURCES =
            Set.of(
                    "email",
                    "website",
                    "app",
                    "phone_call",
                    "chat",
                    "physical_store",
                    "system_generated",
                    "business_messaging",
                    "other");

    private static final List<String> HASHED =
            List.of("em", "ph", "fn", "ln", "db", "ge", "ct", "st", "zp", "country");
    private static final List<String> CLEAR =
            List.of("client_ip_address", "client_user_agent", "fbc", "fbp");
    private static final List<String> STRONG = List.of("em", "ph", "external_id", "fbc", "fbp");

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern ADDRESS =
            Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final Pattern FBC =
            Pattern.compile("fb\\.[0-9]\\.[0-9]{13}\\.[^.]+(\\.[A-Za-z0-9_-]{2,8})?");
    private static final Pattern FBP =
            Pattern.compile("fb\\.[0-9]\\.[0-9]{13}\\.[0-9]+(\\.[A-Za-z0-9_-]{2,8})?");

    private MetaRules() {}

    /// Why an event is refused; empty when it is taken.
    static Optional<Refusal> refusal(JsonNode event, Instant now) {
        return fields(event)
                .or(() -> time(event, now))
                .or(() -> website(event))
                .or(() -> person(event.path("user_data")))
                .or(() -> purchase(event))
                .or(() -> limits(event));
    }

    private static Optional<Refusal> fields(JsonNode event) {
        for (var name : List.of("event_name", "event_time", "action_source", "user_data")) {
            if (event.path(name).isMissingNode()) {
                return invalid("The parameter " + name + " is required");
            }
        }
        if (!event.path("event_name").isTextual() || event.path("event_name").asText().isBlank()) {
            return invalid("event_name must be a string");
        }
        if (!ACTION_SOURCES.contains(event.path("action_source").asText())) {
            return invalid("action_source has an unknown value");
        }
        return event.path("user_data").isObject()
                ? Optional.empty()
                : invalid("user_data must be an object");
    }

    private static Optional<Refusal> time(JsonNode event, Instant now) {
        var given = event.path("event_time");
        if (!given.isIntegralNumber()) {
            return invalid("event_time must be an integer of seconds");
        }
        var at = Instant.ofEpochSecond(given.asLong());
        if (at.isAfter(now)) {
            return invalid("event_time lies in the future: is it in seconds?");
        }
        boolean isInStore = event.path("action_source").asText().equals("physical_store");
        return at.isBefore(now.minus(isInStore ? AGE_IN_STORE_MAX : AGE_MAX))
                ? refused(
                        TOO_OLD,
                        "Event Timestamp Too Old",
                        "The timestamp of event " + event.path("event_id").asText() + " is too old")
                : Optional.empty();
    }

    private static Optional<Refusal> website(JsonNode event) {
        if (!event.path("action_source").asText().equals("website")) {
            return Optional.empty();
        }
        if (!event.path("event_source_url").asText().startsWith("http")) {
            return invalid("event_source_url is required for website events");
        }
        return event.path("user_data").path("client_user_agent").asText().isEmpty()
                ? invalid("client_user_agent is required for website events")
                : Optional.empty();
    }

    private static Optional<Refusal> person(JsonNode user) {
        for (var key : HASHED) {
            for (var value : values(user.path(key))) {
                if (!SHA256.matcher(value).matches()) {
                    return invalid("user_data." + key + " is not hashed: " + value);
                }
            }
        }
        for (var key : CLEAR) {
            for (var value : values(user.path(key))) {
                if (SHA256.matcher(value).matches()) {
                    return invalid("user_data." + key + " must not be hashed: " + value);
                }
            }
        }
        if (!matches(ADDRESS, user.path("client_ip_address"))) {
            return invalid("client_ip_address must be an IPv4 or IPv6 address");
        }
        if (!matches(FBC, user.path("fbc")) || !matches(FBP, user.path("fbp"))) {
            return invalid("fbc or fbp has a wrong form: " + user.path("fbc").asText());
        }
        boolean isStrong = STRONG.stream().anyMatch(key -> !values(user.path(key)).isEmpty());
        boolean hasAddress =
                !values(user.path("client_ip_address")).isEmpty()
                        && !values(user.path("client_user_agent")).isEmpty();
        return isStrong || hasAddress
                ? Optional.empty()
                : refused(
                        TOO_WEAK,
                        "Not Enough Customer Information",
                        "This event has not enough customer information parameters");
    }

    private static Optional<Refusal> purchase(JsonNode event) {
        var custom = event.path("custom_data");
        boolean hasNumber = custom.path("value").isNumber();
        if (!custom.path("value").isMissingNode() && !hasNumber) {
            return invalid("custom_data.value must be a number");
        }
        boolean hasCurrency = custom.path("currency").asText().matches("[A-Za-z]{3}");
        return event.path("event_name").asText().equals("Purchase") && !(hasNumber && hasCurrency)
                ? invalid("Purchase events need value and currency")
                : Optional.empty();
    }

    private static Optional<Refusal> limits(JsonNode event) {
        boolean isLimited = values(event.path("data_processing_options")).contains("LDU");
        if (!isLimited) {
            return Optional.empty();
        }
        boolean isVague =
                event.path("data_processing_options_country").asInt() == 0
                        || event.path("data_processing_options_state").asInt() == 0;
        return isVague && event.path("user_data").path("client_ip_address").asText().isEmpty()
                ? invalid("data_processing_options need a state or an IP address")
                : Optional.empty();
    }

    /// A string or a list of strings.
    private static Set<String> values(JsonNode node) {
        var values = new HashSet<String>();
        if (node.isArray()) {
            node.forEach(each -> values.add(each.asText()));
        } else if (!node.asText().isEmpty()) {
            values.add(node.asText());
        }
        return values;
    }

    private static boolean matches(Pattern form, JsonNode value) {
        return value.isMissingNode() || form.matcher(value.asText()).matches();
    }

    static Optional<Refusal> invalid(String message) {
        return refused(0, "", message);
    }

    private static Optional<Refusal> refused(int subcode, String title, String message) {
        return Optional.of(new Refusal(subcode, title, message));
    }
}
