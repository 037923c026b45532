package matchback.model;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// Percent-encoding (RFC 3986 §2.1) of texts in UTF-8.
public final class Percent {
    private static final String HEX = "0123456789ABCDEF";

    /// A decoded text, and whether the bytes were well-formed: complete escapes, valid UTF-8, no
    /// NUL. Malformed bytes stand as U+FFFD.
    public record Decoded(String text, boolean isIntact) {}

    private Percent() {}

    /// Appends the text with everything but unreserved characters (RFC 3986 §2.3) encoded, so that
    /// it stays one value wherever it stands in a URL.
    public static void encode(String text, StringBuilder out) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isUnreserved(c)) {
                out.append(c);
            } else if (c < 0x80) {
                escape(c, out);
            } else {
                int end = Character.isHighSurrogate(c) && i + 1 < text.length() ? i + 2 : i + 1;
                for (byte b : text.substring(i, end).getBytes(StandardCharsets.UTF_8)) {
                    escape(b & 0xFF, out);
                }
                i = end - 1;
            }
        }
    }

    public static String encode(String text) {
        var out = new StringBuilder(text.length() + 16);
        encode(text, out);
        return out.toString();
    }

    /// Decodes one name or value of a query or form.
    ///
    /// @param plusIsSpace as application/x-www-form-urlencoded wants it
    public static Decoded decode(String text, boolean plusIsSpace) {
        if (isPlain(text, plusIsSpace)) {
            return new Decoded(text, true);
        }
        var raw = text.getBytes(StandardCharsets.UTF_8);
        var bytes = new byte[raw.length];
        int length = 0;
        // Half of a surrogate pair has no bytes; it stands as a question mark.
        boolean intact = StandardCharsets.UTF_8.newEncoder().canEncode(text);
        for (int i = 0; i < raw.length; i++) {
            int value = raw[i];
            if (value == '%') {
                int high = i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
                int low = high >= 0 ? Character.digit(raw[i + 2], 16) : -1;
                if (low >= 0) {
                    value = high << 4 | low;
                    i += 2;
                } else {
                    intact = false;
                }
            } else if (value == '+' && plusIsSpace) {
                value = ' ';
            }
            intact &= value != 0;
            bytes[length++] = (byte) value;
        }
        return utf8(bytes, length, intact);
    }

    /// The decoded text, whatever its bytes.
    public static String decodeLeniently(String text) {
        return decode(text, false).text();
    }

    private static Decoded utf8(byte[] bytes, int length, boolean intact) {
        try {
            var text =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .decode(ByteBuffer.wrap(bytes, 0, length))
                            .toString();
            return new Decoded(text, intact);
        } catch (CharacterCodingException _) {
            return new Decoded(new String(bytes, 0, length, StandardCharsets.UTF_8), false);
        }
    }

    private static boolean isPlain(String text, boolean plusIsSpace) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%' || c == 0 || c >= 0x80 || (plusIsSpace && c == '+')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isUnreserved(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '.'
                || c == '_'
                || c == '~';
    }

    private static void escape(int value, StringBuilder out) {
        out.append('%').append(HEX.charAt(value >> 4)).append(HEX.charAt(value & 15));
    }
}
