package matchback.deliver;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A destination's access token, as far as there is one. Used by one thread.
final class AccessToken {
    /// It is asked for anew this long before its end, or a tenth of its life when that is shorter.
    private static final Duration MARGIN_MAX = Duration.ofMinutes(5);

    private static final int MARGIN_SHARE = 10;

    private @Nullable String value;
    private long usableUntil;
    private boolean isAsked;

    /// Whether what it was asked for with has changed since.
    private boolean isOutdated;

    Optional<String> at(long now) {
        return now < usableUntil ? Optional.ofNullable(value) : Optional.empty();
    }

    /// Epoch milliseconds; 0 without one.
    long usableUntil() {
        return usableUntil;
    }

    boolean isAsked() {
        return isAsked;
    }

    void asked() {
        isAsked = true;
        isOutdated = false;
    }

    void came(TokenAnswer.Token token, long now) {
        isAsked = false;
        if (isOutdated) {
            return;
        }
        var share = token.lifetime().dividedBy(MARGIN_SHARE);
        var margin = share.compareTo(MARGIN_MAX) < 0 ? share : MARGIN_MAX;
        value = token.value();
        usableUntil = now + token.lifetime().minus(margin).toMillis();
    }

    void failed() {
        isAsked = false;
    }

    /// It was refused; does nothing when there is another one by now.
    void refused(String token) {
        if (token.equals(value)) {
            forget();
        }
    }

    void forget() {
        value = null;
        usableUntil = 0;
        isOutdated = true;
    }
}
