package matchback.ledger;

import java.util.List;
import matchback.model.RecordId;

/// What of a request is personal: kept apart from the durable part, by record id, so that erasing a
/// person deletes this and leaves the ledger's chain whole.
///
/// @param salt 16 random bytes, deleted with the block: without it the hash tells nothing
/// @param address the visitor's or caller's address behind trusted proxies
/// @param userAgent of the visitor; empty for servers
/// @param method and
/// @param target the request line as it came, path and query
/// @param headers the headers worth keeping, as `name: value`; secrets masked
/// @param body as it came, cut at the limit for bodies
public record PersonalBlock(
        RecordId recordId,
        byte[] salt,
        String address,
        String userAgent,
        String method,
        String target,
        List<String> headers,
        byte[] body) {

    public PersonalBlock {
        headers = List.copyOf(headers);
    }
}
