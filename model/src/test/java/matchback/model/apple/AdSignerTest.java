package matchback.model.apple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.UUID;
import matchback.model.apple.AdSigner.Fidelity;
import matchback.model.apple.AppleAd.Version;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdSignerTest {
    private static final UUID NONCE = UUID.fromString("B7C9DA2B-15C7-4F3B-9326-135F9630033D");
    private static final long TIME = 1_719_599_957_239L;

    private final KeyPair keys = keys("secp256r1");
    private final AdSigner target = AdSigner.of("example123.skadnetwork", secret(keys));

    private static KeyPair keys(String curve) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String secret(KeyPair keys) {
        return Base64.getEncoder().encodeToString(keys.getPrivate().getEncoded());
    }

    private boolean fits(String algorithm, String text, byte[] signature) throws Exception {
        var check = Signature.getInstance(algorithm);
        check.initVerify(keys.getPublic());
        check.update(text.getBytes(StandardCharsets.UTF_8));
        return check.verify(signature);
    }

    @ParameterizedTest
    @CsvSource({
        "SKADNETWORK_2_2, 7, CLICK, 2.2|example123.skadnetwork|7|525463029|b7c9da2b-15c7-4f3b-9326-135f9630033d|1234567891|1|1719599957239",
        "SKADNETWORK_3_0, 100, VIEW, 3.0|example123.skadnetwork|100|525463029|b7c9da2b-15c7-4f3b-9326-135f9630033d|1234567891|0|1719599957239",
        "SKADNETWORK_4_0, 5239, CLICK, 4.0|example123.skadnetwork|5239|525463029|b7c9da2b-15c7-4f3b-9326-135f9630033d|1234567891|1|1719599957239",
    })
    void an_ad_of_skadnetwork_is_signed_over_its_fields_in_apples_order(
            Version version, int source, Fidelity fidelity, String expected) throws Exception {
        // given
        var ad = new AppleAd(version, source, 525_463_029, 1_234_567_891);
        var text = expected.replace('|', '\u2063');

        // when
        var signed = target.sign(ad, fidelity, NONCE, TIME);

        // then
        assertThat(target.signedText(ad, fidelity, NONCE, TIME)).isEqualTo(text);
        assertThat(signed.nonce()).isEqualTo(NONCE.toString()).isLowerCase();
        var signature = Base64.getDecoder().decode(signed.signature());
        assertThat(fits("SHA256withECDSA", text, signature)).isTrue();
        assertThat(fits("SHA256withECDSA", text.replace("525463029", "525463030"), signature))
                .isFalse();
    }

    @Test
    void an_impression_of_adattributionkit_is_a_jws_of_the_network() throws Exception {
        // given
        var ad = new AppleAd(Version.ADATTRIBUTIONKIT, 5239, 1_108_187_390, 5_838_492);

        // when
        var jws = target.impression(ad, NONCE, TIME, true).split("\\.", -1);

        // then
        assertThat(jws).hasSize(3);
        assertThat(decoded(jws[0]))
                .isEqualTo("{\"alg\":\"ES256\",\"kid\":\"example123.skadnetwork\"}");
        assertThat(decoded(jws[1]))
                .isEqualTo(
                        "{\"impression-identifier\":\"b7c9da2b-15c7-4f3b-9326-135f9630033d\","
                                + "\"publisher-item-identifier\":5838492,"
                                + "\"impression-type\":\"app-impression\","
                                + "\"ad-network-identifier\":\"example123.skadnetwork\","
                                + "\"source-identifier\":5239,\"timestamp\":1719599957239,"
                                + "\"advertised-item-identifier\":1108187390,"
                                + "\"eligible-for-re-engagement\":true}");
        var signature = Base64.getUrlDecoder().decode(jws[2]);
        assertThat(signature).hasSize(64);
        assertThat(fits("SHA256withECDSAinP1363Format", jws[0] + '.' + jws[1], signature)).isTrue();
        assertThat(decoded(target.impression(ad, NONCE, TIME, false).split("\\.", -1)[1]))
                .doesNotContain("re-engagement");
    }

    private static String decoded(String part) {
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }

    @Test
    void what_is_no_key_of_a_network_is_refused_and_not_shown() {
        var other = secret(keys("secp384r1"));

        assertThatThrownBy(() -> AdSigner.of("example123.skadnetwork", other))
                .hasMessageContaining("P-256")
                .hasMessageNotContaining(other);
        assertThatThrownBy(() -> AdSigner.of("example123.skadnetwork", "x"))
                .hasMessageContaining("P-256");
        assertThatThrownBy(() -> AdSigner.of("Example123.skadnetwork", secret(keys)))
                .hasMessageContaining("lower case");
        assertThat(target.toString()).isEqualTo("AdSigner[example123.skadnetwork]");
    }

    @Test
    void a_source_that_is_not_certain_is_refused() {
        assertThatThrownBy(() -> new AppleAd(Version.SKADNETWORK_3_0, 101, 1, 0))
                .hasMessage("source of 101; expected 1 to 100 in version 3.0");
        assertThatThrownBy(() -> new AppleAd(Version.SKADNETWORK_4_0, 39, 1, 0))
                .hasMessage("source of 39; expected 1000 to 9999 in version 4.0");
        assertThatThrownBy(() -> new AppleAd(Version.ADATTRIBUTIONKIT, 5239, 0, 0))
                .hasMessageContaining("ids of the App Store");
    }
}
