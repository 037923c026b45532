package matchback.console.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import matchback.console.testing.TestingConsole;
import matchback.console.testing.Traffic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the report page does with what it is asked.
final class ReportPageTest {
    private final TestingConsole console = new TestingConsole();
    private final Traffic traffic = new Traffic(console);

    @BeforeEach
    void clicks() {
        traffic.click("zone 1");
        console.clock.advance(Duration.ofDays(1).plusMinutes(1));
        traffic.click("zone 1");
        traffic.click("zone \"2\"");
        console.awaitColumns();
    }

    @AfterEach
    void close() {
        console.close();
    }

    @Test
    void a_filter_of_the_form_becomes_a_part_of_the_address() {
        var reply = console.get("/report?group=day&filter=sub1&value=zone+%222%22&tz=UTC");

        assertThat(reply.status()).isEqualTo(303);
        assertThat(reply.header("Location"))
                .isEqualTo("/report?group=day&tz=UTC&sub1=zone+%222%22");
        var page = console.get(reply.header("Location"));
        assertThat(page.text())
                .contains("name=\"sub1\" value=\"zone &#34;2&#34;\"")
                .contains("sub1 = zone \"2\"");
    }

    @Test
    void a_value_leads_to_itself_by_the_dimensions_that_are_left() {
        var page = console.get("/report?group=day&group=sub1&sort=-clicks").text();

        assertThat(page)
                .contains("href=\"/report?group=day&amp;sub1=zone+1\"")
                .contains("href=\"/report?group=sub1&amp;day=2026-03-02\"");
        assertThat(console.get("/report?group=day").text())
                .contains("href=\"/report?group=hour&amp;day=2026-03-02\"");
        assertThat(console.get("/report?group=region").text())
                .contains("href=\"/report?group=day&amp;region=-\"");
    }

    @Test
    void the_period_before_stands_below_each_number() {
        var page =
                console.get(
                                "/report?group=sub1&metrics=clicks&compare=previous"
                                        + "&from=2026-03-02&to=2026-03-02")
                        .text();

        assertThat(page)
                .contains("beside 1 Mar 2026 12:01")
                .contains("<span class=\"sub\">1 · ±0.0")
                .contains("<span class=\"sub\">0</span>")
                .contains("<span class=\"sub\">1 · +100.0");
    }

    @Test
    void the_page_says_by_which_time_conversions_count() {
        assertThat(console.get("/report").text()).contains("conversions at their own time");
        assertThat(console.get("/report?clock=click").text())
                .contains("conversions at their click's time");
    }
}
