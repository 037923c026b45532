package matchback.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import matchback.console.ConsoleConfig;
import matchback.console.ConsoleContext;
import matchback.ledger.catalog.CatalogChange;
import matchback.model.Secrets;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.Destination;
import matchback.model.catalog.Entity;
import matchback.model.net.AddressGuard;

/// Changes the catalog: reads what is wanted, checks it against the newest catalog, and puts the
/// change into the ledger. One change at a time, so that none is checked against a catalog that is
/// no longer the newest.
public final class CatalogEditor {
    private static final int KEY_CHARS_MAX = 64;
    private static final int TOKEN_BYTES = 20;

    /// Guards the way from reading the catalog to having changed it. One for all editors: pages and
    /// API have each their own, of the same catalog.
    private static final ReentrantLock EDIT_LOCK = new ReentrantLock();

    private final ConsoleContext context;
    private final List<Kind<?>> kinds;

    /// What became of a change.
    public sealed interface Change {
        /// @param document the entity as the API answers it, with a new token shown this once
        /// @param etag of the entity
        record Saved(String key, ObjectNode document, String etag) implements Change {}

        record Archived() implements Change {}

        /// @param problems all of them
        record Invalid(List<FieldProblem> problems) implements Change {}

        /// @param kind for the type of the problem: `duplicate-key` or `referenced`
        record Conflict(String kind, String detail) implements Change {}

        record Missing(String detail) implements Change {}

        /// Somebody else changed the entity since the caller read it.
        record Stale(String etag) implements Change {}
    }

    /// A new entity of several.
    ///
    /// @param path of its kind, for example `offers`
    public record Wanted(String path, ObjectNode body) {}

    /// What became of adding several.
    public sealed interface Made {
        record All(List<Change.Saved> saved) implements Made {}

        /// @param index of the one that cannot be added
        record Refused(int index, Change why) implements Made {}
    }

    /// What is to be put into the catalog, or why it is not.
    private sealed interface Draw<E extends Entity> {
        record Refused<E extends Entity>(Change why) implements Draw<E> {}
    }

    private record Plan<E extends Entity>(Kind<E> kind, E entity, ShownTokens tokens)
            implements Draw<E> {}

    public CatalogEditor(ConsoleContext context, ConsoleConfig config) {
        this.context = context;
        var guard = new AddressGuard(config.allowPrivateDestinations());
        this.kinds =
                List.of(
                        new SourceKind(guard),
                        new SenderKind(config),
                        new OfferKind(),
                        new LanderKind(config),
                        new CampaignKind(config),
                        new RateKind(),
                        new OldTrackerKind(),
                        new AppleAppKind(),
                        new QuarantineKind(),
                        new UserKind(),
                        new TokenKind(),
                        new DestinationKind(context.desk(), guard));
    }

    /// All kinds in the order in which a first campaign needs them.
    List<Kind<?>> kinds() {
        return kinds;
    }

    /// Adds an entity.
    ///
    /// @param path of its kind, for example `offers`
    /// @param by who wants it, for example `token:admin`
    public Change create(String path, ObjectNode body, String by) {
        return create(kind(path), body, by);
    }

    /// Replaces an entity whole; one that is archived comes back into use, unless the body says
    /// `archived` too.
    ///
    /// @param ifMatch ETag the entity must have; empty: any
    public Change replace(String path, String key, ObjectNode body, String ifMatch, String by) {
        return replace(kind(path), key, body, ifMatch, by);
    }

    /// Takes an entity out of use.
    public Change archive(String path, String key, String ifMatch, String by) {
        return archive(kind(path), key, ifMatch, by);
    }

    /// Stops sending to a destination, or goes on; empty when there is none, or it is archived.
    ///
    /// @param by who wants it, for example `token:admin`
    public Optional<Destination> pause(String key, boolean isPaused, String by) {
        EDIT_LOCK.lock();
        try {
            var found = context.ledger().catalog().destination(key).filter(d -> !d.archived());
            found.filter(destination -> destination.paused() != isPaused)
                    .ifPresent(destination -> put(destination.with(isPaused, false), by));
            return found.flatMap(_ -> context.ledger().catalog().destination(key));
        } finally {
            EDIT_LOCK.unlock();
        }
    }

    /// Changes an entity that is in use by a rule of the caller's; empty when there is none.
    ///
    /// @param by who wants it
    public <E extends Entity> Optional<E> update(
            Class<E> type, String key, UnaryOperator<E> change, String by) {
        EDIT_LOCK.lock();
        try {
            var found =
                    Optional.ofNullable(context.ledger().catalog().all(type).get(key))
                            .filter(entity -> !entity.archived())
                            .map(change);
            found.ifPresent(entity -> put(entity, by));
            return found;
        } finally {
            EDIT_LOCK.unlock();
        }
    }

    private Kind<?> kind(String path) {
        return kinds.stream()
                .filter(kind -> kind.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no kind " + path));
    }

    /// Adds several entities, each of which may name those before it; none of them when one cannot
    /// be added.
    public Made createAll(List<Wanted> wanted, String by) {
        EDIT_LOCK.lock();
        try {
            var catalog = context.ledger().catalog();
            var plans = new ArrayList<Plan<?>>();
            for (int i = 0; i < wanted.size(); i++) {
                switch (plan(kind(wanted.get(i).path()), wanted.get(i).body(), catalog)) {
                    case Draw.Refused<?>(var why) -> {
                        return new Made.Refused(i, why);
                    }
                    case Plan<?> plan -> {
                        plans.add(plan);
                        catalog = catalog.with(plan.entity());
                    }
                }
            }
            return new Made.All(plans.stream().map(plan -> carryOut(plan, by)).toList());
        } finally {
            EDIT_LOCK.unlock();
        }
    }

    /// A key that nothing of a kind has yet, made of a name.
    public String freeKey(String path, String name) {
        return free(kind(path), slug(name), context.ledger().catalog());
    }

    private <E extends Entity> Change create(Kind<E> kind, ObjectNode body, String by) {
        EDIT_LOCK.lock();
        try {
            return carryOut(plan(kind, body, context.ledger().catalog()), by);
        } finally {
            EDIT_LOCK.unlock();
        }
    }

    /// What a new entity would be.
    private <E extends Entity> Draw<E> plan(Kind<E> kind, ObjectNode body, Catalog catalog) {
        var form = new Form(body);
        form.onlyFields(kind.fieldNames());
        var wanted = form.text("key", KEY_CHARS_MAX);
        var name = form.text("name", Kind.NAME_CHARS_MAX);
        if (wanted.isEmpty() && name.isEmpty()) {
            form.problem("name", "A name or a key is needed");
        }
        var key = wanted.orElseGet(() -> free(kind, slug(name.orElse("")), catalog));
        var there = catalog.all(kind.type()).get(key);
        if (there != null) {
            return new Draw.Refused<>(
                    new Change.Conflict(
                            "duplicate-key",
                            "There is already a %s \"%s\"%s"
                                    .formatted(
                                            kind.word(),
                                            key,
                                            there.archived()
                                                    ? "; it is archived, and PUT brings it back"
                                                    : "")));
        }
        kind.keyProblem(key, catalog).ifPresent(message -> form.problem("key", message));
        var tokens = new ShownTokens();
        var draft = new Kind.Draft<E>(key, name.orElse(key), null, catalog, tokens);
        return plan(kind, form, draft, tokens);
    }

    private <E extends Entity> Change replace(
            Kind<E> kind, String key, ObjectNode body, String ifMatch, String by) {
        EDIT_LOCK.lock();
        try {
            var catalog = context.ledger().catalog();
            var before = catalog.all(kind.type()).get(key);
            if (before == null) {
                return missing(kind, key);
            }
            if (isStale(kind, before, catalog, ifMatch)) {
                return new Change.Stale(etag(kind, before, catalog));
            }
            var form = new Form(body);
            form.onlyFields(kind.fieldNames());
            form.text("key", KEY_CHARS_MAX)
                    .filter(named -> !named.equals(key))
                    .ifPresent(named ->
                            form.problem(
                                    "key",
                                    "\""
                                            + named
                                            + "\", but the path says \""
                                            + key
                                            + "\"; a key never changes"));
            var name = form.text("name", Kind.NAME_CHARS_MAX).orElse(key);
            var tokens = new ShownTokens();
            var draft = new Kind.Draft<E>(key, name, before, catalog, tokens);
            return carryOut(plan(kind, form, draft, tokens), by);
        } finally {
            EDIT_LOCK.unlock();
        }
    }

    private <E extends Entity> Change archive(Kind<E> kind, String key, String ifMatch, String by) {
        EDIT_LOCK.lock();
        try {
            var catalog = context.ledger().catalog();
            var before = catalog.all(kind.type()).get(key);
            if (before == null) {
                return missing(kind, key);
            }
            if (isStale(kind, before, catalog, ifMatch)) {
                return new Change.Stale(etag(kind, before, catalog));
            }
            var conflict = inUse(kind, key, catalog);
            if (conflict.isPresent()) {
                return conflict.get();
            }
            if (!before.archived()) {
                put(kind.archived(before), by);
            }
            return new Change.Archived();
        } finally {
            EDIT_LOCK.unlock();
        }
    }

    private <E extends Entity> Draw<E> plan(
            Kind<E> kind, Form form, Kind.Draft<E> draft, ShownTokens tokens) {
        var read = kind.read(form, draft);
        boolean archived = form.flag("archived", false);
        if (archived && draft.before() == null) {
            form.problem("archived", "What is new cannot be archived");
        }
        if (!form.problems().isEmpty() || read.isEmpty()) {
            return new Draw.Refused<>(new Change.Invalid(form.problems()));
        }
        var conflict =
                archived
                        ? inUse(kind, draft.key(), draft.catalog())
                        : Optional.<Change.Conflict>empty();
        if (conflict.isPresent()) {
            return new Draw.Refused<>(conflict.get());
        }
        return new Plan<>(kind, archived ? kind.archived(read.get()) : read.get(), tokens);
    }

    private <E extends Entity> Change carryOut(Draw<E> draw, String by) {
        return switch (draw) {
            case Draw.Refused<E>(var why) -> why;
            case Plan<E> plan -> carryOut(plan, by);
        };
    }

    private <E extends Entity> Change.Saved carryOut(Plan<E> plan, String by) {
        var kind = plan.kind();
        var entity = plan.entity();
        var tokens = plan.tokens();
        var catalog = put(entity, by);
        var document = document(kind, entity, catalog, tokens.shown);
        if (!tokens.shownSecret.isEmpty()) {
            kind.showSecret(document, tokens.shownSecret);
        }
        if (!tokens.shownPath.isEmpty()) {
            kind.showPath(document, tokens.shownPath);
        }
        return new Change.Saved(entity.key(), document, etag(kind, entity, catalog));
    }

    /// Why an entity cannot be archived: what names it.
    private static Optional<Change.Conflict> inUse(Kind<?> kind, String key, Catalog catalog) {
        var references = kind.references(key, catalog);
        return references.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Change.Conflict(
                                "referenced",
                                "The %s \"%s\" is used by %s"
                                        .formatted(
                                                kind.word(), key, String.join(", ", references))));
    }

    private Catalog put(Entity entity, String by) {
        var change = new CatalogChange(context.clock().millis(), by, entity);
        return context.ledger().change(change).toCompletableFuture().join();
    }

    private static Change missing(Kind<?> kind, String key) {
        return new Change.Missing("There is no " + kind.word() + " \"" + key + '"');
    }

    private static <E extends Entity> boolean isStale(
            Kind<E> kind, E entity, Catalog catalog, String ifMatch) {
        return !ifMatch.isBlank()
                && !ifMatch.strip().equals("*")
                && List.of(ifMatch.split(",", -1)).stream()
                        .map(String::strip)
                        .noneMatch(etag(kind, entity, catalog)::equals);
    }

    /// The entity as the API answers it.
    ///
    /// @param token shown this once; empty for none
    static <E extends Entity> ObjectNode document(
            Kind<E> kind, E entity, Catalog catalog, String token) {
        var node = Json.object();
        node.put("key", entity.key());
        node.put("name", entity.name());
        kind.write(entity, catalog, token, node);
        return node.put("archived", entity.archived());
    }

    /// Changes whenever the entity does.
    static <E extends Entity> String etag(Kind<E> kind, E entity, Catalog catalog) {
        try {
            var hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(Json.bytes(document(kind, entity, catalog, "")));
            return '"' + HexFormat.of().formatHex(hash, 0, 12) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// A key made of a name: `Größe & Mehr` becomes `grosse-mehr`.
    private static String slug(String name) {
        var plain =
                Normalizer.normalize(name.replace("ß", "ss"), Normalizer.Form.NFKD)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("\\p{M}+", "")
                        .replaceAll("[^a-z0-9]+", "-")
                        .replaceAll("^-+|-+$", "");
        return plain.substring(0, Math.min(plain.length(), KEY_CHARS_MAX - 8));
    }

    private static String free(Kind<?> kind, String slug, Catalog catalog) {
        var base = slug.isEmpty() ? kind.word().replace(' ', '-') : slug;
        var taken = catalog.all(kind.type()).keySet();
        var key = base;
        for (int i = 2; taken.contains(key); i++) {
            key = base + '-' + i;
        }
        return key;
    }

    private final class ShownTokens implements Kind.Tokens {
        private String shown = "";
        private String shownSecret = "";
        private String shownPath = "";

        @Override
        public String fingerprint(String token) {
            return context.fingerprints().of(token);
        }

        @Override
        public String made() {
            return HexFormat.of().formatHex(bytes(TOKEN_BYTES));
        }

        @Override
        public byte[] bytes(int count) {
            var bytes = new byte[count];
            context.random().nextBytes(bytes);
            return bytes;
        }

        @Override
        public String seal(String secret, String owner) {
            return new Secrets(context.fingerprints()).seal(secret, owner, context.random());
        }

        @Override
        public void showSecret(String secret) {
            shownSecret = secret;
        }

        @Override
        public String pathFingerprint(String secret) {
            return context.fingerprints().ofPath(secret);
        }

        @Override
        public void showPath(String secret) {
            shownPath = secret;
        }

        @Override
        public long now() {
            return context.clock().millis();
        }

        @Override
        public void show(String token) {
            shown = token;
        }
    }

    /// The entity of a key as the API answers it, with its ETag, if there is one.
    ///
    /// @param path of its kind, for example `offers`
    public Optional<Change.Saved> find(String path, String key) {
        return found(kind(path), key);
    }

    /// The entity of a key with its ETag, if there is one.
    Optional<Change.Saved> find(Kind<?> kind, String key) {
        return found(kind, key);
    }

    private <E extends Entity> Optional<Change.Saved> found(Kind<E> kind, String key) {
        var catalog = context.ledger().catalog();
        return Optional.ofNullable(catalog.all(kind.type()).get(key))
                .map(entity ->
                        new Change.Saved(
                                key,
                                document(kind, entity, catalog, ""),
                                etag(kind, entity, catalog)));
    }
}
