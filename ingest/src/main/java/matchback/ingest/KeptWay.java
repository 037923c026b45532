package matchback.ingest;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import matchback.model.TokenFingerprints;
import matchback.model.catalog.Campaign;
import matchback.model.routing.Choice.Kept;

/// What was chosen for a visitor, kept with the visitor: a cookie for each campaign, signed, so
/// that nobody chooses for themselves. We keep nothing.
///
/// `<end, epoch seconds>.<path, base64url>.<lander>.<offer>.<signature>`
final class KeptWay {
    private static final String NAME = "mb_way_";
    private static final int PARTS = 5;
    private static final int CHARS_MAX = 1024;
    private static final int MILLIS = 1000;

    private final TokenFingerprints fingerprints;

    KeptWay(TokenFingerprints fingerprints) {
        this.fingerprints = fingerprints;
    }

    /// What was chosen before; empty when the campaign does not ask for it, or the cookie is
    /// missing, over, or not ours.
    Optional<Kept> read(Campaign campaign, RequestHeaders headers, long nowMillis) {
        return campaign.routes().stickyDays() == 0
                ? Optional.empty()
                : Cookies.value(headers, NAME + campaign.number())
                        .flatMap(value -> read(campaign, value, nowMillis));
    }

    private Optional<Kept> read(Campaign campaign, String value, long nowMillis) {
        var parts = value.split("\\.", -1);
        if (value.length() > CHARS_MAX || parts.length != PARTS) {
            return Optional.empty();
        }
        var signed = value.substring(0, value.lastIndexOf('.'));
        // Constant time is not needed: whoever guesses a signature gains a choice of pages.
        if (!signature(campaign, signed).equals(parts[4])
                || Long.parseLong(parts[0]) * MILLIS <= nowMillis) {
            return Optional.empty();
        }
        var path = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        return Optional.of(new Kept(path, parts[2], parts[3]));
    }

    /// The Set-Cookie header that keeps a choice from now on.
    String cookie(Campaign campaign, Kept kept, long nowMillis) {
        var time = Duration.ofDays(campaign.routes().stickyDays());
        var path = kept.path().getBytes(StandardCharsets.UTF_8);
        var signed =
                (nowMillis + time.toMillis()) / MILLIS
                        + "."
                        + Base64.getUrlEncoder().withoutPadding().encodeToString(path)
                        + '.'
                        + kept.lander()
                        + '.'
                        + kept.offer();
        return Cookies.set(
                NAME + campaign.number(),
                signed + '.' + signature(campaign, signed),
                time.toSeconds());
    }

    private String signature(Campaign campaign, String signed) {
        return fingerprints.of("kept way: " + campaign.number() + ' ' + signed);
    }
}
