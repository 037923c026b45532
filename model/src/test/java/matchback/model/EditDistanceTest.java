package matchback.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EditDistanceTest {
    @ParameterizedTest
    @CsvSource({
        "'', '', 0",
        "'', port, 4",
        "port, '', 4",
        "port, port, 0",
        "prot, port, 2",
        "kitten, sitting, 3",
        "tls-crt, tls-cert, 1"
    })
    void counts_the_characters_to_insert_remove_or_change(String from, String to, int distance) {
        assertThat(EditDistance.between(from, to)).isEqualTo(distance);
        assertThat(EditDistance.between(to, from)).isEqualTo(distance);
    }
}
