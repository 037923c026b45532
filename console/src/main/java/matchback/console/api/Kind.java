package matchback.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.Entity;
import org.jspecify.annotations.Nullable;

/// One kind of catalog entity: its fields, the rules they keep, and its JSON form both ways.
sealed interface Kind<E extends Entity>
        permits SourceKind,
                SenderKind,
                OfferKind,
                CampaignKind,
                RateKind,
                DestinationKind,
                OldTrackerKind,
                AppleAppKind,
                LanderKind,
                UserKind,
                TokenKind,
                QuarantineKind {
    int NAME_CHARS_MAX = 200;

    /// @param key what the entity is or will be called by
    /// @param name what people call it
    /// @param before the entity that is replaced; null for a new one
    /// @param catalog the newest
    record Draft<E extends Entity>(
            String key, String name, @Nullable E before, Catalog catalog, Tokens tokens) {}

    /// Makes tokens and keeps the plain text of the one that a request brought or asked for, to be
    /// shown once.
    interface Tokens {
        String fingerprint(String token);

        String made();

        void show(String token);

        /// Bytes nobody can foretell.
        byte[] bytes(int count);

        /// Seals a secret that must be read again.
        String seal(String secret, String owner);

        void showSecret(String secret);

        /// The fingerprint of a secret in a path.
        String pathFingerprint(String secret);

        void showPath(String secret);

        /// Epoch milliseconds.
        long now();
    }

    /// Last part of the path, for example `traffic-sources`.
    String path();

    /// Singular, for messages and for the names in the description, for example `TrafficSource`.
    String word();

    Class<E> type();

    /// All fields besides `key`, `name` and `archived`.
    List<FieldSpec> fields();

    /// The entity the form describes. Problems go into the form; the result counts only without
    /// any.
    Optional<E> read(Form form, Draft<E> draft);

    /// Adds the fields of [#fields()].
    ///
    /// @param token shown this once; empty for none
    void write(E entity, Catalog catalog, String token, ObjectNode node);

    /// Adds the secret of a signature that the request brought or asked for, to be shown once.
    default void showSecret(ObjectNode node, String secret) {
        throw new IllegalStateException("a " + word() + " has no secrets");
    }

    /// Adds the secret of a path that the request brought or asked for, to be shown once.
    default void showPath(ObjectNode node, String secret) {
        throw new IllegalStateException("a " + word() + " has no path");
    }

    /// What is in use and names the entity, for example `campaign "summer"`.
    List<String> references(String key, Catalog catalog);

    /// The entity, out of use.
    E archived(E entity);

    /// Why the key cannot be one of this kind; empty when it can.
    default Optional<String> keyProblem(String key, Catalog catalog) {
        return key.matches("[A-Za-z0-9_-]{1,64}")
                ? Optional.empty()
                : Optional.of("A key has 1 to 64 of a-z, A-Z, 0-9, hyphen and underscore");
    }

    default Set<String> fieldNames() {
        var names = new HashSet<>(Set.of("key", "name", "archived"));
        fields().forEach(field -> names.add(field.name()));
        return names;
    }

    /// A reference to an entity of another kind that must be there and in use.
    static <R extends Entity> Optional<String> reference(
            Form form, String field, Catalog catalog, Class<R> type, String word) {
        return form.text(field, 64)
                .filter(key -> {
                    var found = catalog.all(type).get(key);
                    if (found != null && !found.archived()) {
                        return true;
                    }
                    var known =
                            catalog.all(type).values().stream()
                                    .filter(entity -> !entity.archived())
                                    .map(Entity::key)
                                    .toList();
                    form.problem(
                            field,
                            found != null
                                    ? "The " + word + " \"" + key + "\" is archived"
                                    : "There is no "
                                            + word
                                            + " \""
                                            + key
                                            + '"'
                                            + Nearest.of(key, known)
                                                    .map(near -> "; did you mean \"" + near + "\"?")
                                                    .orElse(""));
                    return false;
                });
    }
}
