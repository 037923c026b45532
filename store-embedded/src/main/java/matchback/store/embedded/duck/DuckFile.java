package matchback.store.embedded.duck;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import matchback.model.Subject;
import matchback.report.FactStore.FactStoreFailure;
import org.duckdb.DuckDBConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The file: opening it, laying it out, throwing it away.
final class DuckFile {
    private static final Logger LOG = LoggerFactory.getLogger(DuckFile.class);

    /// To be raised when rows would be written otherwise although the columns are the same.
    private static final int LAYOUT = 1;

    /// What DuckDB says when the file is sound but cannot be had; then it is left alone.
    private static final List<String> OCCUPIED =
            List.of("lock", "different configuration", "Permission denied", "No space left");

    private final Path path;
    private final Path temporary;
    private final DuckConfig config;
    private final DuckDialect dialect;

    DuckFile(Path data, DuckConfig config, DuckDialect dialect) {
        this.path = data.resolve("reports.duckdb");
        this.temporary = data.resolve("reports.tmp");
        this.config = config;
        this.dialect = dialect;
    }

    /// The connection for writing. A file that cannot be read, or is of another layout, is replaced
    /// by an empty one.
    DuckDBConnection open() {
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (Files.exists(path)) {
            try {
                return openSound();
            } catch (SQLException e) {
                var message = String.valueOf(e.getMessage());
                if (OCCUPIED.stream().anyMatch(message::contains)) {
                    throw new FactStoreFailure("cannot open " + path, e);
                }
                LOG.warn("columns thrown away, filling them again file={}", path, e);
            }
        }
        delete();
        try {
            var connection = connect();
            layOut(connection);
            return connection;
        } catch (SQLException e) {
            throw new FactStoreFailure("cannot create " + path, e);
        }
    }

    private DuckDBConnection openSound() throws SQLException {
        var connection = connect();
        try (var statement = connection.createStatement();
                var result = statement.executeQuery("SELECT layout FROM about")) {
            if (result.next() && result.getString(1).equals(layout())) {
                return connection;
            }
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        connection.close();
        throw new SQLException("laid out by another build");
    }

    /// No setting of a time zone: no column and no question has a type that would heed it.
    private DuckDBConnection connect() throws SQLException {
        var properties = new Properties();
        properties.setProperty("autoinstall_known_extensions", "false");
        properties.setProperty("autoload_known_extensions", "false");
        properties.setProperty("allow_community_extensions", "false");
        properties.setProperty("threads", Integer.toString(config.threads()));
        properties.setProperty("memory_limit", config.memoryMiB() + "MiB");
        properties.setProperty("temp_directory", temporary.toAbsolutePath().toString());
        properties.setProperty("enable_external_access", "false");
        properties.setProperty("lock_configuration", "true");
        return DriverManager.getConnection("jdbc:duckdb:" + path.toAbsolutePath(), properties)
                .unwrap(DuckDBConnection.class);
    }

    private void layOut(DuckDBConnection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE " + DuckDialect.TABLE + " (" + dialect.factColumns() + ")");
            statement.execute("CREATE TABLE positions (bucket INTEGER, position BIGINT)");
            statement.execute(
                    "INSERT INTO positions SELECT range, 0 FROM range(" + Subject.BUCKETS + ")");
            statement.execute("CREATE TABLE about (layout VARCHAR)");
            statement.execute("INSERT INTO about VALUES ('" + layout() + "')");
            connection.commit();
        }
        connection.setAutoCommit(true);
    }

    /// Changes when the columns do.
    private String layout() {
        return LAYOUT + "-" + Integer.toHexString(dialect.factColumns().hashCode());
    }

    /// Deletes the file and what lies beside it.
    void delete() {
        try {
            Files.deleteIfExists(path);
            Files.deleteIfExists(path.resolveSibling(path.getFileName() + ".wal"));
            if (Files.exists(temporary)) {
                try (var files = Files.walk(temporary)) {
                    for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(file);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
