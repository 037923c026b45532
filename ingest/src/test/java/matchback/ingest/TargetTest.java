package matchback.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TargetTest {

    @ParameterizedTest
    @CsvSource({
        "/t/c/spring?zone=7, /t, /c/spring, zone=7",
        "/t/, /t, /, ''",
        "/t, /t, /, ''",
        "/t?zone=7, /t, /, zone=7",
        // A proxy that takes the prefix off, and a request that came past it.
        "/c/spring?zone=7, '', /c/spring, zone=7",
        // Begins alike and is another path.
        "/tracks/c, '', /tracks/c, ''",
        "/c/t/, '', /c/t/, ''",
    })
    void a_path_below_the_prefix_is_the_rest(String uri, String prefix, String path, String query) {
        var below = Target.of(uri).below("/t");

        assertThat(below.prefix()).isEqualTo(prefix);
        assertThat(below.path()).isEqualTo(path);
        assertThat(below.query()).isEqualTo(query);
        assertThat(below.raw()).isEqualTo(path + (query.isEmpty() ? "" : '?' + query));
    }

    @Test
    void without_a_prefix_nothing_changes() {
        var target = Target.of("/t/c/spring?zone=7");

        assertThat(target.below("")).isEqualTo(target);
    }
}
