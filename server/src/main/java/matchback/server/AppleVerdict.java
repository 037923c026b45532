package matchback.server;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import matchback.ingest.apple.AppleKeys;

/// What the doctor says of the keys that Apple's postbacks are checked with.
final class AppleVerdict {
    private static final int FINGERPRINT_BYTES = 4;

    private AppleVerdict() {}

    static Verdict of(AppleKeys keys) {
        var published = names(AppleKeys.PUBLISHED);
        var found = new ArrayList<String>();
        boolean isPublished = true;
        for (var entry : names(keys).entrySet()) {
            boolean isSame = entry.getValue().equals(published.get(entry.getKey()));
            isPublished &= isSame;
            found.add(
                    entry.getKey()
                            + ' '
                            + fingerprint(entry.getValue())
                            + (isSame ? "" : " (set)"));
        }
        var text = String.join(", ", found);
        return isPublished
                ? Verdict.ok("apple keys", text + ": as Apple published them")
                : Verdict.warn("apple keys", text + ": not all as Apple published them");
    }

    private static Map<String, String> names(AppleKeys keys) {
        var names = new TreeMap<String, String>();
        names.put("SKAdNetwork 1.0-2.0", keys.skanOld());
        names.put("SKAdNetwork 2.1+", keys.skan());
        names.putAll(keys.production());
        keys.development().forEach((kid, key) -> names.put(kid + " (tests)", key));
        return names;
    }

    private static String fingerprint(String key) {
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(key.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest, 0, FINGERPRINT_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
