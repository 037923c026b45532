package matchback.report;

import java.util.Collection;
import java.util.Comparator;

/// Finds the known word that is most like a mistyped one.
final class Nearest {
    private Nearest() {}

    /// The word with the fewest changed, added or left-out characters; of equals the first by
    /// alphabet.
    static String of(String word, Collection<String> known) {
        var cut = word.substring(0, Math.min(word.length(), 40));
        return known.stream()
                .min(
                        Comparator.comparingInt((String other) -> distance(cut, other))
                                .thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
    }

    private static int distance(String left, String right) {
        var previous = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            var current = new int[right.length() + 1];
            current[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int change = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
                current[j] =
                        Math.min(
                                previous[j - 1] + change,
                                1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[right.length()];
    }
}
