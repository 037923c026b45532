package matchback.store.embedded;

import java.security.SecureRandom;
import java.time.InstantSource;

/// What a new installation is made from; the clock also dates the engine's health.
public record InstallationSeed(InstantSource clock, SecureRandom random) {

    Installation newInstallation() {
        long now = clock.millis();
        var key = new byte[32];
        random.nextBytes(key);
        var fingerprintKey = new byte[32];
        random.nextBytes(fingerprintKey);
        return new Installation(
                now,
                java.util.List.of(new matchback.model.ClickIdKey(now, key)),
                fingerprintKey,
                Installation.NODE_DEFAULT);
    }
}
