package matchback.model.signature;

import java.util.HexFormat;

/// What the door found out about the signature of a postback. Free of secrets; whether it is
/// enough, the rules decide.
public sealed interface Evidence {
    /// The sender whose keys were tried; empty when it is all senders'.
    String sender();

    /// A key of the sender fits.
    ///
    /// @param keyId of the key
    /// @param signedAt epoch milliseconds; 0 when the scheme has no time
    /// @param nonce its fingerprint
    record Verified(String sender, String keyId, long signedAt, String nonce) implements Evidence {}

    /// No key fits, or there is nothing that could be compared.
    ///
    /// @param detail one sentence without a full stop
    record Failed(String sender, String detail) implements Evidence {}

    /// 128 bits of a digest: short, and nothing of what the sender wrote stays readable.
    static String fingerprint(String nonce) {
        return HexFormat.of().formatHex(Digests.sha256(Digests.utf8(nonce)), 0, 16);
    }
}
