package matchback.simulation;

import java.time.Duration;

/// One attack among the honest traffic. Its visits and reports carry its label.
///
/// @param kind anything but honest
/// @param source key of the source whose publisher does it; its campaigns and their senders are
///   attacked
/// @param publisher who does it; one that honest visits come from too hides among them
/// @param after the beginning of the traffic, when it begins
/// @param lasts how long it goes on; what it reports of its last clicks may come later
/// @param conversions about how many it tries to be paid for
public record Attack(
        Label kind,
        String source,
        String publisher,
        Duration after,
        Duration lasts,
        int conversions) {

    public Attack {
        if (kind.isHonest()) {
            throw new IllegalArgumentException("an honest attack; one of " + Label.attackWords());
        }
        if (after.isNegative() || !lasts.isPositive() || conversions < 1) {
            throw new IllegalArgumentException(
                    "%s after %s, for %s, with %d conversions; expected a time and at least one"
                            .formatted(kind.word(), after, lasts, conversions));
        }
    }
}
