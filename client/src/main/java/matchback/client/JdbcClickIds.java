package matchback.client;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/// Keeps click ids in a table of the application's own database:
///
/// ```sql
/// CREATE TABLE matchback_clickid (
///     user_id VARCHAR(190) PRIMARY KEY,
///     clickid VARCHAR(64) NOT NULL)
/// ```
///
/// Plain SQL, so that it runs on every database. Throws IllegalStateException when the database
/// does not answer.
public final class JdbcClickIds implements ClickIdStore {
    private static final String INSERT =
            "INSERT INTO matchback_clickid (user_id, clickid) VALUES (?, ?)";
    private static final String UPDATE =
            "UPDATE matchback_clickid SET clickid = ? WHERE user_id = ?";
    private static final String SELECT = "SELECT clickid FROM matchback_clickid WHERE user_id = ?";
    private static final String DELETE = "DELETE FROM matchback_clickid WHERE user_id = ?";

    private final DataSource database;

    public JdbcClickIds(DataSource database) {
        this.database = database;
    }

    @Override
    public void remember(String userId, String clickId) {
        try (var connection = open()) {
            if (run(connection, UPDATE, clickId, userId) == 0) {
                insert(connection, userId, clickId);
            }
        } catch (SQLException e) {
            throw failed("kept", e);
        }
    }

    /// Whoever came first wins the insert; the other one then finds the row.
    private static void insert(Connection connection, String userId, String clickId)
            throws SQLException {
        try {
            run(connection, INSERT, userId, clickId);
        } catch (SQLException e) {
            if (run(connection, UPDATE, clickId, userId) == 0) {
                throw e;
            }
        }
    }

    @Override
    public Optional<String> find(String userId) {
        try (var connection = open();
                var select = connection.prepareStatement(SELECT)) {
            select.setString(1, userId);
            try (var rows = select.executeQuery()) {
                return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw failed("read", e);
        }
    }

    @Override
    public void forget(String userId) {
        try (var connection = open()) {
            run(connection, DELETE, userId);
        } catch (SQLException e) {
            throw failed("deleted", e);
        }
    }

    /// Each statement stands for itself, also where a pool hands out connections that wait for a
    /// commit.
    private Connection open() throws SQLException {
        var connection = database.getConnection();
        if (!connection.getAutoCommit()) {
            connection.setAutoCommit(true);
        }
        return connection;
    }

    private static int run(Connection connection, String sql, String... values)
            throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }

    private static IllegalStateException failed(String what, SQLException e) {
        return new IllegalStateException("a click id could not be " + what, e);
    }
}
