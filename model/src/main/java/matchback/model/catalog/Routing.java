package matchback.model.catalog;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How a campaign sends its visitors, beyond offers and weights.
///
/// @param paths those with rules are tried in this order, the first whose rules are met takes the
///   visitor; else those without rules by weight; else the campaign's own offers
/// @param stickyDays for how many days a visitor who comes again is sent the same way; 0: not
/// @param referrer what the offer learns of the page the visitor came from
/// @param domain host name of the tracking link; null: that of the installation
public record Routing(
        List<RoutePath> paths, int stickyDays, Referrer referrer, @Nullable String domain) {

    public static final int STICKY_DAYS_MAX = 365;
    public static final Routing PLAIN = new Routing(List.of(), 0, Referrer.ORIGIN, null);

    /// What the page at the end of a redirect learns of where the visitor came from.
    public enum Referrer {
        /// The site, not the page.
        ORIGIN,
        /// Nothing, by a header that every current browser obeys.
        HIDDEN,
        /// Nothing but this tracker's own address, also in browsers that ignore the header: two
        /// pages in between that go on by themselves. Slower by two requests.
        DOUBLE
    }

    public Routing {
        paths = List.copyOf(paths);
    }

    public Optional<String> host() {
        return Optional.ofNullable(domain);
    }

    /// The path of a name.
    public Optional<RoutePath> path(String name) {
        return paths.stream().filter(path -> path.name().equals(name)).findFirst();
    }
}
