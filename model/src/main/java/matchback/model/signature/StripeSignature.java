package matchback.model.signature;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// The header `Stripe-Signature: t=<seconds>,v1=<hex>`: HMAC-SHA-256 over `time.body` with the
/// secret's text as key, its prefix included. Several `v1` may stand there, other entries are
/// passed over. There is no id in it, so time and the content's digest are the nonce.
public record StripeSignature(
        byte[] head, byte[] body, List<byte[]> signatures, long signedAt, String nonce)
        implements Signature {
    private static final String HEADER = "Stripe-Signature";
    private static final int SIGNATURES_MAX = 8;

    public static Reading read(SignedRequest request) {
        var value = request.header().apply(HEADER);
        if (value.isEmpty()) {
            return new Reading.Absent();
        }
        var time = "";
        var signatures = new ArrayList<byte[]>();
        for (var entry : value.split(",", 2 * SIGNATURES_MAX)) {
            var text = entry.strip();
            if (text.startsWith("t=")) {
                time = text.substring(2);
            } else if (text.startsWith("v1=") && signatures.size() < SIGNATURES_MAX) {
                add(text.substring(3), signatures);
            }
        }
        long signedAt = Signature.millis(time);
        if (signedAt < 0) {
            return new Reading.Unreadable("the header " + HEADER + " has no time t in seconds");
        }
        if (signatures.isEmpty()) {
            return new Reading.Unreadable("the header " + HEADER + " has no entry v1");
        }
        var head = Digests.utf8(time + '.');
        // Not the signature itself: one with a second entry is the same message once more.
        var nonce = HexFormat.of().formatHex(Digests.sha256(request.body())) + '.' + time;
        return new Reading.Shown(
                new StripeSignature(head, request.body(), signatures, signedAt, nonce));
    }

    private static void add(String hex, List<byte[]> signatures) {
        try {
            signatures.add(HexFormat.of().parseHex(hex));
        } catch (IllegalArgumentException _) {
            // An entry that is no hexadecimal text fits no key; another of the list may.
        }
    }

    @Override
    public boolean fits(String secret) {
        var expected = Digests.hmac(Digests.utf8(secret), head, body);
        boolean fits = false;
        for (var signature : signatures) {
            fits |= Digests.same(expected, signature);
        }
        return fits;
    }

    @Override
    public String keyId() {
        return "";
    }
}
