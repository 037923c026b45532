package matchback.model.signature;

import java.util.Base64;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Collectors;
import matchback.model.Field;
import matchback.model.Params;
import matchback.model.Params.Param;
import matchback.model.Percent;

/// A signed URL, for postbacks sent by GET: `…&ts=<seconds>&nonce=<16 or more characters>&kid=<key
/// id>&sig=<base64url of HMAC-SHA-256>`.
///
/// Signed are, joined by line feeds: the method; the host in lower case, with its port if the URL
/// has one; the path as it stands in the URL; all parameters but `sig`, decoded and encoded again
/// (everything but `A-Z a-z 0-9 - . _ ~`), sorted by name, joined like a query; and the SHA-256 of
/// the body in hexadecimal digits. The key is the secret's text. A name may stand there only once.
public record SignedQuery(
        String signedText, byte[] signature, String keyId, long signedAt, String nonce)
        implements Signature {
    /// Shortest nonce; shorter ones repeat by chance.
    public static final int NONCE_CHARS_MIN = 16;

    private static final String SIG = Field.SIGNATURE.names().getFirst();
    private static final String TIME = Field.SIGNATURE_TIME.names().getFirst();
    private static final String NONCE = Field.NONCE.names().getFirst();
    private static final String KEY_ID = Field.KEY_ID.names().getFirst();

    public static Reading read(SignedRequest request) {
        var params = Params.ofQuery(request.query());
        if (params.named(SIG).isEmpty()) {
            return new Reading.Absent();
        }
        var names = new HashSet<String>();
        for (var param : params.list()) {
            if (!param.isIntact()) {
                return new Reading.Unreadable("a parameter is not well-formed UTF-8");
            }
            if (!names.add(param.name())) {
                return new Reading.Unreadable(
                        "the parameter " + cut(param.name()) + " is there twice");
            }
        }
        if (params.list().size() >= Params.COUNT_MAX) {
            return new Reading.Unreadable("there are too many parameters");
        }
        return read(request, params);
    }

    private static Reading read(SignedRequest request, Params params) {
        long signedAt = Signature.millis(params.first(TIME));
        if (signedAt < 0) {
            return new Reading.Unreadable("the parameter ts is no time in seconds");
        }
        var nonce = params.first(NONCE);
        if (nonce.length() < NONCE_CHARS_MIN || nonce.length() > TEXT_CHARS_MAX) {
            return new Reading.Unreadable(
                    "the parameter nonce needs at least " + NONCE_CHARS_MIN + " characters");
        }
        if (params.first(KEY_ID).isEmpty()) {
            return new Reading.Unreadable("the parameter kid is missing");
        }
        byte[] signature;
        try {
            signature = Base64.getUrlDecoder().decode(params.first(SIG));
        } catch (IllegalArgumentException _) {
            return new Reading.Unreadable("the parameter sig is no base64url");
        }
        return new Reading.Shown(
                new SignedQuery(
                        text(request, params), signature, params.first(KEY_ID), signedAt, nonce));
    }

    /// The text that is signed.
    public static String text(SignedRequest request) {
        return text(request, Params.ofQuery(request.query()));
    }

    private static String text(SignedRequest request, Params params) {
        var query =
                params.list().stream()
                        .filter(param -> !param.name().equals(SIG))
                        .sorted(Comparator.comparing(Param::name).thenComparing(Param::value))
                        .map(param ->
                                Percent.encode(param.name()) + '=' + Percent.encode(param.value()))
                        .collect(Collectors.joining("&"));
        return String.join(
                "\n",
                request.method(),
                request.host().toLowerCase(Locale.ROOT),
                request.path(),
                query,
                HexFormat.of().formatHex(Digests.sha256(request.body())));
    }

    /// The value of `sig` for a text.
    public static String sign(String text, String secret) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Digests.hmac(Digests.utf8(secret), Digests.utf8(text)));
    }

    @Override
    public boolean fits(String secret) {
        return Digests.same(
                Digests.hmac(Digests.utf8(secret), Digests.utf8(signedText)), signature);
    }

    private static String cut(String name) {
        return name.length() <= 64 ? name : name.substring(0, 64);
    }
}
