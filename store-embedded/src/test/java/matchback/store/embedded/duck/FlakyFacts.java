package matchback.store.embedded.duck;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import matchback.ledger.Fact;
import matchback.report.Dialect;
import matchback.report.FactStore;
import matchback.report.Positions;
import matchback.report.Row;

/// Columns whose first appends fail, as on a full disk, and that keep every batch's size.
final class FlakyFacts implements FactStore {
    private final FactStore sound;
    private final AtomicInteger failuresLeft;
    private final AtomicInteger largestBatch = new AtomicInteger();

    FlakyFacts(FactStore sound, int failures) {
        this.sound = sound;
        this.failuresLeft = new AtomicInteger(failures);
    }

    int largestBatch() {
        return largestBatch.get();
    }

    @Override
    public void append(List<Fact> facts, Positions positions) {
        if (failuresLeft.getAndDecrement() > 0) {
            throw new FactStoreFailure("facts not written", new SQLException("disk full"));
        }
        largestBatch.accumulateAndGet(facts.size(), Math::max);
        sound.append(facts, positions);
    }

    @Override
    public Positions positions() {
        return sound.positions();
    }

    @Override
    public void onChange(Runnable listener) {
        sound.onChange(listener);
    }

    @Override
    public void clear() {
        sound.clear();
    }

    @Override
    public <T> List<T> query(String sql, List<Object> parameters, Function<Row, T> read) {
        return sound.query(sql, parameters, read);
    }

    @Override
    public Dialect dialect() {
        return sound.dialect();
    }

    @Override
    public void close() {
        sound.close();
    }
}
