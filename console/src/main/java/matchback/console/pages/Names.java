package matchback.console.pages;

import java.util.Optional;
import matchback.model.catalog.AppleApp;
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

    String lander(String key) {
        return catalog.lander(key).map(Entity::name).orElse(key);
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
        var copies = copies(address);
        if (copies.isPresent()) {
            return copies.get().name() + ", copies " + address.substring(address.length() - 1);
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
        var copies = copies(address);
        if (copies.isPresent()) {
            return "/apple/" + copies.get().key();
        }
        return "/destinations/" + Visit.encode(destinationKey(address));
    }

    private Optional<OldTracker> oldTracker(String address) {
        return catalog.oldTracker(address.substring(address.indexOf(':') + 1))
                .filter(tracker -> tracker.address().equals(address));
    }

    /// The app whose postbacks are handed on to an address.
    private Optional<AppleApp> copies(String address) {
        int dash = address.lastIndexOf('-');
        int colon = address.indexOf(':');
        return colon < 0 || dash < colon
                ? Optional.empty()
                : catalog.appleApp(address.substring(colon + 1, dash))
                        .filter(app -> app.addresses().contains(address));
    }

    String app(String key) {
        return catalog.appleApp(key).map(Entity::name).orElse(key);
    }

    private Optional<Destination> connected(String address) {
        return catalog.destination(address.substring(address.indexOf(':') + 1))
                .filter(destination -> destination.address().equals(address));
    }
}
