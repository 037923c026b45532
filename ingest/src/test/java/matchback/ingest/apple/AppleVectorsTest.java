package matchback.ingest.apple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import matchback.model.apple.ApplePostback;
import matchback.model.apple.ApplePostback.Coarse;
import matchback.model.apple.ApplePostback.Protocol;
import matchback.model.apple.Proof;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Postbacks of Apple's, of its documentation, and of keys of our own, whole and tampered with.
class AppleVectorsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static JsonNode vector(String folder, String name) {
        try (var in =
                AppleVectorsTest.class.getResourceAsStream("/vectors/" + folder + "/" + name)) {
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> names(String folder) throws IOException {
        try (var files = Files.list(Path.of("src/test/resources/vectors", folder))) {
            return files.map(file -> String.valueOf(file.getFileName())).sorted().toList().stream();
        }
    }

    static Stream<String> skan() throws IOException {
        return names("skan");
    }

    static Stream<String> aak() throws IOException {
        return names("aak");
    }

    /// The published keys; of a vector with a key of its own, that key in their place.
    private static AppleReader reader(JsonNode vector) {
        var published = AppleKeys.PUBLISHED;
        var own = vector.path("publicKeyBase64").asText("");
        boolean isOwn = vector.path("name").asText().startsWith("ownkey");
        if (!isOwn) {
            return new AppleReader(published);
        }
        boolean isOld = vector.path("curve").asText().equals("P-192");
        return new AppleReader(
                new AppleKeys(
                        isOld ? own : published.skanOld(),
                        isOld ? published.skan() : own,
                        Map.of("apple-cas-identifier/0", isOld ? published.skan() : own),
                        published.development()));
    }

    private static Proof proof(AppleReader reader, Protocol protocol, JsonNode body) {
        var reading = reader.read(protocol, body.toString().getBytes(StandardCharsets.UTF_8));
        return switch (reading) {
            case AppleReading.Read(_, var proof) -> proof;
            case AppleReading.Unreadable(var problem) -> throw new AssertionError(problem);
        };
    }

    private static boolean isGenuine(AppleReader reader, Protocol protocol, JsonNode body) {
        var reading = reader.read(protocol, body.toString().getBytes(StandardCharsets.UTF_8));
        return reading instanceof AppleReading.Read(_, var proof) && proof != Proof.FORGED;
    }

    @ParameterizedTest
    @MethodSource("skan")
    void a_postback_of_skadnetwork_has_its_recorded_outcome(String name) {
        // given
        var vector = vector("skan", name);
        var target = reader(vector);

        // when, then
        assertThat(SkanReader.signedText(vector.path("postback")))
                .isEqualTo(vector.path("signedString").asText());
        assertThat(proof(target, Protocol.SKADNETWORK, vector.path("postback")))
                .isEqualTo(
                        vector.path("outcome").asText().equals("valid")
                                ? Proof.APPLE
                                : Proof.FORGED);
        for (var tampered : vector.path("tampered")) {
            assertThat(isGenuine(target, Protocol.SKADNETWORK, tampered.path("postback")))
                    .as(tampered.path("mutation").asText())
                    .isFalse();
        }
        for (var changed : vector.path("unsignedFieldChanges")) {
            assertThat(isGenuine(target, Protocol.SKADNETWORK, changed.path("postback")))
                    .as("unsigned: %s", changed.path("mutation").asText())
                    .isEqualTo(vector.path("outcome").asText().equals("valid"));
        }
    }

    @ParameterizedTest
    @MethodSource("aak")
    void a_postback_of_adattributionkit_has_its_recorded_outcome(String name) {
        // given
        var vector = vector("aak", name);
        var body = vector.path("requestBody");
        if (body.isNull()) {
            assertThat(vector.path("outcome").asText()).startsWith("not verifiable");
            return;
        }
        var target = reader(vector);

        // when, then
        var expected =
                !vector.path("outcome").asText().equals("valid")
                        ? Proof.FORGED
                        : vector.path("header").path("kid").asText().contains("development")
                                ? Proof.DEVELOPMENT
                                : Proof.APPLE;
        assertThat(proof(target, Protocol.ADATTRIBUTIONKIT, body)).isEqualTo(expected);
        for (var tampered : vector.path("tampered")) {
            var changed = ((ObjectNode) body.deepCopy()).set("jws-string", tampered.path("jws"));
            assertThat(isGenuine(target, Protocol.ADATTRIBUTIONKIT, changed))
                    .as(tampered.path("mutation").asText())
                    .isFalse();
        }
    }

    @Test
    void the_fields_of_both_protocols_come_in_one_form() {
        // when
        var skan =
                read(
                        Protocol.SKADNETWORK,
                        vector("skan", "apple-v4.0-web-fine.json").path("postback"));
        var aak =
                read(
                        Protocol.ADATTRIBUTIONKIT,
                        vector("aak", "ownkey-install-second-coarse.json").path("requestBody"));

        // then
        assertThat(skan)
                .isEqualTo(
                        new ApplePostback(
                                Protocol.SKADNETWORK,
                                "4.0",
                                "6aafb7a5-0170-41b5-bbe4-fe71dedf1e30",
                                "com.example",
                                525_463_029,
                                "5239",
                                0,
                                true,
                                ApplePostback.Gain.INSTALL,
                                63,
                                null,
                                "click",
                                "example.com",
                                "",
                                false));
        assertThat(aak.window()).isEqualTo(1);
        assertThat(aak.coarseValue()).isInstanceOf(Coarse.class);
        assertThat(aak.id()).isEqualTo(aak.id().toLowerCase(java.util.Locale.ROOT));
    }

    private static ApplePostback read(Protocol protocol, JsonNode body) {
        var reading =
                new AppleReader(AppleKeys.PUBLISHED)
                        .read(protocol, body.toString().getBytes(StandardCharsets.UTF_8));
        return ((AppleReading.Read) reading).postback();
    }

    /// Whatever bytes are spoilt, nothing is thrown, and what is still taken for Apple's says what
    /// Apple signed.
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void a_spoilt_postback_is_never_taken_for_another(long seed) {
        // given
        var random = new SplittableRandom(seed);
        var reader = new AppleReader(AppleKeys.PUBLISHED);
        var genuine =
                Map.of(
                        Protocol.SKADNETWORK,
                        vector("skan", "apple-v3.0-winning.json").path("postback").toString(),
                        Protocol.ADATTRIBUTIONKIT,
                        vector("aak", "apple-dev1-reengagement.json")
                                .path("requestBody")
                                .toString());
        int taken = 0;

        for (var entry : genuine.entrySet()) {
            var whole = entry.getValue().getBytes(StandardCharsets.UTF_8);
            var first = ((AppleReading.Read) reader.read(entry.getKey(), whole)).postback();
            for (int i = 0; i < 500; i++) {
                // when
                var spoilt = whole.clone();
                for (int j = random.nextInt(1, 3); j > 0; j--) {
                    spoilt[random.nextInt(spoilt.length)] = (byte) random.nextInt(256);
                }
                var reading = reader.read(entry.getKey(), spoilt);

                // then
                if (reading instanceof AppleReading.Read(var postback, var proof)
                        && proof != Proof.FORGED) {
                    taken++;
                    assertThat(postback.uniqueId()).isEqualTo(first.uniqueId());
                    assertThat(postback.network()).isEqualTo(first.network());
                    assertThat(postback.app()).isEqualTo(first.app());
                    assertThat(postback.sourceIdentifier()).isEqualTo(first.sourceIdentifier());
                    assertThat(postback.didWin()).isEqualTo(first.didWin());
                }
            }
        }
        assertThat(taken).as("spoilt where nothing is signed").isPositive();
    }

    @Test
    void a_version_is_checked_with_its_own_key_only() {
        // given
        var genuine = vector("skan", "apple-v2.0.json").path("postback");
        var published = AppleKeys.PUBLISHED;

        // when
        var other =
                new AppleReader(
                        new AppleKeys(
                                vector("skan", "ownkey-v1.0.json").path("publicKeyBase64").asText(),
                                published.skan(),
                                Map.of(),
                                Map.of()));

        // then
        assertThat(proof(new AppleReader(published), Protocol.SKADNETWORK, genuine))
                .isEqualTo(Proof.APPLE);
        assertThat(proof(other, Protocol.SKADNETWORK, genuine)).isEqualTo(Proof.FORGED);
    }

    @Test
    void the_java_platform_reads_keys_on_p192_and_checks_nothing_with_them() throws Exception {
        // given
        var spec =
                new X509EncodedKeySpec(Base64.getDecoder().decode(AppleKeys.PUBLISHED.skanOld()));
        var key = KeyFactory.getInstance("EC").generatePublic(spec);
        var check = Signature.getInstance("SHA256withECDSA");
        var vector = vector("skan", "apple-v2.0.json");
        var signature =
                Base64.getDecoder()
                        .decode(vector.path("postback").path("attribution-signature").asText());

        // when, then
        assertThatThrownBy(
                        () -> {
                            check.initVerify(key);
                            check.update(
                                    vector.path("signedString")
                                            .asText()
                                            .getBytes(StandardCharsets.UTF_8));
                            check.verify(signature);
                        })
                .isInstanceOfAny(SignatureException.class, java.security.InvalidKeyException.class)
                .hasMessageContaining("secp192r1");
    }

    /// The signed text of version 2.0 is also one of version 1, whose fields hold separators: its
    /// unique id would be another, and the install counted twice.
    @Test
    void a_genuine_postback_is_not_taken_for_one_of_another_version() {
        // given
        var genuine = (ObjectNode) vector("skan", "apple-v2.0.json").path("postback");
        var parts =
                vector("skan", "apple-v2.0.json").path("signedString").asText().split("\u2063", -1);
        var dressed =
                JSON.createObjectNode()
                        .put("ad-network-id", parts[0] + '\u2063' + parts[1])
                        .put("campaign-id", Integer.parseInt(parts[2]))
                        .put("app-id", Long.parseLong(parts[3]))
                        .put(
                                "transaction-id",
                                String.join("\u2063", List.of(parts).subList(4, parts.length)))
                        .set("attribution-signature", genuine.path("attribution-signature"));

        // when
        var reading =
                new AppleReader(AppleKeys.PUBLISHED)
                        .read(
                                Protocol.SKADNETWORK,
                                dressed.toString().getBytes(StandardCharsets.UTF_8));

        // then
        assertThat(reading)
                .isEqualTo(
                        new AppleReading.Unreadable(
                                "transaction-id is no id of letters, digits and hyphens"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"version\":\"5.0\"}",
                "{\"version\":\"1.0\"}",
                "{\"version\":4}",
                "{\"ad-network-id\":1}",
                "{\"ad-network-id\":\"a\",\"campaign-id\":101,\"app-id\":1,\"transaction-id\":\"x\"}",
                "{\"ad-network-id\":\"a\",\"campaign-id\":1,\"app-id\":-1,\"transaction-id\":\"x\"}",
                "{\"ad-network-id\":\"a\",\"campaign-id\":1,\"app-id\":1e99,\"transaction-id\":\"x\"}",
                "{\"ad-network-id\":\"a\",\"campaign-id\":1,\"app-id\":1,\"transaction-id\":\"x\",\"attribution-signature\":\"%\"}",
                "{\"ad-network-id\":\"a\",\"ad-network-id\":\"b\"}",
                "{\"jws-string\":\"a.b\"}",
                "{\"jws-string\":\"%.%.%\"}",
                "{\"jws-string\":\"e30.e30.\"}",
                "[[[[[[[[[[[[]]]]]]]]]]]]",
            })
    void garbage_is_told_in_a_sentence(String body) {
        for (var protocol : Protocol.values()) {
            var reading =
                    new AppleReader(AppleKeys.PUBLISHED)
                            .read(protocol, body.getBytes(StandardCharsets.UTF_8));
            assertThat(reading).isInstanceOf(AppleReading.Unreadable.class);
            assertThat(((AppleReading.Unreadable) reading).problem()).isNotBlank();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "HS256", "es256"})
    void another_algorithm_is_not_taken(String algorithm) {
        // given
        var header = "{\"kid\":\"apple-cas-identifier/0\",\"alg\":\"" + algorithm + "\"}";
        var encoder = Base64.getUrlEncoder().withoutPadding();
        var genuine =
                vector("aak", "apple-dev1-reengagement.json")
                        .path("requestBody")
                        .path("jws-string")
                        .asText();
        var parts = List.of(genuine.split("\\.", -1));
        var jws =
                encoder.encodeToString(header.getBytes(StandardCharsets.UTF_8))
                        + "."
                        + parts.get(1)
                        + "."
                        + parts.get(2);

        // when
        var reading =
                new AppleReader(AppleKeys.PUBLISHED)
                        .read(
                                Protocol.ADATTRIBUTIONKIT,
                                ("{\"jws-string\":\"" + jws + "\"}")
                                        .getBytes(StandardCharsets.UTF_8));

        // then
        assertThat(reading).isEqualTo(new AppleReading.Unreadable("alg is not ES256"));
    }
}
