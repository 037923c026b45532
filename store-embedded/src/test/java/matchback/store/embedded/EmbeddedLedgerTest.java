package matchback.store.embedded;

import java.nio.file.Path;
import matchback.ledger.kit.KitHost;
import matchback.ledger.kit.LedgerContract;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedLedgerTest extends LedgerContract {
    @TempDir Path folder;

    @Override
    public KitHost newHost() {
        return new EmbeddedHost(folder);
    }
}
