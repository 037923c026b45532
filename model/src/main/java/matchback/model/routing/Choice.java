package matchback.model.routing;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import matchback.model.catalog.Lander;
import matchback.model.catalog.Offer;

/// Where a visitor goes, and why.
///
/// @param path name of the path; empty for the campaign's own offers
/// @param causes why it is this path, this lander, this offer, in words of [#PATH_BY] and so on
public record Choice(
        String path, Optional<Lander> lander, Offer offer, Map<String, String> causes) {
    public static final String PATH = "path";
    public static final String LANDER = "lander";

    /// `rule country=DE`, `weight 30 of 100`, `only default path`, `kept`, `no path matches`.
    public static final String PATH_BY = "path_by";

    /// `weight 1 of 2`, `kept`; not there for the only one.
    public static final String LANDER_BY = "lander_by";

    /// `weight 30 of 100`, `kept`; not there for the only one.
    public static final String OFFER_BY = "offer_by";

    /// Paths whose rules were met but that were full or had no open offer, with the reason.
    public static final String PASSED_BY = "passed_by";

    /// Key of the offer that was chosen, of a click whose visitor took another button since.
    public static final String FIRST_OFFER = "first_offer";

    public Choice {
        causes = Map.copyOf(causes);
    }

    /// What stands of the choice in a click, by word. Nothing for a campaign without paths.
    public Map<String, String> traits() {
        var traits = new LinkedHashMap<>(causes);
        if (!path.isEmpty()) {
            traits.put(PATH, path);
        }
        lander.ifPresent(page -> traits.put(LANDER, page.key()));
        return traits;
    }

    /// The same as keys, for a visitor who is to be sent the same way again.
    public Kept kept() {
        return new Kept(path, lander.map(Lander::key).orElse(""), offer.key());
    }

    /// A choice that was made for a visitor before.
    ///
    /// @param path name of the path; empty for the campaign's own offers
    /// @param lander key; empty for none
    /// @param offer key
    public record Kept(String path, String lander, String offer) {}
}
