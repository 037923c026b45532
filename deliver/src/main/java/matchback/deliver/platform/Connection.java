package matchback.deliver.platform;

import java.util.Map;
import matchback.model.catalog.Destination;
import matchback.model.catalog.DestinationType;
import matchback.model.catalog.DestinationType.Setting;

/// A destination with its secrets open, as it is set up now.
///
/// @param secrets by name; one that could not be opened is not among them
public record Connection(
        Destination destination, DestinationType type, Map<String, String> secrets) {

    public Connection {
        secrets = Map.copyOf(secrets);
    }

    /// A setting's value, else its standard; empty when it has neither.
    public String setting(String named) {
        return destination
                .setting(named)
                .map(String::strip)
                .orElseGet(() -> type.setting(named).map(Setting::standard).orElse(""));
    }

    public boolean isOn(String named) {
        return setting(named).equals("yes");
    }

    /// Empty when it was not given.
    public String secret(String named) {
        return secrets.getOrDefault(named, "").strip();
    }

    /// Not to be printed by accident.
    @Override
    public String toString() {
        return "Connection[" + destination.address() + "]";
    }
}
