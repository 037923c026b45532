package matchback.console.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import matchback.console.testing.FormSession;
import matchback.console.testing.TestingConsole;
import matchback.report.alert.AlertKind;
import matchback.report.alert.Condition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Alerts on the pages and by the API.
final class AlertPagesTest {
    private final TestingConsole console = new TestingConsole();
    private final FormSession session = new FormSession(console);

    @AfterEach
    void close() {
        console.close();
    }

    private void look(Duration later, Condition... found) {
        console.alerts.take(
                TestingConsole.START.plus(later).toEpochMilli(),
                List.of(found),
                EnumSet.allOf(AlertKind.class));
    }

    private static Condition parked() {
        return new Condition(
                AlertKind.DESTINATION_PARKED,
                "meta:main",
                "meta:main takes nothing <until> somebody looks at it",
                List.of("It answered 401: the token has expired"),
                "/destinations",
                TestingConsole.START.toEpochMilli());
    }

    @Test
    void nothing_is_wrong_and_the_page_says_what_was_looked_at() {
        assertThat(session.get("/alerts").text())
                .contains("Nothing is wrong", "Nobody is told outside this page");
        assertThat(session.get("/").text()).doesNotContain("Something is wrong");
        assertThat(console.get("/api/v1/alerts").text()).isEqualTo("{\"items\":[],\"next\":null}");
    }

    @Test
    void what_is_wrong_stands_on_the_overview_in_the_rail_and_on_its_page() {
        look(Duration.ZERO, parked());

        assertThat(session.get("/").text())
                .contains("Something is wrong", "takes nothing &lt;until&gt; somebody")
                .contains("<span class=\"tag refused count\">1</span>");
        assertThat(session.get("/alerts").text())
                .contains("destination parked", "It answered 401: the token has expired");
        var item = console.get("/api/v1/alerts").json().at("/items/0");
        assertThat(item.path("kind").asText()).isEqualTo("destination_parked");
        assertThat(item.path("about").asText()).isEqualTo("meta:main");
        assertThat(item.path("clearedAt").isNull()).isTrue();
    }

    @Test
    void what_is_over_stays_below() {
        look(Duration.ZERO, parked());
        look(Duration.ofMinutes(6));

        var page = session.get("/alerts").text();
        assertThat(page).contains("Nothing is wrong", "Over", "meta:main takes nothing");
        assertThat(session.get("/").text()).doesNotContain("Something is wrong");
        assertThat(console.get("/api/v1/alerts").json().at("/items/0/clearedAt").isTextual())
                .isTrue();
    }
}
