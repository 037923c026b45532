package matchback.ledger.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Function;
import matchback.ledger.Fields.CorruptRecord;

/// Damages bytes in the ways disks and bugs do, from a seed.
public final class Mutations {
    private static final int COUNT = 4000;

    private Mutations() {}

    /// Decodes many damaged copies (bytes changed, cut off, left out, doubled). Each must either
    /// give some record or throw [CorruptRecord]; anything else fails the test.
    public static void requireOnlyCorruptRecords(byte[] bytes, Function<byte[], ?> decode) {
        var random = new SplittableRandom(Long.getLong("seed", 11));
        for (int length = 0; length < bytes.length; length++) {
            decode(Arrays.copyOf(bytes, length), decode);
        }
        for (int i = 0; i < COUNT; i++) {
            var damaged = bytes.clone();
            for (int changes = random.nextInt(3); changes >= 0; changes--) {
                damaged = changed(damaged, random);
            }
            decode(damaged, decode);
        }
    }

    private static void decode(byte[] damaged, Function<byte[], ?> decode) {
        try {
            assertThat(decode.apply(damaged)).isNotNull();
        } catch (CorruptRecord expected) {
            assertThat(expected.getMessage()).isNotEmpty();
        }
    }

    private static byte[] changed(byte[] bytes, SplittableRandom random) {
        if (bytes.length == 0) {
            return new byte[] {(byte) random.nextInt(256)};
        }
        int at = random.nextInt(bytes.length);
        int kind = random.nextInt(4);
        if (kind < 2) {
            var changed = bytes.clone();
            changed[at] = (byte) (kind == 0 ? random.nextInt(256) : changed[at] ^ 1 << at % 8);
            return changed;
        }
        int more = kind == 2 ? 1 : -1;
        var changed = Arrays.copyOf(bytes, bytes.length + more);
        int from = kind == 2 ? at : at + 1;
        System.arraycopy(bytes, from, changed, from + more, bytes.length - from);
        return changed;
    }
}
