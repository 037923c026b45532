package matchback.store.embedded.duck;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import matchback.ledger.Fact;
import matchback.model.RecordId;
import matchback.model.Subject;
import matchback.report.Dialect;
import matchback.report.FactStore;
import matchback.report.Positions;
import matchback.report.Row;
import org.duckdb.DuckDBConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// [FactStore] on DuckDB.
///
/// Replacing is a delete and an insert in one transaction. Most facts are new, and finding that out
/// must not cost a search through everything: record ids begin with the time of their making, so a
/// fact whose record id is above all that were ever written is new; and only a fact of version 2 or
/// more can have an earlier one. The few others are searched for by ranges of record ids, which
/// DuckDB answers by skipping blocks.
public final class DuckFacts implements FactStore {
    private static final Logger LOG = LoggerFactory.getLogger(DuckFacts.class);

    private record FactId(RecordId recordId, int index) {}

    private record Earlier(FactId id, long version, long rowId) {}

    private static final DuckDialect DIALECT = new DuckDialect();

    /// Facts searched for by one statement.
    private static final int SEARCHED_MAX = 500;

    private final DuckFile file;
    private final Semaphore readers;

    /// Guards the writer and the highest record id.
    private final ReentrantLock writeLock = new ReentrantLock();

    private DuckDBConnection writer;
    private long highestRecord;

    /// Guards the root alone: a question must not wait for a batch that is being written.
    private final ReentrantLock rootLock = new ReentrantLock();

    /// Never used for work, only to make other connections from.
    private DuckDBConnection root;

    private volatile Positions positions;

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    private DuckFacts(DuckFile file, DuckConfig config) throws SQLException {
        this.file = file;
        this.readers = new Semaphore(config.readersMax(), true);
        this.root = file.open();
        this.writer = root.duplicate().unwrap(DuckDBConnection.class);
        this.positions = readPositions(writer);
        this.highestRecord = readHighestRecord(writer);
    }

    /// Opens the columns in a data folder, empty ones if there are none that can be read. Throws
    /// [FactStoreFailure] when another process has them.
    public static DuckFacts open(Path data, DuckConfig config) {
        try {
            return new DuckFacts(new DuckFile(data, config, DIALECT), config);
        } catch (SQLException e) {
            throw new FactStoreFailure("cannot read the columns in " + data, e);
        }
    }

    /// Deletes the columns in a data folder that nobody has open; the next start fills them again.
    public static void discard(Path data) {
        new DuckFile(data, DuckConfig.DEFAULT, DIALECT).delete();
    }

    @Override
    public Dialect dialect() {
        return DIALECT;
    }

    @Override
    public Positions positions() {
        return positions;
    }

    @Override
    public void append(List<Fact> facts, Positions next) {
        writeLock.lock();
        try {
            var latest = latest(facts);
            inTransaction(() -> {
                replace(latest);
                try (var appender = new FactAppender(writer)) {
                    for (var fact : latest.values()) {
                        appender.append(fact);
                    }
                }
                move(next);
            });
            positions = next;
            for (var fact : latest.values()) {
                highestRecord = Math.max(highestRecord, fact.recordId().high());
            }
        } catch (SQLException e) {
            throw new FactStoreFailure("facts not written", e);
        } finally {
            writeLock.unlock();
        }
        listeners.forEach(Runnable::run);
    }

    @Override
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    private static Map<FactId, Fact> latest(List<Fact> facts) {
        var latest = LinkedHashMap.<FactId, Fact>newLinkedHashMap(facts.size());
        for (var fact : facts) {
            latest.merge(
                    new FactId(fact.recordId(), fact.index()),
                    fact,
                    (one, other) -> other.version() >= one.version() ? other : one);
        }
        return latest;
    }

    /// Deletes the rows that facts replace, and takes out the facts that are no later than what is
    /// there.
    private void replace(Map<FactId, Fact> latest) throws SQLException {
        var doubtful = new ArrayList<FactId>();
        for (var fact : latest.entrySet()) {
            if (fact.getValue().version() > 1 && fact.getKey().recordId().high() <= highestRecord) {
                doubtful.add(fact.getKey());
            }
        }
        doubtful.sort((one, other) -> one.recordId().compareTo(other.recordId()));
        var rows = new ArrayList<Long>();
        for (int from = 0; from < doubtful.size(); from += SEARCHED_MAX) {
            var some = doubtful.subList(from, Math.min(from + SEARCHED_MAX, doubtful.size()));
            for (var earlier : earlier(some)) {
                var fact = latest.get(earlier.id());
                if (fact == null) {
                    continue;
                }
                if (earlier.version() < fact.version()) {
                    rows.add(earlier.rowId());
                } else {
                    latest.remove(earlier.id());
                }
            }
        }
        delete(rows);
    }

    /// The rows of facts, if they have any.
    private List<Earlier> earlier(List<FactId> wanted) throws SQLException {
        var highs = new StringJoiner(", ");
        wanted.stream()
                .map(id -> id.recordId().high())
                .distinct()
                .forEach(high -> highs.add(high.toString()));
        var sql =
                """
                SELECT record_high, record_low, idx, version, rowid
                FROM facts
                WHERE record_high BETWEEN %d AND %d AND record_high IN (%s)
                """
                        .formatted(
                                wanted.getFirst().recordId().high(),
                                wanted.getLast().recordId().high(),
                                highs);
        var found = new ArrayList<Earlier>();
        try (var statement = writer.createStatement();
                var result = statement.executeQuery(sql)) {
            while (result.next()) {
                var id = new RecordId(result.getLong(1), result.getLong(2));
                found.add(
                        new Earlier(
                                new FactId(id, result.getInt(3)),
                                result.getLong(4),
                                result.getLong(5)));
            }
        }
        return found;
    }

    private void delete(List<Long> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        var list = new StringJoiner(", ");
        rows.forEach(row -> list.add(row.toString()));
        try (var statement = writer.createStatement()) {
            statement.execute(
                    "DELETE FROM facts WHERE rowid BETWEEN %d AND %d AND rowid IN (%s)"
                            .formatted(Collections.min(rows), Collections.max(rows), list));
        }
    }

    private void move(Positions next) throws SQLException {
        var values = new StringJoiner(", ");
        for (int bucket = 0; bucket < Subject.BUCKETS; bucket++) {
            if (next.of(bucket) != positions.of(bucket)) {
                values.add("(" + bucket + ", " + next.of(bucket) + ")");
            }
        }
        if (values.length() == 0) {
            return;
        }
        try (var statement = writer.createStatement()) {
            statement.execute(
                    """
                    UPDATE positions SET position = moved.position
                    FROM (VALUES %s) AS moved(bucket, position)
                    WHERE positions.bucket = moved.bucket
                    """
                            .formatted(values));
        }
    }

    private interface Work {
        void run() throws SQLException;
    }

    private void inTransaction(Work work) throws SQLException {
        boolean done = false;
        if (writer.isClosed()) {
            reopen();
        }
        writer.setAutoCommit(false);
        try {
            work.run();
            writer.commit();
            done = true;
        } finally {
            if (!done) {
                recover();
            }
        }
        writer.setAutoCommit(true);
    }

    /// After a failure: takes the transaction back. If that fails too the engine has given up on
    /// all its connections, and everything is opened anew.
    private void recover() throws SQLException {
        try {
            writer.rollback();
            writer.setAutoCommit(true);
        } catch (SQLException e) {
            LOG.error("columns lost their engine, opening them again", e);
            reopen();
        }
    }

    private void reopen() throws SQLException {
        writer.close();
        rootLock.lock();
        try {
            root.close();
            root = file.open();
            writer = root.duplicate().unwrap(DuckDBConnection.class);
        } finally {
            rootLock.unlock();
        }
        positions = readPositions(writer);
        highestRecord = readHighestRecord(writer);
    }

    private static Positions readPositions(DuckDBConnection connection) throws SQLException {
        var positions = Positions.NONE;
        try (var statement = connection.createStatement();
                var result =
                        statement.executeQuery(
                                "SELECT bucket, position FROM positions WHERE position > 0")) {
            while (result.next()) {
                positions = positions.with(result.getInt(1), result.getLong(2));
            }
        }
        return positions;
    }

    private static long readHighestRecord(DuckDBConnection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var result =
                        statement.executeQuery(
                                "SELECT coalesce(max(record_high), %d) FROM facts"
                                        .formatted(Long.MIN_VALUE))) {
            return result.next() ? result.getLong(1) : Long.MIN_VALUE;
        }
    }

    @Override
    public void clear() {
        writeLock.lock();
        try {
            inTransaction(() -> {
                try (var statement = writer.createStatement()) {
                    statement.execute("DELETE FROM facts");
                    statement.execute("UPDATE positions SET position = 0");
                }
            });
            positions = Positions.NONE;
            highestRecord = Long.MIN_VALUE;
        } catch (SQLException e) {
            throw new FactStoreFailure("columns not cleared", e);
        } finally {
            writeLock.unlock();
        }
        listeners.forEach(Runnable::run);
    }

    @Override
    public <T> List<T> query(String sql, List<Object> parameters, Function<Row, T> read) {
        readers.acquireUninterruptibly();
        try (var reader = reader();
                var statement = reader.prepareStatement(sql)) {
            bind(statement, parameters);
            try (var result = statement.executeQuery()) {
                var row = new ResultRow(result);
                var answers = new ArrayList<T>();
                while (result.next()) {
                    answers.add(read.apply(row));
                }
                return answers;
            }
        } catch (SQLException e) {
            throw new FactStoreFailure("a question without an answer", e);
        } finally {
            readers.release();
        }
    }

    private DuckDBConnection reader() throws SQLException {
        rootLock.lock();
        try {
            return root.duplicate().unwrap(DuckDBConnection.class);
        } finally {
            rootLock.unlock();
        }
    }

    private static void bind(PreparedStatement statement, List<Object> parameters)
            throws SQLException {
        int index = 1;
        for (var parameter : parameters) {
            statement.setObject(index++, parameter);
        }
    }

    @Override
    public void close() {
        writeLock.lock();
        try {
            writer.close();
            closeRoot();
        } catch (SQLException e) {
            throw new FactStoreFailure("columns not closed", e);
        } finally {
            writeLock.unlock();
        }
    }

    private void closeRoot() throws SQLException {
        rootLock.lock();
        try {
            root.close();
        } finally {
            rootLock.unlock();
        }
    }
}
