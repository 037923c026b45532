package matchback.deliver.google;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import matchback.deliver.platform.Normaliser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Google's own test data, see the files in `vectors/google`.
class NormalTest {
    private static JsonNode vectors(String file) throws IOException {
        try (var in = NormalTest.class.getResourceAsStream("/vectors/google/" + file)) {
            return JsonMapper.builder().build().readTree(in);
        }
    }

    private static Stream<JsonNode> each(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    private static Normaliser normaliser(String type) {
        return switch (type) {
            case "email" -> Normal::email;
            case "phone" -> Normal::phone;
            case "givenName" -> Normal::givenName;
            case "familyName" -> Normal::familyName;
            case "regionCode" -> Normal::regionCode;
            case "postalCode" -> Normal::postalCode;
            default -> throw new IllegalArgumentException("type " + type);
        };
    }

    static Stream<Arguments> published() throws IOException {
        return each(vectors("user-data.json").path("vectors"))
                .map(vector ->
                        Arguments.of(
                                vector.path("type").asText(),
                                vector.path("raw").asText(),
                                vector.path("normalized").asText(null),
                                vector.path("sha256Hex").asText(null),
                                vector.path("sha256Base64").asText(null)));
    }

    @ParameterizedTest(name = "{0} ''{1}''")
    @MethodSource("published")
    void a_value_takes_the_published_form(
            String type,
            String raw,
            @org.jspecify.annotations.Nullable String normalized,
            @org.jspecify.annotations.Nullable String hex,
            @org.jspecify.annotations.Nullable String base64) {
        var normaliser = normaliser(type);

        var form = normaliser.normalise(raw, "");

        assertThat(form.orElse(null)).isEqualTo(normalized);
        if (hex != null) {
            assertThat(normaliser.hash(raw, "")).isEqualTo(hex);
            assertThat(Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex)))
                    .isEqualTo(base64);
        }
    }

    @Test
    void the_published_digests_come_out() throws IOException {
        for (var digest : vectors("user-data.json").path("publishedDigests")) {
            assertThat(Normaliser.sha256(digest.path("input").asText()))
                    .isEqualTo(digest.path("publishedHex").asText().toLowerCase(Locale.ROOT));
        }
    }

    @Test
    void a_timestamp_names_the_published_instant() throws IOException {
        for (var pair : vectors("timestamps.json").path("dataManagerTimestamp")) {
            var sent = Instant.ofEpochMilli(pair.path("epochMillis").asLong()).toString();

            assertThat(OffsetDateTime.parse(sent).toInstant())
                    .isEqualTo(OffsetDateTime.parse(pair.path("in").asText()).toInstant());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"quinn@", "a b@example.com", "a@b@example.com", "+tag@gmail.com"})
    void what_is_no_address_is_not_hashed_as_one(String raw) {
        assertThat(Normal.email(raw, "")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0044 113 496 0987, +441134960987", "'(+49) 30 1234567', +49301234567"})
    void a_number_keeps_the_country_code_it_has(String raw, String form) {
        assertThat(Normal.phone(raw, "")).hasValue(form);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0113 496 0987", "12345", "1234567890123456"})
    void a_number_without_a_country_code_is_not_guessed_at(String raw) {
        assertThat(Normal.phone(raw, "gb")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"de la Cruz, de la cruz", "Quinn III, quinn", "MD, md"})
    void only_what_stands_behind_a_family_name_is_cut(String raw, String form) {
        assertThat(Normal.familyName(raw, "")).hasValue(form);
    }
}
