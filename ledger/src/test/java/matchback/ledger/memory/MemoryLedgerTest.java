package matchback.ledger.memory;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import matchback.ledger.Catalogs;
import matchback.ledger.Ledger;
import matchback.ledger.Rebuild;
import matchback.ledger.Table;
import matchback.ledger.kit.KitHost;
import matchback.ledger.kit.KitRules;
import matchback.ledger.kit.LedgerContract;

final class MemoryLedgerTest extends LedgerContract {
    @Override
    public KitHost newHost() {
        return new MemoryHost();
    }

    private static final class MemoryHost implements KitHost {
        private final MemoryTables tables = new MemoryTables();
        private Optional<Ledger> open = Optional.empty();

        @Override
        public Ledger open() {
            var ledger = new MemoryLedger(tables, new KitRules(), "USD");
            open = Optional.of(ledger);
            return ledger;
        }

        @Override
        public void crash() {
            // The tables are its disk; a ledger that is let go of writes nothing more.
            open = Optional.empty();
        }

        @Override
        public Digests rebuild() {
            var before = digests();
            Rebuild.FOLDED.forEach(tables::clear);
            Rebuild.run(
                    tables, new KitRules(), new Catalogs(tables, "USD"), tables::apply, _ -> {});
            return new Digests(before, digests());
        }

        private Map<Table, String> digests() {
            var digests = new EnumMap<Table, String>(Table.class);
            for (var table : Rebuild.FOLDED) {
                digests.put(table, Rebuild.digest(tables, table));
            }
            return digests;
        }

        @Override
        public void close() {
            open.ifPresent(Ledger::close);
        }
    }
}
