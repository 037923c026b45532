package matchback.ingest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import matchback.model.ClickId;
import matchback.model.ClickIds;

/// The cookie on the tracking domain that names a visitor's last clicks, one for each campaign, the
/// newest first, with dots between them. Pixels convert by it, and the button of a lander finds its
/// click.
///
/// Whoever asks not to be tracked across sites (`Sec-GPC`) gets none, but for the way from a lander
/// to the offer: until the browser is closed, and kept from other sites.
public final class ClickCookie {
    private static final int CLICKS_MAX = 5;

    /// Where the script keeps its click id; we see it where pages and tracker are of one site.
    private static final String OF_SCRIPT = "mb_click";

    private static final String OWN_SITE = "; SameSite=Lax";

    private final IngestConfig.Cookie config;
    private final ClickIds ids;

    ClickCookie(IngestConfig.Cookie config, ClickIds ids) {
        this.config = config;
        this.ids = ids;
    }

    /// The line for `Set-Cookie` after a click that led through this domain; empty for none.
    ///
    /// @param isLanded whether it led to a lander, whose button needs to know it
    public Optional<String> afterRedirect(
            RequestHeaders headers, ClickId click, boolean isLanded, long nowMillis) {
        return isLanded && !config.isOff() && isPrivate(headers)
                ? Optional.of(config.name() + '=' + click.text() + "; Path=/; HttpOnly" + OWN_SITE)
                : line(headers, click, nowMillis, "; Secure; SameSite=None");
    }

    private static boolean isPrivate(RequestHeaders headers) {
        return headers.first("Sec-GPC").equals("1");
    }

    /// The same for a click that a page told us of. There we are a third party, which browsers give
    /// a cookie for this one site at most.
    public Optional<String> afterVisit(RequestHeaders headers, ClickId click, long nowMillis) {
        return line(headers, click, nowMillis, "; Secure; SameSite=None; Partitioned");
    }

    private Optional<String> line(
            RequestHeaders headers, ClickId click, long nowMillis, String whenSecure) {
        if (config.isOff() || isPrivate(headers)) {
            return Optional.empty();
        }
        var kept = new ArrayList<String>();
        kept.add(click.text());
        clicks(headers, nowMillis).stream()
                .filter(earlier -> earlier.campaign() != click.campaign())
                .limit(CLICKS_MAX - 1)
                .forEach(earlier -> kept.add(earlier.text()));
        return Optional.of(
                config.name()
                        + "="
                        + String.join(".", kept)
                        + "; Path=/; Max-Age="
                        + config.lifetime().toSeconds()
                        + "; HttpOnly"
                        + (config.isSecure() ? whenSecure : OWN_SITE));
    }

    /// The newest click that the browser remembers.
    ///
    /// @param campaign number of the campaign it must be of; empty for any
    Optional<ClickId> newest(RequestHeaders headers, Optional<Integer> campaign, long nowMillis) {
        return clicks(headers, nowMillis).stream()
                .filter(click -> campaign.isEmpty() || campaign.get() == click.campaign())
                .findFirst();
    }

    /// Authentic ones only, newest first. There may be two cookies of the name: one for all sites,
    /// one for this.
    private List<ClickId> clicks(RequestHeaders headers, long nowMillis) {
        var found = new ArrayList<ClickId>();
        if (config.isOff()) {
            return found;
        }
        Cookies.values(headers, config.name()).forEach(value -> add(value, nowMillis, found));
        Cookies.values(headers, OF_SCRIPT).forEach(value -> add(value, nowMillis, found));
        found.sort(Comparator.comparingLong(ClickId::millis).reversed());
        return found;
    }

    private void add(String value, long nowMillis, List<ClickId> found) {
        for (var text : value.split("\\.", 2 * CLICKS_MAX)) {
            if (found.size() < 2 * CLICKS_MAX
                    && ids.read(text, nowMillis) instanceof ClickIds.Reading.Authentic(var id)) {
                found.add(id);
            }
        }
    }
}
