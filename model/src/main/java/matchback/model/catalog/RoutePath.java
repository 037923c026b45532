package matchback.model.catalog;

import java.util.List;
import java.util.OptionalInt;
import matchback.model.catalog.Campaign.WeightedOffer;
import org.jspecify.annotations.Nullable;

/// One of the ways a campaign sends visitors: whom it is for, and where they go.
///
/// @param name what it is known by, in reports too; unique within its campaign
/// @param weight share of the visitors whom no path with rules takes, relative to the other paths
///   without rules; 0 switches it off. A path with rules takes all that meet them
/// @param paused whether it takes nobody
/// @param rules all must be met; none: it takes whom no path with rules takes
/// @param landers pages before the offer; none: visitors go to the offer at once
/// @param clicksPerDay how many clicks a day it takes; null: any number
public record RoutePath(
        String name,
        int weight,
        boolean paused,
        List<Condition> rules,
        List<WeightedLander> landers,
        List<WeightedOffer> offers,
        @Nullable Integer clicksPerDay) {

    public static final int COUNT_MAX = 50;
    public static final int NAME_CHARS_MAX = 64;
    public static final int CLICKS_PER_DAY_MAX = 1_000_000_000;

    /// @param lander key of the lander; empty: none, straight to the offer
    /// @param weight its share of the path's visitors; 0 switches it off
    public record WeightedLander(String lander, int weight) {}

    public RoutePath {
        rules = List.copyOf(rules);
        landers = List.copyOf(landers);
        offers = List.copyOf(offers);
    }

    /// Whether it takes whom no path with rules takes.
    public boolean isDefault() {
        return rules.isEmpty();
    }

    /// How many clicks a day it takes; empty for any number.
    public OptionalInt dailyClicks() {
        return clicksPerDay == null ? OptionalInt.empty() : OptionalInt.of(clicksPerDay);
    }
}
