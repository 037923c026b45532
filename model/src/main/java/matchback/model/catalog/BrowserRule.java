package matchback.model.catalog;

/// What is taken of a browser's word: reports by pixel, cookie and script. A page shows everything
/// it knows to everybody, so a browser can prove nothing unless a server signed its URL.
///
/// @param unproven whether its reports are taken although the sender asks for proof
/// @param payouts whether the payouts it names are taken although nobody signed them
public record BrowserRule(boolean unproven, boolean payouts) {
    public static final BrowserRule STRICT = new BrowserRule(false, false);
}
