package matchback.validate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/// Too many conversions with a sign among the last ones of a cohort: so many of `n` where others
/// would have `expected`. Of all stretches that end now the least likely one is meant, so that an
/// attack is seen soon after it begins, however long the honest time before it was.
///
/// @param members those with the sign
/// @param digits of certainty that it is no accident
record Glut(List<Seen> members, int n, double expected, double digits) {
    private static final int FIRST_STRETCH = 6;

    /// Honest publishers differ: others' chance is taken half again as high, and never as nothing.
    private static final double LENIENCE = 1.5;

    private static final double CHANCE_MIN = 0.004;

    /// So many times as others would have make a glut.
    static final double TIMES = 3;

    static final Glut NONE = new Glut(List.of(), 0, 0, 0);

    /// @param chance that one of its kind has the sign, by what others bring
    static Glut worst(
            Cohort cohort, Predicate<Seen> sign, ToDoubleFunction<String> chance, int least) {
        return worst(cohort.newestFirst(), sign, chance, least, TIMES);
    }

    /// @param newest first
    /// @param chance that one of its kind has the sign, by what others bring
    /// @param times as many as others would have, at least
    static Glut worst(
            Iterator<Seen> newest,
            Predicate<Seen> sign,
            ToDoubleFunction<String> chance,
            int least,
            double times) {
        var chances = new HashMap<String, Double>();
        var members = new ArrayList<Seen>();
        var worst = NONE;
        double expected = 0;
        int n = 0;
        int stretch = FIRST_STRETCH;
        while (newest.hasNext()) {
            var seen = newest.next();
            n++;
            expected +=
                    chances.computeIfAbsent(
                            seen.conversion().kind(), kind -> chance.applyAsDouble(kind));
            if (sign.test(seen)) {
                members.add(seen);
            }
            if (n == stretch || !newest.hasNext()) {
                stretch *= 2;
                worst = worse(worst, members, n, expected, least, times);
            }
        }
        return worst;
    }

    private static Glut worse(
            Glut known, List<Seen> members, int n, double expected, int least, double times) {
        if (members.size() < least || members.size() < times * expected) {
            return known;
        }
        double chance = Math.min(0.95, Math.max(CHANCE_MIN, LENIENCE * expected / n));
        double digits = Tails.digits(Tails.binomialUpper(members.size(), n, chance));
        return digits > known.digits()
                ? new Glut(List.copyOf(members), n, expected, digits)
                : known;
    }

    /// `41 of the last 64; others would have 1.3`
    String figures() {
        return String.format(
                Locale.ROOT,
                "%d of the last %d; of others it would be %.1f (%s)",
                members.size(),
                n,
                expected,
                Tails.certainty(digits));
    }
}
