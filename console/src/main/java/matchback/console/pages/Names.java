package matchback.console.pages;

import java.util.Optional;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.Destination;
import matchback.model.catalog.Entity;
import matchback.model.catalog.OldTracker;

/// What people call the things that records name by key; the key itself for one that is gone.
record Names(Catalog catalog) {
    private static final String SOURCE = "source:";

    String campaign(String key) {
        return catalog.campaign(key).map(Entity::name).orElse(key);
    }

    String offer(String key) {
        return catalog.offer(key).map(Entity::name).orElse(key);
    }

    String source(String key) {
        return catalog.source(key).map(Entity::name).orElse(key);
    }

    String sender(String key) {
        return catalog.sender(key).map(Entity::name).orElse(key);
    }

    /// @param address as deliveries have it: `source:` and the source's key, or type and key of a
    ///   destination
    String destination(String address) {
        var tracker = oldTracker(address);
        if (tracker.isPresent()) {
            return tracker.get().name();
        }
        return address.startsWith(SOURCE)
                ? source(address.substring(SOURCE.length()))
                : connected(address).map(Entity::name).orElse(address);
    }

    /// What its page and the API call it: the key of a destination, the address of a source.
    String destinationKey(String address) {
        return connected(address).map(Entity::key).orElse(address);
    }

    String destinationHref(String address) {
        var tracker = oldTracker(address);
        if (tracker.isPresent()) {
            return "/old-trackers/" + tracker.get().key();
        }
        return "/destinations/" + Visit.encode(destinationKey(address));
    }

    private Optional<OldTracker> oldTracker(String address) {
        return catalog.oldTracker(address.substring(address.indexOf(':') + 1))
                .filter(tracker -> tracker.address().equals(address));
    }

    private Optional<Destination> connected(String address) {
        return catalog.destination(address.substring(address.indexOf(':') + 1))
                .filter(destination -> destination.address().equals(address));
    }
}
