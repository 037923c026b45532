package matchback.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import matchback.attribute.testing.Door;
import matchback.attribute.testing.Samples;
import matchback.model.Reason;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Event types with windows of their own; the offer's is 30 days.
final class WindowsTest {
    private final Door door = new Door();

    @BeforeEach
    void setWindows() {
        door.set(
                Samples.offer("offer", "net").with(null, Map.of("deposit", 90, "registration", 1)));
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    event=deposit,              90,  0, NEW_CONVERSION
                    event=deposit,              90,  1, TOO_LATE
                    event=registration,          1,  0, NEW_CONVERSION
                    event=registration,          1,  1, TOO_LATE
                    event=sale,                 30,  0, NEW_CONVERSION
                    event=sale,                 30,  1, TOO_LATE
                    event=strange,              90,  0, UNKNOWN_EVENT
                    event=strange,              90,  1, TOO_LATE
                    """)
    void each_type_has_its_own(String query, int days, int more, Reason reason) {
        var click = door.click();
        door.pass(Duration.ofDays(days).plusMillis(more));

        assertThat(door.post(click, query).reason()).isEqualTo(reason);
    }

    @Test
    void the_answer_names_the_type_and_its_window() {
        var click = door.click();
        door.pass(Duration.ofDays(2));

        var outcome = door.post(click, "event=registration");

        assertThat(outcome.detail())
                .isEqualTo(
                        "the click is 2 days old; the window of offer 'offer' for 'registration'"
                                + " is 1 days");
    }

    @Test
    void only_the_first_conversion_of_a_click_must_be_within() {
        var click = door.click();
        door.post(click, "event=registration");
        door.pass(Duration.ofDays(200));

        assertThat(door.post(click, "event=deposit").reason())
                .isEqualTo(Reason.ADDITIONAL_CONVERSION);
    }
}
