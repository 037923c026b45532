package matchback.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import matchback.ledger.catalog.CatalogChange;
import matchback.ledger.memory.MemoryTables;
import matchback.model.Money;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.ExchangeRate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class CatalogsTest {
    private static final int VERSIONS = 500;

    private final MemoryTables tables = new MemoryTables();
    private long rowsRead;

    /// Counts the changes that are read.
    private final Tables counted =
            new Tables() {
                @Override
                public byte @Nullable [] get(Table table, byte[] key) {
                    return tables.get(table, key);
                }

                @Override
                public void range(Table table, byte[] from, byte[] to, State.Visitor visitor) {
                    tables.range(
                            table,
                            from,
                            to,
                            (key, value) -> {
                                rowsRead++;
                                return visitor.visit(key, value);
                            });
                }
            };

    private void changeRates() {
        var writing = new Catalogs(tables, "USD");
        for (int i = 1; i <= VERSIONS; i++) {
            var batch = new Batch(tables);
            var rate = new ExchangeRate("EUR", BigDecimal.valueOf(i), false);
            var next = writing.append(batch, new CatalogChange(i, "test", rate));
            tables.apply(batch);
            writing.adopt(next);
        }
    }

    private static long rate(Catalog catalog) {
        return catalog.inReportCurrency(new Money(1, "EUR"), 0).orElseThrow().micros();
    }

    @Test
    void reading_all_versions_in_order_reads_each_change_about_once() {
        changeRates();
        var catalogs = new Catalogs(counted, "USD");
        rowsRead = 0;

        for (int version = 1; version <= VERSIONS; version++) {
            assertThat(rate(catalogs.version(version))).isEqualTo(version);
        }

        // One more each time tells where the version ends.
        assertThat(rowsRead).isLessThanOrEqualTo(2 * VERSIONS);
    }

    @Test
    void versions_are_the_same_in_any_order() {
        changeRates();
        var catalogs = new Catalogs(counted, "USD");

        for (int version : new int[] {400, 3, 499, 1, 200, 2, 500, 399, 401}) {
            assertThat(catalogs.version(version).version()).isEqualTo(version);
            assertThat(rate(catalogs.version(version))).isEqualTo(version);
        }
        assertThat(catalogs.version(0).all(ExchangeRate.class)).isEmpty();
    }

    @Test
    void a_version_that_never_was_is_refused() {
        changeRates();
        var catalogs = new Catalogs(counted, "USD");

        assertThatThrownBy(() -> catalogs.version(VERSIONS + 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the newest is " + VERSIONS);
    }
}
