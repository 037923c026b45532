package matchback.ingest.visitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AgentsTest {
    private static final int PATIENCE_SECONDS = 30;

    @TempDir Path folder;

    /// Quick to load.
    private Path rules(String browser) throws IOException {
        var file = folder.resolve("regexes.yaml");
        Files.writeString(
                file,
                """
                user_agent_parsers:
                  - regex: '(%s)/(\\d+)'
                os_parsers:
                  - regex: '(NoOS)'
                device_parsers:
                  - regex: 'NoDevice'
                    device_replacement: 'None'
                """
                        .formatted(browser));
        return file;
    }

    private static Agent await(CompletableFuture<Agent> told) throws Exception {
        return told.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void a_new_agent_is_read_on_the_side_and_known_from_then_on() throws Exception {
        try (var agents = Agents.start(Optional.of(rules("Example")))) {
            assertThat(agents.known("Example/7")).isEmpty();

            var told = await(agents.learn("Example/7"));

            assertThat(told.traits()).containsEntry("browser_version", "Example 7");
            assertThat(agents.known("Example/7")).contains(told);
        }
    }

    @Test
    void the_rest_of_a_long_agent_is_left_out() throws Exception {
        try (var agents = Agents.start(Optional.of(rules("Example")))) {
            var start = "Example/7 " + "x".repeat(600);

            var told = agents.read(start + "1");

            assertThat(agents.known(start + "2")).contains(told);
        }
    }

    @Test
    void memory_is_bound_and_who_comes_often_stays() throws Exception {
        var rules = rules("Example");
        try (var agents = Agents.start(() -> AgentReader.by(rules), 10, 10)) {
            agents.read("often");
            for (int i = 0; i < 200; i++) {
                agents.read("Example/" + i);
                assertThat(agents.known("often")).isPresent();
            }

            assertThat(agents.knownCount()).isLessThanOrEqualTo(20);
            assertThat(agents.known("Example/0")).isEmpty();
        }
    }

    @Test
    void what_does_not_fit_into_the_queue_goes_on_unread() throws Exception {
        var rules = rules("Example");
        var loading = new CompletableFuture<AgentReader>();
        try (var agents = Agents.start(loading::join, 10, 2)) {
            var told = new ArrayList<CompletableFuture<Agent>>();
            for (int i = 0; i < 5; i++) {
                told.add(agents.learn("SomeBot/" + i));
            }

            assertThat(told).filteredOn(CompletableFuture::isDone).hasSize(3);
            assertThat(told.getLast().join()).isEqualTo(new Agent(Map.of(), "user_agent"));
            assertThat(agents.learn("SomeBot/0")).isSameAs(told.getFirst());
            loading.complete(AgentReader.by(rules));
            assertThat(await(told.getFirst()).bot()).isEqualTo("user_agent");
        }
    }

    @Test
    void new_rules_are_taken_and_spoilt_ones_are_not() throws Exception {
        try (var agents = Agents.start(Optional.of(rules("Example")))) {
            agents.read("Newer/1");

            agents.renew(rules("Newer"));
            assertThat(agents.read("Newer/1").traits()).containsEntry("browser_version", "Newer 1");

            var spoilt = folder.resolve("regexes.yaml");
            Files.writeString(spoilt, "- [");
            assertThatThrownBy(() -> agents.renew(spoilt)).isInstanceOf(UnusableFile.class);
            assertThat(agents.read("Newer/2").traits()).containsEntry("browser_version", "Newer 2");
        }
    }

    @Test
    void rules_that_cannot_be_read_are_told_of_at_the_start() {
        try (var agents = Agents.start(Optional.of(folder.resolve("none.yaml")))) {
            assertThatThrownBy(agents::awaitRules)
                    .isInstanceOf(UnusableFile.class)
                    .hasMessageContaining("there is no such file");
        }
    }
}
