package matchback.model;

import static matchback.model.Status.APPROVED;
import static matchback.model.Status.PENDING;
import static matchback.model.Status.REJECTED;
import static matchback.model.Status.REVERSED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StatusTest {
    private record Change(Status from, Status to) {}

    @Test
    void these_changes_are_allowed_and_no_others() {
        var allowed =
                Set.of(
                        new Change(PENDING, APPROVED),
                        new Change(PENDING, REJECTED),
                        new Change(APPROVED, REJECTED),
                        new Change(APPROVED, REVERSED),
                        new Change(REJECTED, APPROVED));

        for (var from : Status.values()) {
            for (var to : Status.values()) {
                assertThat(from.mayBecome(to))
                        .as("%s to %s", from, to)
                        .isEqualTo(allowed.contains(new Change(from, to)));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "lead, PENDING",
        "hold, PENDING",
        "pending, PENDING",
        "2, PENDING",
        "5, PENDING",
        "sale, APPROVED",
        "approved, APPROVED",
        "1, APPROVED",
        "rejected, REJECTED",
        "trash, REJECTED",
        "3, REJECTED",
        "refund, REVERSED",
        "chargeback, REVERSED",
        "' APPROVED ', APPROVED"
    })
    void the_words_of_the_field_are_known(String word, Status status) {
        assertThat(Status.ofWord(word)).contains(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "4", "0", "approved!", "event:deposit", "ıgnore"})
    void other_words_are_not(String word) {
        assertThat(Status.ofWord(word)).isEmpty();
    }
}
