package matchback.ledger.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/// Files that hold what a format looks like, in hexadecimal digits, 32 bytes a line. They are never
/// changed for a format version that was released; `-Dgolden=write` writes them anew.
public final class Golden {
    private static final Path FOLDER = Path.of("src/test/resources/golden");
    private static final int BYTES_PER_LINE = 32;

    private Golden() {}

    /// Fails unless the file holds these bytes; returns the file's.
    public static byte[] require(String name, byte[] bytes) {
        var file = FOLDER.resolve(name + ".hex");
        try {
            if ("write".equals(System.getProperty("golden"))) {
                Files.createDirectories(file.resolveSibling("."));
                Files.writeString(file, text(bytes));
            }
            assertThat(Files.readString(file)).as(name).isEqualTo(text(bytes));
            return bytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(Path file) throws IOException {
        return HexFormat.of().parseHex(Files.readString(file).replaceAll("\\s", ""));
    }

    private static String text(byte[] bytes) {
        var hex = HexFormat.of().formatHex(bytes);
        return hex.replaceAll("(.{" + BYTES_PER_LINE * 2 + "})(?=.)", "$1\n") + "\n";
    }
}
