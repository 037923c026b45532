package matchback.server.simulate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import matchback.simulation.Attack;
import matchback.simulation.Label;
import matchback.simulation.Shape;
import matchback.simulation.Traffic;

/// What traffic was asked for.
///
/// @param rate honest visits a second, on average over a day
/// @param duration how long visits come in
/// @param attacks how many conversions each tries for; 0 lets the honest ones decide
public record Wish(long seed, double rate, Duration duration, Map<Label, Integer> attacks) {
    /// Of all visits, about; the market's creatives say it exactly.
    private static final double CONVERT = 0.04;

    /// What an attack tries for that was given no number, against the honest conversions.
    private static final double ATTACK_SHARE = 0.1;

    private static final int ATTACK_MIN = 20;

    /// Attackers have publishers of their own, numbered from here on.
    private static final int PUBLISHER_FROM = 91;

    public Wish {
        attacks = Collections.unmodifiableSortedMap(new TreeMap<>(attacks));
    }

    /// @param speed how many seconds of the traffic pass in one of `rate` and `duration`
    Traffic traffic(Instant from, double speed) {
        var length = Duration.ofMillis(Math.round(duration.toMillis() * speed));
        double perDay = rate / speed * Duration.ofDays(1).toSeconds();
        var shape = Shape.usual(from, length, perDay);
        var planned = new ArrayList<Attack>();
        attacks.forEach((label, tries) -> planned.add(attack(label, tries, shape)));
        return new Traffic(seed, shape, planned);
    }

    private Attack attack(Label label, int tries, Shape shape) {
        int place = List.copyOf(attacks.keySet()).indexOf(label);
        var sources = shape.market().sources();
        var source = sources.get(place % sources.size());
        return new Attack(
                label,
                source.key(),
                source.publisher(PUBLISHER_FROM + place),
                shape.length().dividedBy(10),
                shape.length().multipliedBy(8).dividedBy(10),
                tries > 0 ? tries : usualTries());
    }

    private int usualTries() {
        double honest = rate * duration.toSeconds() * CONVERT;
        return (int) Math.max(ATTACK_MIN, honest * ATTACK_SHARE);
    }
}
