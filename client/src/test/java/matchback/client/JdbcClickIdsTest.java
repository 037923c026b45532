package matchback.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JdbcClickIdsTest {
    private JdbcConnectionPool database;
    private JdbcClickIds target;

    @BeforeEach
    void create() throws SQLException {
        database = JdbcConnectionPool.create("jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1", "sa", "");
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("DROP ALL OBJECTS");
            statement.execute(
                    "CREATE TABLE matchback_clickid (user_id VARCHAR(190) PRIMARY KEY, clickid"
                            + " VARCHAR(64) NOT NULL)");
        }
        target = new JdbcClickIds(database);
    }

    @AfterEach
    void dispose() {
        database.dispose();
    }

    @Test
    void a_later_click_replaces_an_earlier_one_until_it_is_forgotten() {
        // when
        target.remember("user 1", "a");
        target.remember("user 1", "b");
        target.remember("user 2", "c");

        // then
        assertThat(target.find("user 1")).contains("b");
        target.forget("user 1");
        assertThat(target.find("user 1")).isEmpty();
        assertThat(target.find("user 2")).contains("c");
    }

    @Test
    void two_servers_may_remember_the_same_user_at_once() throws Exception {
        // given
        List<Callable<Void>> tasks =
                IntStream.range(0, 200)
                        .<Callable<Void>>mapToObj(i ->
                                () -> {
                                    target.remember("user " + i % 5, "c" + i);
                                    return null;
                                })
                        .toList();

        // when
        var threads = Executors.newFixedThreadPool(8);
        for (var done : threads.invokeAll(tasks)) {
            done.get();
        }
        threads.shutdown();

        // then
        assertThat(target.find("user 3")).isPresent();
    }

    @Test
    void a_missing_table_is_told() throws SQLException {
        // given
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("DROP ALL OBJECTS");
        }

        // when, then
        assertThatThrownBy(() -> target.find("x"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("could not be read");
    }
}
