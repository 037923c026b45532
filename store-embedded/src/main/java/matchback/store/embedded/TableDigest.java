package matchback.store.embedded;

/// What a table holds, in one line.
///
/// @param rows how many keys
/// @param sha256 over all keys and values in order, in hexadecimal digits
public record TableDigest(long rows, String sha256) {}
