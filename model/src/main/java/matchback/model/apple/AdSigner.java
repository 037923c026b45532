package matchback.model.apple;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import matchback.model.apple.AppleAd.Version;

/// Signs ads as an ad network that is registered with Apple. Safe for use by many threads.
///
/// Sources: developer.apple.com/documentation/storekit/
/// generating-the-signature-to-validate-storekit-rendered-ads and .../
/// generating-the-signature-to-validate-view-through-ads, developer.apple.com/documentation/
/// adattributionkit/generating-jws-impressions (read in November 2026).
public final class AdSigner {
    private static final String SEPARATOR = "\u2063";
    private static final int CURVE_BITS = 256;
    private static final Pattern NETWORK = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");

    private final String network;
    private final PrivateKey key;

    /// How an ad is seen.
    public enum Fidelity {
        VIEW(0),
        CLICK(1);

        private final int number;

        Fidelity(int number) {
            this.number = number;
        }

        /// As Apple counts.
        public int number() {
            return number;
        }
    }

    /// A signature of SKAdNetwork and what it was made with.
    ///
    /// @param nonce a UUID in lower case, as it was signed
    /// @param timestamp epoch milliseconds
    /// @param signature in DER, base64
    public record Signed(Fidelity fidelity, String nonce, long timestamp, String signature) {}

    private AdSigner(String network, PrivateKey key) {
        this.network = network;
        this.key = key;
    }

    /// Throws IllegalArgumentException for what is no id or no key.
    ///
    /// @param network id that Apple gave, in lower case, such as `example123.skadnetwork`
    /// @param key private key on P-256, as PKCS#8 in base64
    public static AdSigner of(String network, String key) {
        if (!NETWORK.matcher(network).matches()) {
            throw new IllegalArgumentException(
                    "ad network id \"%s\"; expected is one in lower case".formatted(network));
        }
        try {
            var spec = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(key));
            var read = KeyFactory.getInstance("EC").generatePrivate(spec);
            if (read instanceof ECPrivateKey onCurve
                    && onCurve.getParams().getCurve().getField().getFieldSize() == CURVE_BITS) {
                return new AdSigner(network, read);
            }
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            // Told below, without a word of the key.
        }
        throw new IllegalArgumentException("not a private key on P-256 as PKCS#8 in base64");
    }

    public String network() {
        return network;
    }

    /// Signs an ad of SKAdNetwork.
    ///
    /// @param nonce never used before: Apple takes each once
    /// @param timestamp epoch milliseconds
    public Signed sign(AppleAd ad, Fidelity fidelity, UUID nonce, long timestamp) {
        var text = signedText(ad, fidelity, nonce, timestamp).getBytes(StandardCharsets.UTF_8);
        return new Signed(
                fidelity,
                nonce.toString(),
                timestamp,
                Base64.getEncoder().encodeToString(signature("SHA256withECDSA", text)));
    }

    /// The text that is signed; Apple's order is the same in all versions from 2.2 on.
    String signedText(AppleAd ad, Fidelity fidelity, UUID nonce, long timestamp) {
        if (ad.version() == Version.ADATTRIBUTIONKIT) {
            throw new IllegalArgumentException("AdAttributionKit has impressions instead");
        }
        List<Object> parts = new ArrayList<>();
        parts.add(ad.version().word());
        parts.add(network);
        parts.add(ad.source());
        parts.add(ad.app());
        parts.add(nonce.toString().toLowerCase(Locale.ROOT));
        parts.add(ad.sourceApp());
        parts.add(fidelity.number());
        parts.add(timestamp);
        return String.join(SEPARATOR, parts.stream().map(String::valueOf).toList());
    }

    /// An impression of AdAttributionKit, as a compact JWS.
    ///
    /// @param id never used before
    /// @param timestamp epoch milliseconds
    /// @param mayReengage whether it may bring back somebody who has the app
    public String impression(AppleAd ad, UUID id, long timestamp, boolean mayReengage) {
        if (ad.version() != Version.ADATTRIBUTIONKIT) {
            throw new IllegalArgumentException("SKAdNetwork has signatures instead");
        }
        // Nothing in it needs escaping.
        var header = "{\"alg\":\"ES256\",\"kid\":\"%s\"}".formatted(network);
        var payload =
                """
                {"impression-identifier":"%s","publisher-item-identifier":%d,\
                "impression-type":"app-impression","ad-network-identifier":"%s",\
                "source-identifier":%d,"timestamp":%d,"advertised-item-identifier":%d%s}\
                """
                        .formatted(
                                id,
                                ad.sourceApp(),
                                network,
                                ad.source(),
                                timestamp,
                                ad.app(),
                                mayReengage ? ",\"eligible-for-re-engagement\":true" : "");
        var text =
                part(header.getBytes(StandardCharsets.UTF_8))
                        + '.'
                        + part(payload.getBytes(StandardCharsets.UTF_8));
        return text
                + '.'
                + part(
                        signature(
                                "SHA256withECDSAinP1363Format",
                                text.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String part(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private byte[] signature(String algorithm, byte[] text) {
        try {
            var signing = Signature.getInstance(algorithm);
            signing.initSign(key);
            signing.update(text);
            return signing.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key that was read does not sign", e);
        }
    }

    /// Without the key.
    @Override
    public String toString() {
        return "AdSigner[" + network + "]";
    }
}
