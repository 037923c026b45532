package matchback.model;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs click ids and tells authentic ones from all the other values that arrive in their place.
///
/// Safe for use by many threads.
public final class ClickIds {
    /// How far a click id's time may lie ahead of ours.
    public static final long SKEW_MILLIS = 5 * 60_000L;

    /// Within this time of a change of keys both are tried.
    public static final long KEY_OVERLAP_MILLIS = 10 * 60_000L;

    private static final int TRUNCATED_CHARS_MIN = 10;

    /// What a value turned out to be.
    public sealed interface Reading {
        /// An id of this installation, unchanged. Whether its click exists is another question.
        record Authentic(ClickId id) implements Reading {}

        /// Anything else, and why.
        record Refused(Reason reason) implements Reading {}
    }

    private final List<ClickIdKey> keys;
    private final List<ThreadLocal<Mac>> macs;
    private final long installedAtMillis;
    private final ForeignClickIds foreign;

    /// @param keys at least one
    /// @param installedAtMillis no id of this installation is older
    public ClickIds(List<ClickIdKey> keys, long installedAtMillis, ForeignClickIds foreign) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("no key for click ids");
        }
        this.keys = keys.stream().sorted(Comparator.comparingLong(ClickIdKey::fromMillis)).toList();
        this.macs = this.keys.stream().map(ClickIds::macs).toList();
        this.installedAtMillis = installedAtMillis;
        this.foreign = foreign;
    }

    /// The id with the given content and the tag that makes it authentic.
    public ClickId signed(long millis, int campaign, int flags, int node, int sequence) {
        var untagged = new ClickId(millis, campaign, flags, node, sequence, 0);
        var tag = tag(untagged.bytes(), macs.get(keyIndex(millis)).get());
        return new ClickId(millis, campaign, flags, node, sequence, tag);
    }

    /// Tells what a value is: shape first, then the tag. Takes no look-up.
    ///
    /// @param nowMillis when the value was received
    public Reading read(String value, long nowMillis) {
        if (value.length() == ClickId.CHARS && Crockford.isText(value)) {
            var bytes = Crockford.bytes(value);
            var id = ClickId.ofBytes(bytes);
            if (isAuthentic(id, bytes)) {
                return new Reading.Authentic(id);
            }
            boolean foreignTime = !isPlausible(id.millis(), nowMillis);
            return new Reading.Refused(
                    foreignTime && foreign.matches(value)
                            ? Reason.FOREIGN_CLICK_ID
                            : Reason.FORGED_CLICK_ID);
        }
        if (value.length() >= TRUNCATED_CHARS_MIN
                && value.length() < ClickId.CHARS
                && Crockford.isText(value)
                && isPlausible(leadingMillis(value), nowMillis)) {
            return new Reading.Refused(Reason.TRUNCATED_CLICK_ID);
        }
        return new Reading.Refused(
                foreign.matches(value) ? Reason.FOREIGN_CLICK_ID : Reason.MALFORMED_CLICK_ID);
    }

    private boolean isPlausible(long millis, long nowMillis) {
        return millis >= installedAtMillis && millis <= nowMillis + SKEW_MILLIS;
    }

    private static long leadingMillis(String value) {
        long bits = 0;
        for (int i = 0; i < TRUNCATED_CHARS_MIN; i++) {
            bits = bits << 5 | Crockford.value(value.charAt(i));
        }
        return bits >>> 2;
    }

    private boolean isAuthentic(ClickId id, byte[] bytes) {
        for (int index : candidates(id.millis())) {
            if (sameTag(tag(bytes, macs.get(index).get()), id.tag())) {
                return true;
            }
        }
        return false;
    }

    private static boolean sameTag(long expected, long found) {
        return MessageDigest.isEqual(
                Long.toHexString(expected).getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                Long.toHexString(found).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }

    /// The key in force at a time, and its neighbours if the change is close.
    private List<Integer> candidates(long millis) {
        if (keys.size() == 1) {
            return List.of(0);
        }
        var candidates = new ArrayList<Integer>(2);
        int inForce = keyIndex(millis);
        candidates.add(inForce);
        if (inForce > 0 && millis - keys.get(inForce).fromMillis() <= KEY_OVERLAP_MILLIS) {
            candidates.add(inForce - 1);
        }
        int next = inForce + 1;
        if (next < keys.size() && keys.get(next).fromMillis() - millis <= KEY_OVERLAP_MILLIS) {
            candidates.add(next);
        }
        return candidates;
    }

    private int keyIndex(long millis) {
        int index = keys.size() - 1;
        while (index > 0 && keys.get(index).fromMillis() > millis) {
            index--;
        }
        return index;
    }

    /// First 44 bits of the HMAC over the first 116 bits of an id.
    private static long tag(byte[] id, Mac mac) {
        mac.update(id, 0, 14);
        mac.update((byte) (id[14] & 0xF0));
        var full = mac.doFinal();
        long tag = 0;
        for (int i = 0; i < 6; i++) {
            tag = tag << 8 | (full[i] & 0xFF);
        }
        return tag >>> 4;
    }

    private static ThreadLocal<Mac> macs(ClickIdKey key) {
        var secret = key.secret();
        return ThreadLocal.withInitial(() -> {
            try {
                var mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(secret, "HmacSHA256"));
                return mac;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java platform has HmacSHA256", e);
            }
        });
    }

    /// The canonical spelling of a value that may be a click id.
    public static String canonical(String value) {
        return value.toUpperCase(Locale.ROOT);
    }
}
