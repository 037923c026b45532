package matchback.deliver.meta;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import matchback.deliver.Preparation;
import matchback.deliver.platform.Json;
import matchback.deliver.platform.PlatformAdapter;
import matchback.deliver.testing.Told;
import matchback.model.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Published values and what must come of them, sent through the whole mapping.
class MetaVectorsTest {
    private static final PlatformAdapter ADAPTER =
            new PlatformAdapter(MetaConversions.PLATFORM, Told.SECRETS);

    private static JsonNode file(String name) {
        var path = "/vectors/meta/" + name + ".json";
        try (var in = MetaVectorsTest.class.getResourceAsStream(path)) {
            return Json.lenient(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<Arguments> people() {
        return Stream.of("official-doc", "recommended")
                .flatMap(name ->
                        StreamSupport.stream(file(name).path("vectors").spliterator(), false))
                .map(vector ->
                        Arguments.of(
                                vector.path("key").asText(),
                                vector.path("raw").asText(),
                                vector.path("sha256").asText("")));
    }

    private static Field field(String key) {
        return switch (key) {
            case "em" -> Field.EMAIL;
            case "ph" -> Field.PHONE;
            case "fn" -> Field.FIRST_NAME;
            case "ln" -> Field.LAST_NAME;
            case "db" -> Field.BIRTH_DATE;
            case "ge" -> Field.GENDER;
            case "ct" -> Field.CITY;
            case "st" -> Field.REGION;
            case "zp" -> Field.ZIP;
            case "country" -> Field.COUNTRY;
            case "external_id" -> Field.EXTERNAL_USER;
            default -> throw new AssertionError("a vector for " + key.toUpperCase(Locale.ROOT));
        };
    }

    @ParameterizedTest(name = "{0} of \"{1}\" is {2}")
    @MethodSource("people")
    void a_value_becomes_the_published_hash(String key, String raw, String sha256) {
        // The documentation's example adds the country code to the number; one that the sender
        // left out is never made up.
        var given = raw.equals("US phone number (650)555-1212") ? "1" + raw : raw;
        var told = told().person(field(key), given);

        assertThat(event(told).path("user_data").path(key).asText()).isEqualTo(sha256);
    }

    @Test
    void a_click_id_becomes_the_published_fbc() {
        for (var vector : file("fbc-fbp").path("fbc")) {
            var at = Instant.ofEpochMilli(vector.path("creationTimeMs").asLong());

            assertThat(Fbc.of("", vector.path("fbclid").asText(), Optional.of(at)))
                    .isEqualTo(vector.path("fbc").asText());
        }
    }

    @Test
    void the_published_fbp_is_passed_on() {
        for (var vector : file("fbc-fbp").path("fbp")) {
            assertThat(Fbc.browser(vector.path("fbp").asText()))
                    .isEqualTo(vector.path("fbp").asText());
        }
    }

    @Test
    void a_part_that_the_parameter_builder_hangs_on_is_passed_on() {
        var cookie = "fb.1.1554763741205.AbCdEf.AQ";

        assertThat(Fbc.of(cookie, "", Optional.empty())).isEqualTo(cookie);
        assertThat(Fbc.browser("fb.1.1596403881668.1116446470.AQEAAQMA"))
                .isEqualTo("fb.1.1596403881668.1116446470.AQEAAQMA");
    }

    @Test
    void the_newer_of_cookie_and_click_counts() {
        var clickedAt = Optional.of(Instant.ofEpochMilli(1_600_000_000_000L));

        assertThat(Fbc.of("fb.1.1599999999999.Old", "New", clickedAt))
                .isEqualTo("fb.1.1600000000000.New");
        assertThat(Fbc.of("fb.1.1600000000001.Newer", "New", clickedAt))
                .isEqualTo("fb.1.1600000000001.Newer");
        assertThat(Fbc.of("fb.2.1599999999999.New", "New", clickedAt))
                .isEqualTo("fb.2.1599999999999.New");
        assertThat(Fbc.of("{fbc}", "", clickedAt)).isEmpty();
    }

    private static Told told() {
        return new Told(MetaConversions.TYPE)
                .with("dataset", "1234567890123456")
                .with("page-url", "https://shop.example/thanks")
                .secret("access-token", "EAAtoken0123456789abcdef");
    }

    private static JsonNode event(Told told) {
        var preparation = ADAPTER.prepare(Told.KEY, told.shipment(), told.catalog(), Told.NOW);
        assertThat(preparation).isInstanceOf(Preparation.Ready.class);
        return Json.lenient(((Preparation.Ready) preparation).parcel().content());
    }

    @Test
    void there_are_as_many_vectors_as_were_published() {
        assertThat(List.of(people().count(), (long) file("fbc-fbp").path("fbc").size()))
                .containsExactly(43L, 1L);
    }
}
