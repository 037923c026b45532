package matchback.model;

/// How far two words are apart: Levenshtein's distance.
public final class EditDistance {
    private EditDistance() {}

    /// The fewest characters to insert, remove or change. Takes time in proportion to the product
    /// of the lengths: callers cut what comes from outside.
    public static int between(String from, String to) {
        var row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
