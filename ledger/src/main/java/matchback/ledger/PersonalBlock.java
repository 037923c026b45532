package matchback.ledger;

import java.util.List;
import java.util.Map;
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
/// @param userData what the report says of the person, by [matchback.model.Field#key()]
public record PersonalBlock(
        RecordId recordId,
        byte[] salt,
        String address,
        String userAgent,
        String method,
        String target,
        List<String> headers,
        byte[] body,
        Map<String, String> userData) {

    public PersonalBlock {
        headers = List.copyOf(headers);
        userData = Map.copyOf(userData);
    }

    /// A block that says nothing of a person beyond the request.
    public PersonalBlock(
            RecordId recordId,
            byte[] salt,
            String address,
            String userAgent,
            String method,
            String target,
            List<String> headers,
            byte[] body) {
        this(recordId, salt, address, userAgent, method, target, headers, body, Map.of());
    }
}
