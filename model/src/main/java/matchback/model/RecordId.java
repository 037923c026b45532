package matchback.model;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;

/// Identity of one record: 128 bits, made once at the door and kept over every internal resend. The
/// first 48 bits are the time of making in milliseconds, so ids sort by time.
///
/// @param high time (48 bits) and 16 random bits
/// @param low 64 random bits
public record RecordId(long high, long low) implements Comparable<RecordId> {

    /// Makes an id of a time in epoch milliseconds and 80 random bits.
    public static RecordId of(long millis, int random16, long random64) {
        return new RecordId(millis << 16 | (random16 & 0xFFFF), random64);
    }

    /// The id of a record that must be the same whenever it is made again.
    ///
    /// @param digest of all that makes it what it is; its first ten bytes are taken
    public static RecordId derived(long millis, byte[] digest) {
        var bytes = ByteBuffer.wrap(digest);
        return of(millis, bytes.getShort(), bytes.getLong());
    }

    /// Reads the 32 hexadecimal digits of [#toString()]; empty for anything else.
    public static Optional<RecordId> parse(String text) {
        if (text.length() != 32 || !text.chars().allMatch(HexFormat::isHexDigit)) {
            return Optional.empty();
        }
        return Optional.of(
                new RecordId(
                        Long.parseUnsignedLong(text, 0, 16, 16),
                        Long.parseUnsignedLong(text, 16, 32, 16)));
    }

    /// Epoch milliseconds of the making.
    public long millis() {
        return high >>> 16;
    }

    @Override
    public int compareTo(RecordId other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    /// 32 hexadecimal digits in lower case.
    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }
}
