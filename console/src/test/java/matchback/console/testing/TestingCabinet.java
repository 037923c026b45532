package matchback.console.testing;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import matchback.ledger.Cabinet;
import matchback.ledger.Completion.LedgerFailure;

/// A cabinet that can be told to lose a write, as a process that dies before it does.
public final class TestingCabinet implements Cabinet {
    private final Cabinet inner;
    private final AtomicInteger writesLeft = new AtomicInteger(Integer.MAX_VALUE);

    TestingCabinet(Cabinet inner) {
        this.inner = inner;
    }

    /// Takes so many more writes and then none.
    public void failAfter(int writes) {
        writesLeft.set(writes);
    }

    @Override
    public Optional<byte[]> get(String name) {
        return inner.get(name);
    }

    @Override
    public void change(Map<String, byte[]> put, Collection<String> removed) {
        if (writesLeft.getAndDecrement() <= 0) {
            throw new LedgerFailure("the disk is full");
        }
        inner.change(put, removed);
    }

    @Override
    public void visit(String prefix, BiConsumer<String, byte[]> visitor) {
        inner.visit(prefix, visitor);
    }
}
