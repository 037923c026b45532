package matchback.console.pages;

import java.util.Comparator;
import java.util.List;
import matchback.model.catalog.Entity;

/// Things of the catalog as choices.
final class Options {
    private Options() {}

    /// Those in use, by name.
    static <E extends Entity> List<Option> inUse(Visit visit, Class<E> kind) {
        return visit.catalog().all(kind).values().stream()
                .filter(entity -> !entity.archived())
                .sorted(Comparator.comparing(Entity::name, String.CASE_INSENSITIVE_ORDER))
                .map(entity -> Option.of(entity.key(), entity.name()))
                .toList();
    }

    /// All of them, by name: lists and reports still hold those that are archived.
    static <E extends Entity> List<Option> all(Visit visit, Class<E> kind) {
        return visit.catalog().all(kind).values().stream()
                .sorted(Comparator.comparing(Entity::name, String.CASE_INSENSITIVE_ORDER))
                .map(entity -> Option.of(entity.key(), entity.name()))
                .toList();
    }
}
