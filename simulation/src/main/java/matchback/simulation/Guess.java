package matchback.simulation;

import java.time.Instant;
import java.util.random.RandomGenerator;

/// Click ids as somebody makes them up who has seen a few: 32 letters and digits of Crockford's
/// base 32, a believable time in the first 48 bits, anything after it.
final class Guess {
    private static final char[] DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();
    private static final int CHARS = 32;

    /// The ten digits that hold the time hold two bits more.
    private static final int TIME_CHARS = 10;

    private Guess() {}

    static String of(Instant time, RandomGenerator random) {
        long bits = time.toEpochMilli() << 2 | random.nextInt(4);
        var text = new StringBuilder(CHARS);
        for (int i = TIME_CHARS - 1; i >= 0; i--) {
            text.append(DIGITS[(int) (bits >>> (5 * i)) & 31]);
        }
        while (text.length() < CHARS) {
            text.append(DIGITS[random.nextInt(DIGITS.length)]);
        }
        return text.toString();
    }
}
