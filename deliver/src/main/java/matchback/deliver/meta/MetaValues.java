package matchback.deliver.meta;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import matchback.deliver.platform.Json;
import matchback.deliver.platform.Telling;
import matchback.model.Field;

/// Values that Meta wants in a form of its own; empty where nothing is known.
final class MetaValues {
    private static final Pattern PAGE = Pattern.compile(MetaSettings.PAGE_FORM);

    private MetaValues() {}

    static String page(Telling telling) {
        return Stream.of(
                        telling.user(Field.PAGE_URL),
                        telling.setting(MetaSettings.PAGE_URL),
                        telling.page())
                .filter(url -> PAGE.matcher(url).matches())
                .findFirst()
                .orElse("");
    }

    static String fbc(Telling telling) {
        return Fbc.of(
                telling.user(Field.FBC),
                telling.clickId(telling.setting(MetaSettings.CLICK_ID_PARAMETER)),
                telling.clickedAt());
    }

    static String fbp(Telling telling) {
        return Fbc.browser(telling.user(Field.FBP));
    }

    static String currency(Telling telling) {
        return telling.amount().isPresent() ? telling.currency() : "";
    }

    /// For attribution only, not for choosing whom ads are shown to.
    static Optional<JsonNode> optOut(Telling telling) {
        return telling.isDenied(Field.AD_PERSONALIZATION)
                ? Optional.of(Json.nodes().booleanNode(true))
                : Optional.empty();
    }

    static boolean isLimited(Telling telling) {
        return switch (telling.setting(MetaSettings.LIMITED)) {
            case "always" -> true;
            case "never" -> false;
            default -> telling.isLimited();
        };
    }

    /// An empty list says that it is off.
    static Optional<JsonNode> options(Telling telling) {
        var options = Json.nodes().arrayNode();
        return Optional.of(isLimited(telling) ? options.add("LDU") : options);
    }

    static Optional<JsonNode> limited(Telling telling, String setting) {
        return isLimited(telling)
                ? Optional.of(Json.nodes().numberNode(Integer.parseInt(telling.setting(setting))))
                : Optional.empty();
    }
}
