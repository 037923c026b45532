package matchback.deliver.platform;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import matchback.model.Field;

/// One value and its place.
///
/// @param path names of objects and of the value, with dots between
/// @param value empty: it is left out
/// @param isPersonal whether it must not show up in a note
/// @param demand what to do when it is not there; empty when it need not be
public record Entry<T>(
        String path, Function<T, Optional<JsonNode>> value, boolean isPersonal, String demand) {

    public static <T> Entry<T> node(String path, Function<T, Optional<JsonNode>> value) {
        return new Entry<>(path, value, false, "");
    }

    /// Left out when blank.
    public static <T> Entry<T> text(String path, Function<T, String> value) {
        return node(path, of -> node(value.apply(of)));
    }

    public static <T> Entry<T> constant(String path, JsonNode value) {
        return node(path, _ -> Optional.of(value));
    }

    public static <T> Entry<T> number(String path, Function<T, Optional<BigDecimal>> value) {
        return node(path, of -> value.apply(of).map(Json.nodes()::numberNode));
    }

    /// Unix time in seconds.
    public static <T> Entry<T> seconds(String path, Function<T, Instant> value) {
        return node(
                path, of -> Optional.of(Json.nodes().numberNode(value.apply(of).getEpochSecond())));
    }

    /// Unix time in milliseconds.
    public static <T> Entry<T> millis(String path, Function<T, Instant> value) {
        return node(
                path, of -> Optional.of(Json.nodes().numberNode(value.apply(of).toEpochMilli())));
    }

    /// ISO 8601 in UTC, as `2026-11-20T10:00:00.123Z`.
    public static <T> Entry<T> iso(String path, Function<T, Instant> value) {
        return node(path, of -> Optional.of(Json.nodes().textNode(value.apply(of).toString())));
    }

    /// What the report says of the person, normalised and hashed; left out when it cannot be.
    public static Entry<Telling> hashed(String path, Field field, Normaliser normaliser) {
        return Entry.<Telling>text(path, telling -> hash(telling, field, normaliser)).personal();
    }

    /// What is said of the person, as it is.
    public static Entry<Telling> plain(String path, Function<Telling, String> value) {
        return Entry.text(path, value).personal();
    }

    /// A field's hash, see [#hashed].
    public static String hash(Telling telling, Field field, Normaliser normaliser) {
        var raw = telling.user(field);
        return raw.isEmpty() ? "" : normaliser.hash(raw, telling.country());
    }

    /// It must not show up in a note.
    public Entry<T> personal() {
        return new Entry<>(path, value, true, demand);
    }

    /// Without it nothing is sent.
    ///
    /// @param whatToDo one or two sentences
    public Entry<T> required(String whatToDo) {
        return new Entry<>(path, value, isPersonal, whatToDo);
    }

    private static Optional<JsonNode> node(String text) {
        return text.isBlank() ? Optional.empty() : Optional.of(Json.nodes().textNode(text));
    }
}
