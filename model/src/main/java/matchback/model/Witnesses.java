package matchback.model;

import java.util.List;
import java.util.Locale;

/// Which of the two sides that can know of a conversion reported it.
public enum Witnesses {
    SERVER,
    BROWSER,
    BOTH;

    /// @param feeds at least one
    public static Witnesses of(List<Feed> feeds) {
        if (feeds.isEmpty()) {
            throw new IllegalArgumentException("a conversion that nobody reported");
        }
        boolean byServer = feeds.stream().anyMatch(Feed::isServer);
        boolean byBrowser = !feeds.stream().allMatch(Feed::isServer);
        return byServer && byBrowser ? BOTH : byServer ? SERVER : BROWSER;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
