package matchback.ingest.apple;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/// Checks ECDSA signatures over SHA-256 with one public key. Safe for use by many threads.
///
/// The JDK reads keys on P-192 but checks no signature with them ("Curve not supported:
/// secp192r1"), so those go to BouncyCastle, named with every call; it is installed nowhere.
final class EcdsaCheck {
    enum Form {
        /// ASN.1 DER, as SKAdNetwork sends it.
        DER("SHA256withECDSA"),
        /// r and s, 32 bytes each, as in a JWS.
        FIXED("SHA256withECDSAinP1363Format");

        private final String algorithm;

        Form(String algorithm) {
            this.algorithm = algorithm;
        }
    }

    private static final BouncyCastleProvider BOUNCY_CASTLE = new BouncyCastleProvider();

    private final PublicKey key;
    private final Form form;
    private final boolean isOldCurve;

    private EcdsaCheck(PublicKey key, Form form, boolean isOldCurve) {
        this.key = key;
        this.form = form;
        this.isOldCurve = isOldCurve;
    }

    /// With a key on P-256. Throws IllegalArgumentException for what is no key.
    static EcdsaCheck ofP256(String key, Form form) {
        return of(key, form, false);
    }

    /// With a key on P-192, in DER. Throws IllegalArgumentException for what is no key.
    static EcdsaCheck ofP192(String key) {
        return of(key, Form.DER, true);
    }

    private static EcdsaCheck of(String key, Form form, boolean isOldCurve) {
        try {
            var spec = new X509EncodedKeySpec(Base64.getDecoder().decode(key));
            var factory =
                    isOldCurve
                            ? KeyFactory.getInstance("EC", BOUNCY_CASTLE)
                            : KeyFactory.getInstance("EC");
            return new EcdsaCheck(factory.generatePublic(spec), form, isOldCurve);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "not an elliptic curve key in X.509 SubjectPublicKeyInfo, base64", e);
        }
    }

    boolean fits(byte[] text, byte[] signature) {
        try {
            var check =
                    isOldCurve
                            ? Signature.getInstance(form.algorithm, BOUNCY_CASTLE)
                            : Signature.getInstance(form.algorithm);
            check.initVerify(key);
            check.update(text);
            return check.verify(signature);
        } catch (GeneralSecurityException _) {
            // Of another length, or no signature at all.
            return false;
        }
    }
}
