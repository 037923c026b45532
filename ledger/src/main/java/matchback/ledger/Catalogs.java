package matchback.ledger;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import matchback.ledger.catalog.CatalogChange;
import matchback.ledger.catalog.CatalogCodec;
import matchback.model.catalog.Catalog;

/// All versions of the catalog: the newest at hand, earlier ones folded again from the stream when
/// an event names them. Safe for use by many threads.
public final class Catalogs {
    private static final int KEPT_MAX = 128;

    private final Tables tables;
    private final Catalog empty;
    private final Map<Long, Catalog> recent =
            Collections.synchronizedMap(
                    new LinkedHashMap<>() {
                        private static final long serialVersionUID = 1;

                        @Override
                        protected boolean removeEldestEntry(Map.Entry<Long, Catalog> eldest) {
                            return size() > KEPT_MAX;
                        }
                    });
    private volatile Catalog newest;

    /// @param reportCurrency ISO 4217 code in which sums are shown
    public Catalogs(Tables tables, String reportCurrency) {
        this.tables = tables;
        this.empty = Catalog.empty(reportCurrency);
        this.newest = folded(empty, Long.MAX_VALUE);
    }

    public Catalog newest() {
        return newest;
    }

    /// The catalog of a version. Throws IllegalArgumentException for one that never was.
    public Catalog version(long version) {
        var latest = newest;
        if (version == latest.version()) {
            return latest;
        }
        var kept = recent.get(version);
        if (kept != null) {
            return kept;
        }
        var folded = folded(below(version), version);
        if (folded.version() != version) {
            throw new IllegalArgumentException(
                    "catalog version " + version + "; the newest is " + latest.version());
        }
        recent.put(version, folded);
        return folded;
    }

    /// Puts a change into the batch; [#adopt] it once the batch is durable.
    public Catalog append(Batch batch, CatalogChange change) {
        var bytes = CatalogCodec.encode(change);
        // As it will be read back, so that a restart changes nothing.
        var next = newest.with(CatalogCodec.decode(bytes).entity());
        batch.put(Table.CATALOG, Keys.version(next.version()), bytes);
        return next;
    }

    /// Makes a durable version the newest.
    public void adopt(Catalog catalog) {
        recent.put(newest.version(), newest);
        newest = catalog;
    }

    /// The nearest one at hand from which a version can be reached: a rebuild names all of them, in
    /// order, and must not read the stream from its beginning for each.
    private Catalog below(long version) {
        synchronized (recent) {
            return recent.values().stream()
                    .filter(catalog -> catalog.version() < version)
                    .max(Comparator.comparingLong(Catalog::version))
                    .orElse(empty);
        }
    }

    private Catalog folded(Catalog from, long upTo) {
        var catalog = new Catalog[] {from};
        tables.range(
                Table.CATALOG,
                Keys.version(from.version() + 1),
                new byte[0],
                (_, value) -> {
                    if (catalog[0].version() == upTo) {
                        return false;
                    }
                    catalog[0] = catalog[0].with(CatalogCodec.decode(value).entity());
                    return true;
                });
        return catalog[0];
    }
}
