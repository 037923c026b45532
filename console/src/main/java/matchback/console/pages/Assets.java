package matchback.console.pages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Scripts, styles and icons, read from the jar once. The hash over all of them stands in their
/// path, so a browser may keep them for good and a new build is seen at once.
public final class Assets {
    private static final String FOLDER = "/assets/";
    private static final Map<String, String> TYPES =
            Map.of(
                    "console.css", "text/css; charset=utf-8",
                    "console.js", "text/javascript; charset=utf-8",
                    "favicon.svg", "image/svg+xml",
                    "htmx.min.js", "text/javascript; charset=utf-8",
                    "icons.svg", "image/svg+xml",
                    "uPlot.iife.min.js", "text/javascript; charset=utf-8",
                    "uPlot.min.css", "text/css; charset=utf-8");

    private final Map<String, Asset> assets;
    private final String hash;

    record Asset(String type, byte[] content) {}

    private Assets(Map<String, Asset> assets, String hash) {
        this.assets = assets;
        this.hash = hash;
    }

    static Assets ofJar() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            var assets = new LinkedHashMap<String, Asset>();
            for (var name : TYPES.keySet().stream().sorted().toList()) {
                var content = read(FOLDER + name);
                digest.update(content);
                assets.put(name, new Asset(TYPES.getOrDefault(name, ""), content));
            }
            return new Assets(assets, HexFormat.of().formatHex(digest.digest(), 0, 6));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static byte[] read(String resource) {
        try (var in = Assets.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + resource);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The path under which an asset is served by this build.
    public String path(String name) {
        return FOLDER + hash + '/' + name;
    }

    /// The asset of this build at a path, or empty for anything else.
    Optional<Asset> at(String pathHash, String name) {
        return pathHash.equals(hash) ? Optional.ofNullable(assets.get(name)) : Optional.empty();
    }
}
