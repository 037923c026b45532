package matchback.console.api;

import java.util.Map;
import java.util.Optional;
import matchback.model.Field;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.Sender;

/// Finds parameters that one sender fills with a person's data and another with what decides.
///
/// At the bare `/postback` it is not known yet whose report it is, and what may be personal is not
/// kept where decisions are made: such a parameter would be lost for both. Senders with a secret in
/// their URL are never reached there.
final class SharedParameters {
    private SharedParameters() {}

    /// Names every mapping of the sender that clashes with another sender's.
    static void check(Form form, Sender sender, Catalog catalog) {
        if (sender.security().path() != null) {
            return;
        }
        for (var other : catalog.all(Sender.class).values()) {
            if (other.key().equals(sender.key())
                    || other.archived()
                    || other.security().path() != null) {
                continue;
            }
            sender.parameters()
                    .forEach((field, name) ->
                            clash(field, name, other)
                                    .ifPresent(theirs ->
                                            form.problem(
                                                    "parameters." + field,
                                                    message(name, other.key(), theirs))));
        }
    }

    private static String message(String name, String other, String theirs) {
        return "Sender \""
                + other
                + "\" reads "
                + theirs
                + " from \""
                + name
                + "\", and one of the two is personal: at the bare /postback it would be lost for"
                + " both. Give this sender a secret URL (security.path), or another parameter";
    }

    /// The other sender's field that the parameter is, if the two must not meet.
    private static Optional<String> clash(String field, String name, Sender other) {
        var mine = Field.ofKey(field);
        if (mine.isEmpty() || mine.get().isSecret()) {
            return Optional.empty();
        }
        boolean isPersonal = !mine.get().isDurable();
        return other.parameters().entrySet().stream()
                .filter(entry -> entry.getValue().equals(name))
                .map(Map.Entry::getKey)
                .filter(theirs ->
                        Field.ofKey(theirs)
                                .filter(their -> !their.isSecret())
                                .filter(their -> their.isDurable() == isPersonal)
                                .isPresent())
                .findFirst();
    }
}
