package matchback.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DeadReasonsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    100 Invalid parameter in {"event_id":"01a2"} (fbtrace_id Double000008) | 100 Invalid parameter in … (fbtrace_id …)
                    100 Invalid parameter in {"event_name":"Purch                          | 100 Invalid parameter in …
                    the event 01a207a4569564e5d754f30b66e904c4 is too old                  | the event … is too old
                    {"error":"no such pixel","at":1795424540}                              | {"error":"no such pixel","at":…}
                    gone for good                                                          | gone for good
                    events[0].user_data.em is not hashed                                   | events[0].user_data.em is not hashed
                    order SLEEP-APP-0035 was paid                                          | order … was paid
                    version v26.0 expired in 2026                                          | version v26.0 expired in 2026
                    """)
    void what_each_delivery_has_of_its_own_is_left_out(String note, String shared) {
        assertThat(DeadReasons.shared(note)).isEqualTo(shared);
    }

    @Test
    void the_longest_piece_can_be_searched_for() {
        assertThat(DeadReasons.searchable("100 Invalid parameter in … (fbtrace_id …)"))
                .isEqualTo("100 Invalid parameter in");
        assertThat(DeadReasons.searchable("gone for good")).isEqualTo("gone for good");
        assertThat(DeadReasons.searchable("no … of")).isEmpty();
        assertThat(DeadReasons.searchable("")).isEmpty();
    }
}
