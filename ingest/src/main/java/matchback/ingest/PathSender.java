package matchback.ingest;

import matchback.model.Percent;
import matchback.model.catalog.SecretPath;

/// Who reports, as the path says: a sender's key, and behind a dot the secret of its URL.
///
/// @param secret empty for none
record PathSender(String key, String secret) {
    private static final String MASK = "***";

    /// @param segment of the path, decoded; empty for the bare endpoint
    static PathSender of(String segment) {
        int dot = segment.indexOf(SecretPath.SEPARATOR);
        return dot < 0
                ? new PathSender(segment, "")
                : new PathSender(segment.substring(0, dot), segment.substring(dot + 1));
    }

    /// A request target without the secret in its path.
    String masked(String target) {
        if (secret.isEmpty()) {
            return target;
        }
        int mark = target.indexOf('?');
        var path = mark < 0 ? target : target.substring(0, mark);
        var query = mark < 0 ? "" : target.substring(mark);
        // Written with escapes it would not be found, so then the path goes whole.
        return (path.contains(secret) ? path.replace(secret, MASK) : "/" + MASK) + query;
    }

    /// A proxy may have written the URL into a header of its own.
    String maskedHeader(String header) {
        if (secret.isEmpty() || !Percent.decodeLeniently(header).contains(secret)) {
            return header;
        }
        return header.contains(secret) ? header.replace(secret, MASK) : MASK;
    }
}
