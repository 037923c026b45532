package matchback.model.signature;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import matchback.model.signature.Signature.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The vectors the schemes publish; where each comes from stands in its file.
final class VectorsTest {
    private static final String ID = "webhook-id";
    private static final String TIME = "webhook-timestamp";
    private static final String SIGNATURE = "webhook-signature";

    private static JsonNode vector(String name) {
        var file = "/vectors/webhooks/" + name + ".json";
        try (var in = VectorsTest.class.getResourceAsStream(file)) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SignedRequest post(String body, Map<String, String> headers) {
        var lines = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        lines.putAll(headers);
        return new SignedRequest(
                "POST",
                "t.example",
                "/postback/net",
                "",
                name -> lines.getOrDefault(name, ""),
                body.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isValid(SignatureScheme scheme, SignedRequest request, String secret) {
        return Signature.read(scheme, request) instanceof Reading.Shown(var signature)
                && signature.fits(secret);
    }

    private static boolean isValid(JsonNode vector, Map<String, String> other, String secret) {
        var headers = new TreeMap<String, String>();
        for (var name : new String[] {ID, TIME, SIGNATURE}) {
            headers.put(name, vector.path(name).asText());
        }
        if (vector.has("publishedSignature")) {
            headers.put(SIGNATURE, vector.path("publishedSignature").asText());
        }
        headers.putAll(other);
        var body = other.getOrDefault("body", vector.path("body").asText());
        return isValid(SignatureScheme.STANDARD_WEBHOOKS, post(body, headers), secret);
    }

    @Test
    void hmac_sha_256_gives_the_values_of_rfc_4231() {
        for (var vector : vector("rfc4231-hmac-sha256")) {
            var hex = HexFormat.of();

            var digest =
                    Digests.hmac(
                            hex.parseHex(vector.path("keyHex").asText()),
                            hex.parseHex(vector.path("dataHex").asText()));

            assertThat(hex.formatHex(digest)).isEqualTo(vector.path("hmacSha256").asText());
        }
    }

    @Test
    void standard_webhooks_takes_the_published_signature_in_each_form_of_the_secret() {
        var vector = vector("standard-webhooks-v1");

        for (var secret : vector.path("secretForms")) {
            assertThat(isValid(vector, Map.of(), secret.asText())).as(secret.asText()).isTrue();
        }
    }

    @Test
    void standard_webhooks_signs_as_published() {
        var vector = vector("standard-webhooks-v1");

        for (var secret : vector.path("secretForms")) {
            var signature =
                    StandardWebhooks.sign(
                            secret.asText(),
                            vector.path(ID).asText(),
                            vector.path(TIME).asLong(),
                            vector.path("body").asText().getBytes(StandardCharsets.UTF_8));

            assertThat(signature).isEqualTo(vector.path("publishedSignature").asText());
        }
    }

    @Test
    void standard_webhooks_looks_through_the_list_of_signatures() {
        var vector = vector("standard-webhooks-v1");

        for (var line : vector.path("headerCases")) {
            var headers = Map.of(SIGNATURE, line.path(SIGNATURE).asText());
            assertThat(isValid(vector, headers, vector.path("secret").asText()))
                    .as(line.toString())
                    .isEqualTo(line.path("valid").asBoolean());
        }
    }

    @Test
    void standard_webhooks_notices_every_change() {
        var vector = vector("standard-webhooks-v1");

        for (var line : vector.path("tampered")) {
            var change = new TreeMap<String, String>();
            for (var name : new String[] {ID, TIME, "body"}) {
                if (line.has(name)) {
                    change.put(name, line.path(name).asText());
                }
            }
            assertThat(isValid(vector, change, vector.path("secret").asText()))
                    .as(line.toString())
                    .isFalse();
        }
    }

    @Test
    void svix_headers_are_another_name_of_the_same() {
        var vector = vector("standard-webhooks-v1");
        var headers =
                Map.of(
                        "svix-id",
                        vector.path(ID).asText(),
                        "svix-timestamp",
                        vector.path(TIME).asText(),
                        "Svix-Signature",
                        vector.path("publishedSignature").asText());

        var request = post(vector.path("body").asText(), headers);

        assertThat(
                        isValid(
                                SignatureScheme.STANDARD_WEBHOOKS,
                                request,
                                vector.path("secret").asText()))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"standard-webhooks-v1a", "standard-webhooks-v1a-svix"})
    void standard_webhooks_takes_ed25519_by_its_public_key(String name) {
        var vector = vector(name);
        var key = vector.path("publicKey").asText();

        assertThat(isValid(vector, Map.of(), key)).isTrue();
        assertThat(isValid(vector, Map.of("body", "{\"test\": 2432232315}"), key)).isFalse();
    }

    @Test
    void github_takes_the_documented_value_and_no_other() {
        var vector = vector("github");
        var headers = Map.of(vector.path("header").asText(), vector.path("published").asText());
        var secret = vector.path("secret").asText();

        var good = post(vector.path("body").asText(), headers);
        var changed = post("Hello, World?", headers);

        assertThat(isValid(SignatureScheme.GITHUB, good, secret)).isTrue();
        assertThat(isValid(SignatureScheme.GITHUB, changed, secret)).isFalse();
        assertThat(isValid(SignatureScheme.GITHUB, good, secret + '!')).isFalse();
    }

    @Test
    void stripe_signs_time_and_body_with_the_secret_as_it_is_written() {
        var vector = vector("stripe-scheme");
        var secret = vector.path("secret").asText();
        var header = vector.path("header").asText();

        var good = post(vector.path("body").asText(), Map.of("Stripe-Signature", header));
        var later =
                post(
                        vector.path("body").asText(),
                        Map.of("Stripe-Signature", header.replace("t=1614265330", "t=1614265331")));
        var old =
                post(
                        vector.path("body").asText(),
                        Map.of("Stripe-Signature", header.replace("v1=", "v0=")));

        assertThat(isValid(SignatureScheme.STRIPE, good, secret)).isTrue();
        assertThat(isValid(SignatureScheme.STRIPE, later, secret)).isFalse();
        assertThat(isValid(SignatureScheme.STRIPE, old, secret)).isFalse();
    }
}
