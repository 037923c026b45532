package matchback.ingest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/// What the test bench shows so that its postbacks are taken for tests. It is made anew at each
/// start, kept nowhere, and known to nobody outside this program.
public final class TestPass {
    /// The header it is shown in.
    public static final String HEADER = "Matchback-Test";

    private static final int BYTES = 16;

    private final String value;

    private TestPass(String value) {
        this.value = value;
    }

    /// @param random hard to predict
    public static TestPass made(RandomGenerator random) {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new TestPass(HexFormat.of().formatHex(bytes));
    }

    /// The header's line.
    public String line() {
        return HEADER + ": " + value;
    }

    boolean isShown(RequestHeaders headers) {
        return MessageDigest.isEqual(
                headers.first(HEADER).getBytes(StandardCharsets.UTF_8),
                value.getBytes(StandardCharsets.UTF_8));
    }
}
