package matchback.ingest;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/// Salts for personal blocks, drawn from the common source in large pieces: a secure generator is
/// slow and locked, and every click needs one. Safe for use by many threads.
final class Salts {
    static final int BYTES = 16;
    private static final int PIECE_BYTES = 4096;

    private static final class Piece {
        private final byte[] bytes = new byte[PIECE_BYTES];
        private int used = PIECE_BYTES;
    }

    private final RandomGenerator random;
    private final ThreadLocal<Piece> pieces = ThreadLocal.withInitial(Piece::new);

    Salts(RandomGenerator random) {
        this.random = random;
    }

    byte[] next() {
        var piece = pieces.get();
        if (piece.used == PIECE_BYTES) {
            random.nextBytes(piece.bytes);
            piece.used = 0;
        }
        var salt = Arrays.copyOfRange(piece.bytes, piece.used, piece.used + BYTES);
        Arrays.fill(piece.bytes, piece.used, piece.used + BYTES, (byte) 0);
        piece.used += BYTES;
        return salt;
    }
}
