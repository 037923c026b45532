package matchback.server.config;

/// A text that must not be shown; printing the record shows none of it.
///
/// @param text empty when it was not set
public record Secret(String text) {

    public boolean isSet() {
        return !text.isEmpty();
    }

    @Override
    public String toString() {
        return isSet() ? "******" : "";
    }
}
