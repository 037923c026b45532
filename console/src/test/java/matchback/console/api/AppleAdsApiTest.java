package matchback.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import matchback.console.testing.TestingConsole;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AppleAdsApiTest {
    private static final String PATH = "/api/v1/apple-ads";

    private final TestingConsole console = new TestingConsole();

    @AfterEach
    void close() {
        console.close();
    }

    private JsonNode sign(String body) {
        var answer = console.post(PATH, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static boolean fits(String algorithm, String text, byte[] signature) throws Exception {
        var check = Signature.getInstance(algorithm);
        check.initVerify(TestingConsole.AD_KEYS.getPublic());
        check.update(text.getBytes(StandardCharsets.UTF_8));
        return check.verify(signature);
    }

    @Test
    void an_ad_is_signed_to_be_viewed_and_to_be_clicked_each_with_a_nonce_of_its_own()
            throws Exception {
        // when
        var signed =
                sign(
                        """
                        {"version":"4.0","source":5239,"app":"525463029","sourceApp":"1234567891"}
                        """);

        // then
        assertThat(signed.path("network").asText()).isEqualTo("example123.skadnetwork");
        assertThat(signed.path("impression").isNull()).isTrue();
        var nonces = new HashSet<String>();
        for (var one : signed.path("signatures")) {
            var nonce = one.path("nonce").asText();
            nonces.add(nonce);
            assertThat(nonce)
                    .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
            var text =
                    String.join(
                            "\u2063",
                            List.of(
                                    "4.0",
                                    "example123.skadnetwork",
                                    "5239",
                                    "525463029",
                                    nonce,
                                    "1234567891",
                                    one.path("fidelity").asText(),
                                    one.path("timestamp").asText()));
            assertThat(
                            fits(
                                    "SHA256withECDSA",
                                    text,
                                    Base64.getDecoder().decode(one.path("signature").asText())))
                    .isTrue();
        }
        assertThat(nonces).hasSize(2);
    }

    @Test
    void adattributionkit_has_an_impression_instead() throws Exception {
        // when
        var signed =
                sign(
                        """
                        {"version":"adattributionkit","source":5239,"app":"525463029",
                         "sourceApp":"0","reengagement":true}
                        """);

        // then
        assertThat(signed.path("signatures")).isEmpty();
        var jws = signed.path("impression").asText().split("\\.", -1);
        assertThat(
                        fits(
                                "SHA256withECDSAinP1363Format",
                                jws[0] + '.' + jws[1],
                                Base64.getUrlDecoder().decode(jws[2])))
                .isTrue();
        var payload = new String(Base64.getUrlDecoder().decode(jws[1]), StandardCharsets.UTF_8);
        assertThat(payload).contains("\"eligible-for-re-engagement\":true");
    }

    @Test
    void what_is_wrong_is_named_field_by_field() {
        // when
        var empty = console.post(PATH, "{}");
        var wrong =
                console.post(
                        PATH,
                        """
                        {"version":"3.0","source":5239,"app":"x","sourceApp":"0","campaign":1}
                        """);

        // then
        assertThat(empty.status()).isEqualTo(422);
        assertThat(empty.text()).contains("\"version\"", "\"app\"", "\"sourceApp\"");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.text())
                .contains("source of 5239; expected 1 to 100 in version 3.0")
                .contains("\"campaign\"", "\"app\"");
    }
}
