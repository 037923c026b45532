package matchback.model.routing;

/// Which offers and paths still take visitors today. Advisory: what it says may be a second old.
public interface Openness {
    /// Nothing is full.
    Openness ALL =
            new Openness() {
                @Override
                public boolean isOpen(String offer) {
                    return true;
                }

                @Override
                public boolean isOpen(String campaign, String path) {
                    return true;
                }
            };

    /// @param offer its key
    boolean isOpen(String offer);

    /// @param campaign its key
    /// @param path its name
    boolean isOpen(String campaign, String path);
}
