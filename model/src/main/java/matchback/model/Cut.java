package matchback.model;

/// Cuts texts to a length without cutting a character in two.
public final class Cut {
    private Cut() {}

    /// The text, or as much of its beginning as fits into so many UTF-16 units.
    public static String atMost(int charsMax, String text) {
        if (text.length() <= charsMax) {
            return text;
        }
        boolean splitsPair = charsMax > 0 && Character.isHighSurrogate(text.charAt(charsMax - 1));
        return text.substring(0, splitsPair ? charsMax - 1 : charsMax);
    }
}
