package matchback.model;

import java.util.Locale;

/// By which way a report came in.
public enum Feed {
    S2S,
    PIXEL,
    COOKIE,
    BROWSER,
    MMP,
    APPLE,
    FILE,
    API;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Whether the operator handed it in, whose token was looked at: what a sender must prove is
    /// not asked again.
    public boolean isOperators() {
        return switch (this) {
            case FILE, API -> true;
            case S2S, PIXEL, COOKIE, BROWSER, MMP, APPLE -> false;
        };
    }

    /// Whether the report came from a server: its values win over a browser's.
    public boolean isServer() {
        return switch (this) {
            case S2S, MMP, APPLE, FILE, API -> true;
            case PIXEL, COOKIE, BROWSER -> false;
        };
    }
}
