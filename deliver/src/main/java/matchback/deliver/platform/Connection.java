package matchback.deliver.platform;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import matchback.model.Percent;
import matchback.model.Secrets;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.Destination;
import matchback.model.catalog.DestinationType;
import matchback.model.catalog.DestinationType.Setting;

/// A destination with its secrets open, as it is set up now.
///
/// @param secrets by name; one that could not be opened is not among them
public record Connection(
        Destination destination, DestinationType type, Map<String, String> secrets) {

    /// A destination as the catalog has it.
    public sealed interface Opened {
        record Usable(Connection connection) implements Opened {}

        /// @param why it cannot be used, as a sentence
        record Unusable(String why) implements Opened {}
    }

    public Connection {
        secrets = Map.copyOf(secrets);
    }

    /// Opens the secrets of a destination and looks whether it can be used.
    public static Opened open(String key, DestinationType type, Catalog catalog, Secrets secrets) {
        var found = catalog.destination(key).filter(one -> one.type().equals(type.type()));
        if (found.isEmpty()) {
            return new Opened.Unusable("There is no destination " + key);
        }
        if (found.get().archived()) {
            return new Opened.Unusable("The destination " + key + " is archived");
        }
        var connection = of(found.get(), type, secrets);
        return connection
                .problem()
                .<Opened>map(problem ->
                        new Opened.Unusable(
                                "The destination " + key + " cannot be used: " + problem))
                .orElseGet(() -> new Opened.Usable(connection));
    }

    /// The same for parcels that were prepared with it just now.
    public static Connection usable(
            String key, DestinationType type, Catalog catalog, Secrets secrets) {
        return switch (open(key, type, catalog, secrets)) {
            case Opened.Usable(var connection) -> connection;
            case Opened.Unusable(var why) -> throw new IllegalStateException(why);
        };
    }

    static Connection of(Destination destination, DestinationType type, Secrets secrets) {
        var open = new HashMap<String, String>();
        destination
                .sealedSecrets()
                .forEach((name, sealed) ->
                        secrets.open(sealed, destination.secretOwner(name))
                                .ifPresent(secret -> open.put(name, secret)));
        return new Connection(destination, type, open);
    }

    /// What keeps the destination from being used at all.
    private Optional<String> problem() {
        for (var setting : type.settings()) {
            var problem = problem(setting);
            if (problem.isPresent()) {
                return Optional.of(setting.name() + " " + problem.get());
            }
        }
        return Optional.empty();
    }

    private Optional<String> problem(Setting setting) {
        if (!setting.isSecret()) {
            return setting.problem(setting(setting.name()));
        }
        boolean isShut =
                destination.sealedSecrets().containsKey(setting.name())
                        && secret(setting.name()).isEmpty();
        return isShut
                ? Optional.of("cannot be opened with this installation's keys; enter it again")
                : setting.problem(secret(setting.name()));
    }

    /// Its secrets as they must not show up in notes: as they are, and as they stand in a URL.
    public List<String> concealed() {
        var texts = new ArrayList<String>();
        for (var secret : secrets.values()) {
            Concealed.add(secret.strip(), texts);
            Concealed.add(Percent.encode(secret.strip()), texts);
        }
        return texts.stream().distinct().toList();
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
