package matchback.console.api;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import matchback.model.EditDistance;

/// Finds the known word that someone probably meant.
final class Nearest {
    private static final int DISTANCE_MAX = 3;
    private static final int CHARS_MAX = 64;

    private Nearest() {}

    /// The nearest known word by edit distance, if it is near at all.
    static Optional<String> of(String word, Collection<String> known) {
        if (word.length() > CHARS_MAX) {
            return Optional.empty();
        }
        return known.stream()
                .sorted()
                .min(
                        Comparator.comparingInt(
                                candidate -> EditDistance.between(plain(word), plain(candidate))))
                .filter(best -> EditDistance.between(plain(word), plain(best)) <= limit(word));
    }

    /// The end of a message: `; did you mean "name"?`, or else all that is known.
    static String hint(String word, Collection<String> known) {
        return of(word, known)
                .map(near -> "; did you mean \"" + near + "\"?")
                .orElse("; known are " + String.join(", ", known.stream().sorted().toList()));
    }

    private static int limit(String word) {
        // Two, because letters that changed places count twice.
        return word.length() < 3 ? 1 : Math.min(DISTANCE_MAX, Math.max(2, word.length() / 2));
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replaceAll("[-_. ]", "");
    }
}
