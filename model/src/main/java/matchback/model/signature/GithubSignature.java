package matchback.model.signature;

import java.util.HexFormat;

/// The header `X-Hub-Signature-256: sha256=<hex>`: HMAC-SHA-256 over the body alone. There is no
/// time in it, so the signature itself is the nonce: the same body is taken once.
public record GithubSignature(byte[] body, byte[] signature) implements Signature {
    private static final String HEADER = "X-Hub-Signature-256";
    private static final String PREFIX = "sha256=";

    public static Reading read(SignedRequest request) {
        var value = request.header().apply(HEADER).strip();
        if (value.isEmpty()) {
            return new Reading.Absent();
        }
        if (!value.startsWith(PREFIX) || value.length() > TEXT_CHARS_MAX) {
            return new Reading.Unreadable("the header " + HEADER + " is no sha256= and digits");
        }
        try {
            var signature = HexFormat.of().parseHex(value.substring(PREFIX.length()));
            return new Reading.Shown(new GithubSignature(request.body(), signature));
        } catch (IllegalArgumentException _) {
            return new Reading.Unreadable("the header " + HEADER + " is no sha256= and digits");
        }
    }

    @Override
    public boolean fits(String secret) {
        return Digests.same(Digests.hmac(Digests.utf8(secret), body), signature);
    }

    @Override
    public String keyId() {
        return "";
    }

    @Override
    public long signedAt() {
        return 0;
    }

    @Override
    public String nonce() {
        return HexFormat.of().formatHex(signature);
    }
}
