package matchback.ingest;

import java.util.Optional;
import matchback.model.Params;
import matchback.model.Percent;
import matchback.model.TokenFingerprints;

/// The page in the middle of a hidden referrer: `/r?u=<url>&t=<end>&s=<signature>`. It leads only
/// where we signed that it leads, and for a few minutes only.
public final class SignedHop {
    private static final long SECONDS = 600;
    private static final int MILLIS = 1000;

    private final TokenFingerprints fingerprints;

    public SignedHop(TokenFingerprints fingerprints) {
        this.fingerprints = fingerprints;
    }

    /// The query of a page that goes on to a URL.
    public String query(String url, long nowMillis) {
        var end = Long.toString(nowMillis / MILLIS + SECONDS);
        var out = new StringBuilder("u=");
        Percent.encode(url, out);
        return out.append("&t=").append(end).append("&s=").append(signature(url, end)).toString();
    }

    /// Where such a page goes on to; empty when it is not ours, or too old.
    public Optional<String> url(String query, long nowMillis) {
        var params = Params.ofQuery(query);
        var url = params.first("u");
        var end = params.first("t");
        boolean isOurs = !url.isEmpty() && params.first("s").equals(signature(url, end));
        return isOurs && Long.parseLong(end) * MILLIS > nowMillis
                ? Optional.of(url)
                : Optional.empty();
    }

    private String signature(String url, String end) {
        return fingerprints.of("hop: " + end + ' ' + url);
    }
}
