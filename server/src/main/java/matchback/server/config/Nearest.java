package matchback.server.config;

import java.util.Collection;
import java.util.Comparator;
import matchback.model.EditDistance;

/// Finds the word somebody may have meant.
final class Nearest {
    private Nearest() {}

    /// The word with the fewest letters to insert, remove or change; the first of several.
    static String to(String word, Collection<String> words) {
        return words.stream()
                .min(Comparator.comparingInt(candidate -> EditDistance.between(word, candidate)))
                .orElseThrow();
    }
}
