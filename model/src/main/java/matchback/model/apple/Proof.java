package matchback.model.apple;

import java.util.Locale;

/// What is known of a postback's origin.
public enum Proof {
    /// Signed with a key of Apple's production.
    APPLE,
    /// Signed with a key that everyone with a device in developer mode can make use of: never a
    /// conversion, unless an app is told to take it.
    DEVELOPMENT,
    /// The signature does not fit the key that its version asks for.
    FORGED;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
