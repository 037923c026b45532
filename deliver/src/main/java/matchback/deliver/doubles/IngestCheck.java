package matchback.deliver.doubles;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Currency;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import matchback.deliver.platform.Json;

/// What Google's `events:ingest` refuses: the whole request for one fault, with a list of the
/// fields that are wrong
/// ([reasons](https://github.com/googleapis/googleapis/blob/master/google/ads/datamanager/v1/error.proto)).
final class IngestCheck {
    private static final int EVENTS_MAX = 2_000;
    private static final int DESTINATIONS_MAX = 10;
    private static final int IDENTIFIERS_MAX = 10;

    /// Four decimal numbers, or what has colons in it.
    private static final Pattern ADDRESS =
            Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F.]*:[0-9a-fA-F:.]*");

    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    private static final Set<String> ACCOUNT_TYPES =
            Set.of(
                    "GOOGLE_ADS",
                    "DISPLAY_VIDEO_PARTNER",
                    "DISPLAY_VIDEO_ADVERTISER",
                    "DATA_PARTNER",
                    "GOOGLE_ANALYTICS_PROPERTY");
    private static final Set<String> SOURCES = Set.of("WEB", "APP", "IN_STORE", "PHONE", "OTHER");
    private static final Set<String> CONSENTS = Set.of("CONSENT_GRANTED", "CONSENT_DENIED");

    private static final Set<String> REQUEST_FIELDS =
            Set.of(
                    "destinations",
                    "events",
                    "consent",
                    "validateOnly",
                    "encoding",
                    "encryptionInfo");
    private static final Set<String> EVENT_FIELDS =
            Set.of(
                    "destinationReferences",
                    "transactionId",
                    "eventTimestamp",
                    "lastUpdatedTimestamp",
                    "userData",
                    "consent",
                    "adIdentifiers",
                    "currency",
                    "conversionValue",
                    "eventSource",
                    "eventDeviceInfo",
                    "cartData",
                    "customVariables",
                    "experimentalFields",
                    "userProperties");
    private static final Set<String> AD_IDENTIFIERS =
            Set.of("sessionAttributes", "gclid", "gbraid", "wbraid", "landingPageDeviceInfo");
    private static final Set<String> CLICK_IDS =
            Set.of("gclid", "gbraid", "wbraid", "sessionAttributes");
    private static final Set<String> DEVICE_FIELDS = Set.of("userAgent", "ipAddress");

    private final JsonNode request;
    private final Set<String> actions;
    private final Set<String> refusedClicks;
    private final ArrayNode violations = Json.nodes().arrayNode();
    private final Set<String> references = new HashSet<>();
    private Optional<String> unknownName = Optional.empty();

    /// @param actions conversion actions that exist
    /// @param refusedClicks of which no event is taken
    IngestCheck(JsonNode request, Set<String> actions, Set<String> refusedClicks) {
        this.request = request;
        this.actions = actions;
        this.refusedClicks = refusedClicks;
    }

    /// What is wrong; empty when it is taken.
    ArrayNode violations() {
        known(request, REQUEST_FIELDS, "");
        destinations();
        var events = request.path("events");
        if (events.isEmpty()) {
            violation("events", "REQUIRED_FIELD_MISSING", "one event at least");
        } else if (events.size() > EVENTS_MAX) {
            violation("events", "TOO_MANY_EVENTS", "at most " + EVENTS_MAX);
        } else {
            for (int i = 0; i < events.size(); i++) {
                event(events.get(i), "events.events[" + i + "]");
            }
        }
        return violations;
    }

    /// A name that JSON of this API does not have; it is refused before anything else is looked at.
    Optional<String> unknownName() {
        return unknownName;
    }

    private void destinations() {
        var destinations = request.path("destinations");
        if (destinations.isEmpty()) {
            violation("destinations", "REQUIRED_FIELD_MISSING", "one destination at least");
        }
        if (destinations.size() > DESTINATIONS_MAX) {
            violation("destinations", "TOO_MANY_DESTINATIONS", "at most " + DESTINATIONS_MAX);
        }
        for (int i = 0; i < destinations.size(); i++) {
            var destination = destinations.get(i);
            var path = "destinations[" + i + "]";
            account(destination.path("operatingAccount"), path + ".operating_account");
            if (destination.has("loginAccount")) {
                account(destination.path("loginAccount"), path + ".login_account");
            }
            var id = destination.path("productDestinationId").asText();
            if (!actions.contains(id)) {
                violation(
                        path + ".product_destination_id",
                        "INVALID_CONVERSION_ACTION_ID",
                        "no such conversion action");
            }
            if (!references.add(destination.path("reference").asText())) {
                violation(path + ".reference", "DUPLICATE_DESTINATION_REFERENCE", "stands twice");
            }
        }
    }

    private void account(JsonNode account, String path) {
        if (!account.path("accountId").asText().matches("[0-9]+")) {
            violation(path + ".account_id", "INVALID_DESTINATION", "digits are expected");
        }
        oneOf(account.path("accountType"), ACCOUNT_TYPES, path + ".account_type");
    }

    private void event(JsonNode event, String path) {
        known(event, EVENT_FIELDS, path);
        timestamp(event, "eventTimestamp", path + ".event_timestamp", true);
        timestamp(event, "lastUpdatedTimestamp", path + ".last_updated_timestamp", false);
        for (var reference : event.path("destinationReferences")) {
            if (!references.contains(reference.asText())) {
                violation(
                        path + ".destination_references",
                        "INVALID_DESTINATION",
                        "no destination of that reference");
            }
        }
        var click = event.path("adIdentifiers");
        known(click, AD_IDENTIFIERS, path);
        device(click.path("landingPageDeviceInfo"), path);
        device(event.path("eventDeviceInfo"), path);
        boolean hasClick = CLICK_IDS.stream().anyMatch(name -> !text(click, name).isEmpty());
        if (refusedClicks.contains(text(click, "gclid"))) {
            violation(path + ".ad_identifiers.gclid", "INVALID_EVENT", "not taken");
        }
        var identifiers = event.path("userData").path("userIdentifiers");
        if (!hasClick && identifiers.isEmpty()) {
            violation(path, "NO_IDENTIFIERS_PROVIDED", "neither a click nor a person");
        }
        identifiers(identifiers, path + ".user_data.user_identifiers");
        money(event, path);
        if (event.has("eventSource")) {
            oneOf(event.path("eventSource"), SOURCES, path + ".event_source");
        }
        for (var consent : event.path("consent")) {
            oneOf(consent, CONSENTS, path + ".consent");
        }
    }

    private void device(JsonNode device, String path) {
        known(device, DEVICE_FIELDS, path);
        var address = text(device, "ipAddress");
        if (!address.isEmpty() && !ADDRESS.matcher(address).matches()) {
            violation(path + ".ip_address", "INVALID_FORMAT", "an IP address");
        }
    }

    private void timestamp(JsonNode event, String name, String path, boolean isRequired) {
        var text = text(event, name);
        if (text.isEmpty()) {
            if (isRequired) {
                violation(path, "REQUIRED_FIELD_MISSING", "RFC 3339");
            }
            return;
        }
        try {
            Instant.parse(text);
        } catch (DateTimeParseException _) {
            violation(path, "INVALID_FORMAT", "RFC 3339");
        }
    }

    private void money(JsonNode event, String path) {
        if (event.has("conversionValue") && !event.path("conversionValue").isNumber()) {
            violation(path + ".conversion_value", "INVALID_NUMBER_FORMAT", "a number");
        }
        if (event.has("currency") && !isCurrency(text(event, "currency"))) {
            violation(path + ".currency", "INVALID_CURRENCY_CODE", "ISO 4217");
        }
    }

    private static boolean isCurrency(String code) {
        return Currency.getAvailableCurrencies().stream()
                .anyMatch(currency -> currency.getCurrencyCode().equals(code));
    }

    private void identifiers(JsonNode identifiers, String path) {
        if (identifiers.size() > IDENTIFIERS_MAX) {
            violation(path, "TOO_MANY_USER_IDENTIFIERS", "at most " + IDENTIFIERS_MAX);
        }
        if (!identifiers.isEmpty() && !request.path("encoding").asText().equals("HEX")) {
            violation("encoding", "REQUIRED_FIELD_MISSING", "HEX or BASE64 beside user data");
        }
        for (int i = 0; i < identifiers.size(); i++) {
            var at = path + "[" + i + "]";
            var identifier = identifiers.get(i);
            if (identifier.size() != 1) {
                violation(at, "INVALID_FORMAT", "exactly one identifier");
            }
            if (identifier.has("emailAddress")) {
                hash(identifier.path("emailAddress"), at + ".email_address");
            } else if (identifier.has("phoneNumber")) {
                hash(identifier.path("phoneNumber"), at + ".phone_number");
            } else {
                address(identifier.path("address"), at + ".address");
            }
        }
    }

    private void address(JsonNode address, String path) {
        hash(address.path("givenName"), path + ".given_name");
        hash(address.path("familyName"), path + ".family_name");
        if (!COUNTRIES.contains(text(address, "regionCode"))) {
            violation(path + ".region_code", "INVALID_COUNTRY_CODE", "ISO 3166-1 alpha-2");
        }
        if (text(address, "postalCode").isBlank()) {
            violation(path + ".postal_code", "REQUIRED_FIELD_MISSING", "a postal code");
        }
    }

    private void hash(JsonNode hash, String path) {
        var text = hash.asText();
        if (text.isEmpty()) {
            violation(path, "REQUIRED_FIELD_MISSING", "a SHA-256");
        } else if (!text.matches("[0-9a-fA-F]*")) {
            violation(path, "INVALID_HEX_ENCODING", "hexadecimal digits");
        } else if (text.length() != 64) {
            violation(path, "INVALID_SHA256_FORMAT", "64 hexadecimal digits");
        }
    }

    private void oneOf(JsonNode value, Set<String> words, String path) {
        if (!words.contains(value.asText())) {
            violation(path, "INVALID_ENUM_VALUE", "one of " + words.stream().sorted().toList());
        }
    }

    private void known(JsonNode object, Set<String> names, String path) {
        object.fieldNames()
                .forEachRemaining(name -> {
                    if (!names.contains(name) && unknownName.isEmpty()) {
                        unknownName = Optional.of(path.isEmpty() ? name : path + "." + name);
                    }
                });
    }

    private static String text(JsonNode object, String name) {
        return object.path(name).asText();
    }

    private void violation(String field, String reason, String description) {
        ObjectNode violation = violations.addObject();
        violation.put("field", field).put("reason", reason).put("description", description);
    }
}
