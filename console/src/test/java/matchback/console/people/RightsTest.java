package matchback.console.people;

import static org.assertj.core.api.Assertions.assertThat;

import matchback.console.testing.TestingConsole;
import org.junit.jupiter.api.Test;

/// The table of rights.
final class RightsTest {

    @Test
    void every_route_of_pages_and_api_has_a_line_and_every_line_a_route() {
        var table = Rights.ofJar();

        try (var console = new TestingConsole()) {
            assertThat(console.routes())
                    .as("add what is missing to rights.txt, and say who may")
                    .containsExactlyInAnyOrderElementsOf(table.lines().keySet());
        }
    }
}
