package matchback.report;

import java.util.Collection;
import java.util.Comparator;
import matchback.model.EditDistance;

/// Finds the known word that is most like a mistyped one.
final class Nearest {
    private Nearest() {}

    /// The word with the fewest changed, added or left-out characters; of equals the first by
    /// alphabet.
    static String of(String word, Collection<String> known) {
        var cut = word.substring(0, Math.min(word.length(), 40));
        return known.stream()
                .min(
                        Comparator.comparingInt((String other) -> EditDistance.between(cut, other))
                                .thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
    }
}
