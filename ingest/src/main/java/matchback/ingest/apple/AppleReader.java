package matchback.ingest.apple;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Optional;
import matchback.ingest.apple.AppleReading.Unreadable;
import matchback.ingest.apple.JsonFields.Wrong;
import matchback.model.apple.ApplePostback.Protocol;

/// Reads and proves the bodies that devices post. Safe for use by many threads.
public final class AppleReader {
    /// Largest body; a postback has less than two kilobytes.
    public static final int BODY_BYTES_MAX = 16 * 1024;

    private static final ObjectReader JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(8)
                                                    .maxNumberLength(20)
                                                    .build())
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build()
                    .reader();

    private final SkanReader skan;
    private final AakReader aak;

    /// Throws IllegalArgumentException when one of the keys is none.
    public AppleReader(AppleKeys keys) {
        this.skan = new SkanReader(keys);
        this.aak = new AakReader(keys, JSON);
    }

    /// The protocol that is posted to a path, with or without a slash at its end; empty for any
    /// other path.
    public static Optional<Protocol> ofPath(String path) {
        return switch (path.endsWith("/") ? path.substring(0, path.length() - 1) : path) {
            case "/.well-known/skadnetwork/report-attribution" -> Optional.of(Protocol.SKADNETWORK);
            case "/.well-known/appattribution/report-attribution" ->
                    Optional.of(Protocol.ADATTRIBUTIONKIT);
            default -> Optional.empty();
        };
    }

    /// @param protocol of the path it was posted to
    public AppleReading read(Protocol protocol, byte[] body) {
        if (body.length > BODY_BYTES_MAX) {
            return new Unreadable("the body has more than " + BODY_BYTES_MAX + " bytes");
        }
        try {
            var node = JSON.readTree(body);
            if (!node.isObject()) {
                return new Unreadable("the body is no JSON object");
            }
            return switch (protocol) {
                case SKADNETWORK -> skan.read(node);
                case ADATTRIBUTIONKIT -> aak.read(node);
            };
        } catch (Wrong e) {
            return new Unreadable(e.problem());
        } catch (IOException _) {
            return new Unreadable("the body is no JSON");
        }
    }
}
