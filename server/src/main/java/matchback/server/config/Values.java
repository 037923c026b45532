package matchback.server.config;

import java.util.Map;

/// Every setting's text with where it came from; all of them are known to be readable.
public final class Values {

    /// @param origin for people: `default`, `matchback.conf line 3`, `MATCHBACK_PORT`, `--port`
    record Given(String text, String origin) {}

    private final Map<String, Given> given;

    /// @param given by key; what is not in it has its default
    Values(Map<String, Given> given) {
        this.given = Map.copyOf(given);
    }

    <T> T get(Setting<T> setting) {
        var text = given(setting).text();
        return setting.form()
                .reader()
                .apply(text)
                .orElseThrow(() ->
                        new IllegalStateException(
                                setting.key() + " was not checked when it was loaded"));
    }

    Given given(Setting<?> setting) {
        var found = given.get(setting.key());
        return found != null ? found : new Given(setting.fallback(), "default");
    }

    /// Whether somebody set it, be it to its default.
    public boolean isGiven(Setting<?> setting) {
        return given.containsKey(setting.key());
    }
}
