package matchback.ingest;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import matchback.model.Field;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.Sender;

/// Which parameter names of a postback may be kept in its durable part, which hold tokens and which
/// are masked in the raw request.
///
/// What an operator mapped wins over what a name means by itself: a sender whose `txid` comes as
/// `user_id` has no person in there. A secret is never durable, whatever else its name is mapped
/// to.
///
/// @param durable read by a mapping, neither personal nor secret
/// @param tokens hold a token
/// @param mask takes tokens and signatures out of raw requests
record PostbackNames(Set<String> durable, Set<String> tokens, SecretMask mask) {
    private static final List<Field> MASKED = List.of(Field.TOKEN, Field.SIGNATURE);

    /// @param senders whose mappings count
    static PostbackNames of(Collection<Sender> senders) {
        var durable = new HashSet<>(Field.DURABLE_NAMES);
        var tokens = new HashSet<>(Field.TOKEN.names());
        var masked = new HashSet<String>();
        MASKED.forEach(field -> masked.addAll(field.names()));
        var unsafe = new HashSet<String>();
        for (var sender : senders) {
            sender.parameters()
                    .forEach((key, name) -> {
                        var field = Field.ofKey(key);
                        if (field.isEmpty()) {
                            return;
                        }
                        if (field.get() == Field.TOKEN) {
                            tokens.add(name);
                        }
                        if (MASKED.contains(field.get())) {
                            masked.add(name);
                        }
                        (field.get().isDurable() ? durable : unsafe).add(name);
                    });
        }
        durable.removeAll(unsafe);
        durable.removeAll(masked);
        return new PostbackNames(
                Set.copyOf(durable), Set.copyOf(tokens), new SecretMask(Set.copyOf(masked)));
    }

    /// The names and address lists of one catalog version, made when first asked for. Safe for use
    /// by many threads.
    static final class OfVersion {
        private final Catalog catalog;
        private final ConcurrentMap<String, PostbackNames> names = new ConcurrentHashMap<>();
        private final Map<String, Networks> addresses = new HashMap<>();

        OfVersion(Catalog catalog) {
            this.catalog = catalog;
            catalog.all(Sender.class).values().stream()
                    .filter(sender -> !sender.archived())
                    .filter(sender -> !sender.security().addresses().isEmpty())
                    .forEach(sender ->
                            addresses.put(
                                    sender.key(), Networks.of(sender.security().addresses())));
        }

        Catalog catalog() {
            return catalog;
        }

        /// @param sender of the path; without one, any sender may turn out to be the caller
        PostbackNames names(Optional<Sender> sender) {
            return names.computeIfAbsent(
                    sender.map(Sender::key).orElse(""),
                    _ ->
                            PostbackNames.of(
                                    sender.<Collection<Sender>>map(List::of)
                                            .orElse(catalog.all(Sender.class).values())));
        }

        /// Senders that could be meant and whose list does not have the caller's address.
        List<String> refusing(Optional<Sender> sender, Address caller) {
            if (addresses.isEmpty()) {
                return List.of();
            }
            return addresses.entrySet().stream()
                    .filter(entry -> sender.map(s -> s.key().equals(entry.getKey())).orElse(true))
                    .filter(entry -> !entry.getValue().contain(caller))
                    .map(Map.Entry::getKey)
                    .sorted()
                    .toList();
        }
    }
}
