package matchback.model.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import matchback.model.catalog.TimeWindow.Parsed;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TimeWindowTest {

    @ParameterizedTest
    @CsvSource({
        // 2026-03-02 is a Monday, 2026-03-07 a Saturday.
        "09:00-18:00,                         2026-03-02T09:00:00Z, true",
        "09:00-18:00,                         2026-03-02T18:00:00Z, false",
        "mon-fri 09:00-18:00,                 2026-03-07T12:00:00Z, false",
        "Sat Sun 09:00-18:00,                 2026-03-07T12:00:00Z, true",
        "mon-fri 09:00-18:00 Europe/Berlin,   2026-03-02T08:30:00Z, true",
        "mon-fri 09:00-18:00 Europe/Berlin,   2026-03-02T17:30:00Z, false",
        "mon 09:00-18:00 America/Los_Angeles, 2026-03-03T01:30:00Z, true",
        "fri 22:00-04:00,                     2026-03-07T03:59:00Z, true",
        "fri 22:00-04:00,                     2026-03-07T22:30:00Z, false",
        "fri 22:00-04:00,                     2026-03-06T03:00:00Z, false",
        "sat-mon 10:00-24:00,                 2026-03-02T23:59:00Z, true",
        "monday 00:00-24:00,                  2026-03-02T00:00:00Z, true",
        "monday 00:00-24:00,                  2026-03-03T00:00:00Z, false"
    })
    void is_open_on_its_days_in_its_zone(String text, Instant at, boolean isOpen) {
        assertThat(TimeWindow.parse(text))
                .isInstanceOfSatisfying(
                        Parsed.Window.class,
                        parsed ->
                                assertThat(parsed.window().isOpen(at.toEpochMilli()))
                                        .isEqualTo(isOpen));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "mon",
                "9-18",
                "09:00-25:00",
                "09:00-24:30",
                "mon-fri-sun 09:00-18:00",
                "noday 09:00-18:00",
                "09:00-18:00 Europe/Nowhere",
                "09:00-18:00 UTC more"
            })
    void anything_else_is_told_what_is_expected(String text) {
        assertThat(TimeWindow.parse(text))
                .isInstanceOfSatisfying(
                        Parsed.Problem.class,
                        problem -> assertThat(problem.message()).isNotBlank());
    }
}
