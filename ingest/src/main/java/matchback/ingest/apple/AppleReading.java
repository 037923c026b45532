package matchback.ingest.apple;

import matchback.model.apple.ApplePostback;
import matchback.model.apple.Proof;

/// What a request of a device turned out to be.
public sealed interface AppleReading {

    record Read(ApplePostback postback, Proof proof) implements AppleReading {}

    /// @param problem one sentence that names the field
    record Unreadable(String problem) implements AppleReading {}
}
