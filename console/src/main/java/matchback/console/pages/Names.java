package matchback.console.pages;

import matchback.model.catalog.Catalog;
import matchback.model.catalog.Entity;

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

    /// @param key as deliveries have it: `source:` and the source's key
    String destination(String key) {
        return key.startsWith(SOURCE) ? source(key.substring(SOURCE.length())) : key;
    }
}
