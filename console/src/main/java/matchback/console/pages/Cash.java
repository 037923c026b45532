package matchback.console.pages;

/// An amount as pages show it.
///
/// @param text grouped, or – when there is none
/// @param currency ISO 4217 code; empty when there is no amount or the column names it
/// @param sign -1, 0 or 1
public record Cash(String text, String currency, int sign) {
    public static final Cash NONE = new Cash("–", "", 0);

    static final Cash ZERO = new Cash("0.00", "", 0);

    /// The style of an amount that may be a loss.
    public String tone() {
        return sign < 0 ? "neg" : sign > 0 ? "pos" : "";
    }
}
