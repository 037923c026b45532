package matchback.ingest.http;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The addresses at which other trackers take postbacks, taken here as they are: who moves from one
/// of them changes a DNS record and no network's settings. Sources of each stand in the catalogue
/// of templates (trackers.json).
final class DropIn {
    /// FunnelFlux, ClickFlare (its newer and its older one), Prosper202.
    private static final Set<String> PATHS =
            Set.of("/pb", "/cf/cv", "/cf/postback", "/tracking202/static/gpb.php");

    /// Binom v1 and v2. Its click links share the address, so a postback is what names a
    /// conversion.
    private static final Set<String> BINOM = Set.of("/click.php", "/click");

    private static final String BINOM_CLICK_ID = "cnv_id=";

    /// Keitaro and Orbitra: the key before the word, with our secret where the sender has one.
    private static final Pattern KEYED =
            Pattern.compile("/([A-Za-z0-9_-]{1,64}(?:\\.[A-Za-z0-9_-]{1,64})?)/postback");

    private DropIn() {}

    /// The key of the sender whose postback it is, empty for one that names none; nothing when it
    /// is no such address.
    static Optional<String> sender(String path, String query) {
        var plain = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        if (PATHS.contains(plain) || (BINOM.contains(plain) && namesConversion(query))) {
            return Optional.of("");
        }
        var keyed = KEYED.matcher(plain);
        return keyed.matches() ? Optional.of(keyed.group(1)) : Optional.empty();
    }

    private static boolean namesConversion(String query) {
        return query.startsWith(BINOM_CLICK_ID) || query.contains('&' + BINOM_CLICK_ID);
    }
}
