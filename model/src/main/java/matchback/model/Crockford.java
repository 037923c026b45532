package matchback.model;

import java.util.Arrays;

/// Crockford's base 32 (crockford.com/base32.html) over whole groups of five bytes, upper case on
/// output, either case on input. The look-alikes I, L, O are not read as digits: two texts must
/// never stand for one click id.
final class Crockford {
    private static final char[] DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();
    private static final byte[] VALUES = new byte[128];

    static {
        Arrays.fill(VALUES, (byte) -1);
        for (int value = 0; value < DIGITS.length; value++) {
            VALUES[DIGITS[value]] = (byte) value;
            VALUES[Character.toLowerCase(DIGITS[value])] = (byte) value;
        }
    }

    private Crockford() {}

    /// Eight characters for each five bytes; the length must be a multiple of five.
    static String text(byte[] bytes) {
        var text = new char[bytes.length / 5 * 8];
        for (int group = 0; group < bytes.length / 5; group++) {
            long bits = 0;
            for (int i = 0; i < 5; i++) {
                bits = bits << 8 | (bytes[group * 5 + i] & 0xFF);
            }
            for (int i = 0; i < 8; i++) {
                text[group * 8 + i] = DIGITS[(int) (bits >>> (35 - 5 * i)) & 31];
            }
        }
        return new String(text);
    }

    /// The value of a digit, or -1 for any other character.
    static int value(char digit) {
        return digit < 128 ? VALUES[digit] : -1;
    }

    static boolean isText(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (value(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    /// The bytes of a text for which [#isText(String)] holds and whose length is a multiple of 8.
    static byte[] bytes(String text) {
        var bytes = new byte[text.length() / 8 * 5];
        for (int group = 0; group < text.length() / 8; group++) {
            long bits = 0;
            for (int i = 0; i < 8; i++) {
                bits = bits << 5 | value(text.charAt(group * 8 + i));
            }
            for (int i = 0; i < 5; i++) {
                bytes[group * 5 + i] = (byte) (bits >>> (32 - 8 * i));
            }
        }
        return bytes;
    }
}
