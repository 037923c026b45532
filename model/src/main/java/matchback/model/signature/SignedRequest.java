package matchback.model.signature;

import java.util.function.UnaryOperator;

/// What signatures are computed over: the request as it came, before any parsing.
///
/// @param host as the caller named it, with the port if it named one
/// @param path not decoded
/// @param query without the question mark, not decoded
/// @param header the first line of a name, or the empty text; names without regard to case
/// @param body as it came; empty for none
public record SignedRequest(
        String method,
        String host,
        String path,
        String query,
        UnaryOperator<String> header,
        byte[] body) {}
