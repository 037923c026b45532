package matchback.model.signature;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/// Standard Webhooks (github.com/standard-webhooks/standard-webhooks): the headers `webhook-id`,
/// `webhook-timestamp` and `webhook-signature`, or the same with `svix-`. Signed is `id.time.body`.
/// `v1` is HMAC-SHA-256 with a secret `whsec_…`, `v1a` is Ed25519 with a public key `whpk_…`;
/// entries of other versions are passed over. The message id is the nonce.
///
/// @param v1 the signatures of that version
/// @param v1a the signatures of that version
public record StandardWebhooks(
        byte[] content, List<byte[]> v1, List<byte[]> v1a, long signedAt, String nonce)
        implements Signature {
    private static final String SECRET = "whsec_";
    private static final String PUBLIC_KEY = "whpk_";
    private static final int SECRET_BYTES_MIN = 24;
    private static final int SECRET_BYTES_MAX = 64;
    private static final int SIGNATURES_MAX = 8;

    /// What stands before the 32 bytes of an Ed25519 key in its X.509 form (RFC 8410 §4).
    private static final byte[] ED25519 = HexFormat.of().parseHex("302a300506032b6570032100");

    public static Reading read(SignedRequest request) {
        var signature = header(request, "signature");
        if (signature.isEmpty()) {
            return new Reading.Absent();
        }
        var id = header(request, "id");
        var time = header(request, "timestamp");
        if (id.isEmpty() || id.indexOf('.') >= 0 || id.length() > TEXT_CHARS_MAX) {
            return new Reading.Unreadable("the header webhook-id is missing or no id");
        }
        long signedAt = Signature.millis(time);
        if (signedAt < 0) {
            return new Reading.Unreadable("the header webhook-timestamp is no time in seconds");
        }
        var v1 = new ArrayList<byte[]>();
        var v1a = new ArrayList<byte[]>();
        signature
                .lines()
                .flatMap(line -> List.of(line.split(" ", -1)).stream())
                .limit(SIGNATURES_MAX)
                .forEach(entry -> {
                    add(entry, "v1,", v1);
                    add(entry, "v1a,", v1a);
                });
        if (v1.isEmpty() && v1a.isEmpty()) {
            return new Reading.Unreadable("the header webhook-signature has no entry v1");
        }
        var content = content(id, time, request.body());
        return new Reading.Shown(new StandardWebhooks(content, v1, v1a, signedAt, id));
    }

    private static byte[] content(String id, String time, byte[] body) {
        var head = Digests.utf8(id + '.' + time + '.');
        var content = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, content, head.length, body.length);
        return content;
    }

    /// Signs a message of our own: an entry of the header `webhook-signature`.
    ///
    /// @param secret as [#secret] writes it, with its prefix or without
    /// @param id of the message, without a point; the same each time it is sent
    /// @param sentAt epoch seconds at which it is sent this time
    public static String sign(String secret, String id, long sentAt, byte[] body) {
        var content = content(id, Long.toString(sentAt), body);
        var signature = Digests.hmac(decoded(withoutPrefix(secret)), content);
        return "v1," + Base64.getEncoder().encodeToString(signature);
    }

    private static String header(SignedRequest request, String name) {
        var value = request.header().apply("webhook-" + name);
        return value.isEmpty() ? request.header().apply("svix-" + name) : value;
    }

    private static void add(String entry, String version, List<byte[]> signatures) {
        if (entry.startsWith(version) && entry.length() > version.length()) {
            try {
                signatures.add(Base64.getDecoder().decode(entry.substring(version.length())));
            } catch (IllegalArgumentException _) {
                // An entry that is no base64 fits no key; another of the list may.
            }
        }
    }

    @Override
    public boolean fits(String secret) {
        if (secret.startsWith(PUBLIC_KEY)) {
            var key = decoded(secret.substring(PUBLIC_KEY.length()));
            return v1a.stream().anyMatch(signature -> isEd25519(key, signature));
        }
        var key = decoded(withoutPrefix(secret));
        if (key.length == 0) {
            return false;
        }
        var expected = Digests.hmac(key, content);
        boolean fits = false;
        for (var signature : v1) {
            fits |= Digests.same(expected, signature);
        }
        return fits;
    }

    private boolean isEd25519(byte[] key, byte[] signature) {
        if (key.length != 32) {
            return false;
        }
        var encoded = Arrays.copyOf(ED25519, ED25519.length + key.length);
        System.arraycopy(key, 0, encoded, ED25519.length, key.length);
        try {
            var verifier = java.security.Signature.getInstance("Ed25519");
            verifier.initVerify(
                    KeyFactory.getInstance("Ed25519")
                            .generatePublic(new X509EncodedKeySpec(encoded)));
            verifier.update(content);
            return verifier.verify(signature);
        } catch (GeneralSecurityException _) {
            // Neither a key that is no point of the curve nor a signature of another length fits.
            return false;
        }
    }

    /// Whether the text can be a secret or public key of this scheme.
    public static boolean isSecret(String text) {
        if (text.startsWith(PUBLIC_KEY)) {
            return decoded(text.substring(PUBLIC_KEY.length())).length == 32;
        }
        int bytes = decoded(withoutPrefix(text)).length;
        return bytes >= SECRET_BYTES_MIN && bytes <= SECRET_BYTES_MAX;
    }

    /// Whether the text can be a secret that both sides know, so that we can sign with it.
    public static boolean isSharedSecret(String text) {
        return !text.startsWith(PUBLIC_KEY) && isSecret(text);
    }

    /// The secret of these bytes as it is written.
    public static String secret(byte[] bytes) {
        return SECRET + Base64.getEncoder().encodeToString(bytes);
    }

    private static String withoutPrefix(String secret) {
        return secret.startsWith(SECRET) ? secret.substring(SECRET.length()) : secret;
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException _) {
            return new byte[0];
        }
    }

    @Override
    public String keyId() {
        return "";
    }
}
