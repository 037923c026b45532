package matchback.model;

import java.util.Arrays;

/// A key for click ids and the time from which it signs. Keys are never removed: an id stays
/// verifiable for 25 months, and whoever restores a backup needs them.
///
/// @param fromMillis epoch milliseconds from which on ids are signed with it
/// @param secret at least 32 bytes
public record ClickIdKey(long fromMillis, byte[] secret) {
    public static final int SECRET_BYTES_MIN = 32;

    public ClickIdKey {
        if (secret.length < SECRET_BYTES_MIN) {
            throw new IllegalArgumentException(
                    "key of " + secret.length + " bytes; at least " + SECRET_BYTES_MIN);
        }
        secret = secret.clone();
    }

    @Override
    public byte[] secret() {
        return secret.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClickIdKey key
                && key.fromMillis == fromMillis
                && Arrays.equals(key.secret, secret);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(fromMillis);
    }

    /// Never shows the secret.
    @Override
    public String toString() {
        return "ClickIdKey[fromMillis=" + fromMillis + "]";
    }
}
