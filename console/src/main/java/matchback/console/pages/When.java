package matchback.console.pages;

/// A time as pages show it.
///
/// @param iso for machines, in UTC
/// @param text short, in the reader's zone
/// @param title in full with the zone and how long ago it was
public record When(String iso, String text, String title) {
    /// A time that is not known.
    public static final When NONE = new When("", "–", "");

    public boolean isKnown() {
        return !iso.isEmpty();
    }
}
