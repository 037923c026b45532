package matchback.client.spring;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// What can be set, as `matchback.url` and so on.
///
/// @param url the sender's postback URL without parameters, such as
///   `https://track.example/postback/shop`
/// @param outbox a folder on a disk that outlives the process, of this process alone
/// @param token of the sender; or
/// @param keyId and
/// @param secret of its signature
@ConfigurationProperties("matchback")
public record MatchbackProperties(
        @Nullable URI url,
        @Nullable Path outbox,
        @Nullable String token,
        @Nullable String keyId,
        @Nullable String secret) {

    /// Keeps secrets out of logs and of pages that show settings.
    @Override
    public String toString() {
        return "MatchbackProperties[url=%s, outbox=%s]".formatted(url, outbox);
    }
}
