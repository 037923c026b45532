package matchback.ingest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/// The script for pages, as it is served: its source without comments and indentation.
///
/// @param gzipped the same, compressed
/// @param tag for `ETag`; another one when the script is another
public record Script(byte[] plain, byte[] gzipped, String tag) {
    private static final int TAG_BYTES = 8;

    /// A comment must have a line of its own, and no text may go over the end of a line.
    public static Script read() {
        try (var in = Script.class.getResourceAsStream("m.js")) {
            var source =
                    new String(
                            Objects.requireNonNull(in, "m.js is missing").readAllBytes(),
                            StandardCharsets.UTF_8);
            var text =
                    source.lines()
                            .map(String::strip)
                            .filter(line -> !line.isEmpty() && !line.startsWith("//"))
                            .collect(Collectors.joining("\n", "", "\n"));
            var plain = text.getBytes(StandardCharsets.UTF_8);
            var hash = HexFormat.of().formatHex(sha256(plain), 0, TAG_BYTES);
            return new Script(plain, gzipped(plain), '"' + hash + '"');
        } catch (IOException e) {
            throw new UncheckedIOException("m.js cannot be read", e);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static byte[] gzipped(byte[] plain) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new Smallest(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }

    private static final class Smallest extends GZIPOutputStream {
        Smallest(ByteArrayOutputStream to) throws IOException {
            super(to);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }
}
