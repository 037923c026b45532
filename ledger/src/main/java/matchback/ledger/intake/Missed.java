package matchback.ledger.intake;

import java.util.List;
import matchback.ledger.intake.Row.Header;
import matchback.model.RecordId;

/// A GET request for the tracking listener that a proxy in front of it could not hand on, as the
/// proxy's log tells of it.
///
/// @param id of the record it becomes, made of the log's line: the same line is the same record
/// @param at when it came, in epoch milliseconds
/// @param target path and query
/// @param host it was meant for; empty when the log does not tell
/// @param address of whoever sent it
/// @param status what the proxy answered
public record Missed(
        RecordId id,
        long at,
        String target,
        String host,
        String address,
        String userAgent,
        int status) {

    /// Name of the header that marks what was recovered, with the proxy's status.
    public static final String MARK = "Matchback-Recovered";

    /// The headers as far as they are known.
    public List<Header> headers() {
        return List.of(
                new Header("Host", host),
                new Header("User-Agent", userAgent),
                new Header(MARK, Integer.toString(status)));
    }
}
