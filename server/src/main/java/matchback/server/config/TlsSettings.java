package matchback.server.config;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Certificate and key, both or none, for both listeners.
///
/// @param certificate PEM file with the chain
/// @param key PEM file with the private key
public record TlsSettings(@Nullable Path certificate, @Nullable Path key) {

    static final Setting<String> CERTIFICATE =
            Setting.of(
                    "tls-cert",
                    Form.FILE,
                    "",
                    "PEM file with the certificate chain, for both ports; read again when it"
                            + " changes.");
    static final Setting<String> KEY =
            Setting.of("tls-key", Form.FILE, "", "PEM file with the private key.");

    static final List<Setting<?>> ALL = List.of(CERTIFICATE, KEY);

    static TlsSettings from(Values values) {
        return new TlsSettings(file(values.get(CERTIFICATE)), file(values.get(KEY)));
    }

    private static @Nullable Path file(String text) {
        return text.isEmpty() ? null : Path.of(text);
    }

    public boolean isOn() {
        return certificate != null && key != null;
    }
}
