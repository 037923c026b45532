package matchback.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import matchback.server.config.Loader.Loaded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoaderTest {
    @TempDir Path data;

    @Test
    void the_later_of_file_environment_and_flag_wins() throws IOException {
        file("port = 1001", "console-port = 1002 # a comment", "bind = 127.0.0.1");
        var environment = Map.of("MATCHBACK_PORT", "2001", "MATCHBACK_CONSOLE_PORT", "2002");

        var ready = ready(environment, Map.of("port", "3001"));

        assertThat(ready.configuration().tracking().port()).isEqualTo(3001);
        assertThat(ready.configuration().console().port()).isEqualTo(2002);
        assertThat(ready.configuration().tracking().bind()).isEqualTo("127.0.0.1");
        assertThat(Listing.effective(ready.values()))
                .contains("# --port")
                .contains("# MATCHBACK_CONSOLE_PORT")
                .contains("# matchback.conf line 3")
                .contains("# default");
    }

    @Test
    void every_key_can_be_set_in_all_three_ways() throws IOException {
        for (var setting : Configuration.settings()) {
            var text = setting.fallback().isEmpty() ? "" : setting.fallback();
            file(setting.key() + " = " + text);
            assertThat(origin(setting, Map.of(), Map.of())).isEqualTo("matchback.conf line 1");
            file("");
            assertThat(origin(setting, Map.of(setting.variable(), text), Map.of()))
                    .isEqualTo(setting.variable());
            assertThat(origin(setting, Map.of(), Map.of(setting.key(), text)))
                    .isEqualTo(setting.flag());
        }
    }

    @Test
    void all_problems_are_told_at_once_with_their_origin() throws IOException {
        file("prot = 80", "port = eighty", "# fine", "nonsense", "node = 1", "node = 2");
        var environment = Map.of("MATCHBACK_CONSOL_PORT", "1", "MATCHBACK_NODE", "1024");

        var loaded = load(environment, Map.of("tls-crt", "x", "report-currency", "DOLLARS"));

        assertThat(loaded)
                .isEqualTo(
                        new Loaded.Refused(
                                List.of(
                                        "matchback.conf line 1: unknown key prot; did you mean"
                                                + " port?",
                                        "matchback.conf line 2: port is 'eighty'; expected a number"
                                                + " from 0 to 65535",
                                        "matchback.conf line 4: no '=' in it; expected key = value",
                                        "matchback.conf line 6: node was already set in"
                                                + " matchback.conf line 5",
                                        "MATCHBACK_CONSOL_PORT: unknown variable; did you mean"
                                                + " MATCHBACK_CONSOLE_PORT?",
                                        "MATCHBACK_NODE: node is '1024'; expected a number from 0"
                                                + " to 1023",
                                        "--report-currency: report-currency is 'DOLLARS'; expected"
                                                + " an ISO 4217 code such as USD",
                                        "--tls-crt: unknown key; did you mean --tls-cert?")));
    }

    @Test
    void variables_of_the_launcher_and_of_others_are_left_alone() {
        var environment = Map.of("MATCHBACK_JAVA_OPTS", "-Xmx1g", "PATH", "/bin");

        assertThat(load(environment, Map.of())).isInstanceOf(Loaded.Ready.class);
    }

    @Test
    void a_named_file_must_be_there() {
        var loaded = Loader.load(Optional.of(data.resolve("none.conf")), Map.of(), Map.of());

        assertThat(loaded).isInstanceOf(Loaded.Refused.class);
        assertThat(loaded.toString()).contains("none.conf");
    }

    @Test
    void the_file_can_be_named_by_a_variable() throws IOException {
        var other = Files.writeString(data.resolve("other.conf"), "port = 4001");

        var ready = ready(Map.of(Loader.FILE_VARIABLE, other.toString()), Map.of());

        assertThat(ready.configuration().tracking().port()).isEqualTo(4001);
    }

    @Test
    void secrets_are_never_shown() {
        var token = "a-token-of-some-length";

        var ready = ready(Map.of("MATCHBACK_ADMIN_TOKEN", token), Map.of());

        assertThat(ready.configuration().console().adminToken().text()).isEqualTo(token);
        assertThat(Listing.effective(ready.values()))
                .contains("admin-token = ******")
                .doesNotContain(token);
        assertThat(ready.configuration().toString()).doesNotContain(token);
        assertThat(load(Map.of("MATCHBACK_ADMIN_TOKEN", "short"), Map.of()).toString())
                .contains("admin-token: 5 characters; at least 16")
                .doesNotContain("'short'");
    }

    @Test
    void what_contradicts_itself_is_refused() {
        assertThat(refusals(Map.of("tls-cert", "a.pem"))).contains("only one of the two is set");
        assertThat(refusals(Map.of("port", "9000", "console-port", "9000"))).contains("both are");
        assertThat(refusals(Map.of("console-bind", "0.0.0.0"))).contains("without TLS");
        assertThat(refusals(Map.of("ledger-sync", "false"))).contains("must wait for the disk");
        assertThat(load(Map.of(), Map.of("console-bind", "0.0.0.0", "insecure-console", "true")))
                .isInstanceOf(Loaded.Ready.class);
        assertThat(
                        load(
                                Map.of(),
                                Map.of(
                                        "console-bind", "::",
                                        "tls-cert", "a.pem",
                                        "tls-key", "b.pem")))
                .isInstanceOf(Loaded.Ready.class);
    }

    private String refusals(Map<String, String> flags) {
        var loaded = load(Map.of(), flags);
        assertThat(loaded).isInstanceOf(Loaded.Refused.class);
        return loaded.toString();
    }

    /// Contradictions do not matter here: the values are looked at before them.
    private String origin(
            Setting<?> setting, Map<String, String> environment, Map<String, String> flags) {
        return ready(environment, flags).values().given(setting).origin();
    }

    private Loaded.Ready ready(Map<String, String> environment, Map<String, String> flags) {
        var loaded = load(environment, flags);
        assertThat(loaded).isInstanceOf(Loaded.Ready.class);
        return (Loaded.Ready) loaded;
    }

    private Loaded load(Map<String, String> environment, Map<String, String> flags) {
        var file = data.resolve(Loader.FILE_NAME);
        return Loader.load(
                Files.exists(file) ? Optional.of(file) : Optional.empty(), environment, flags);
    }

    private void file(String... lines) throws IOException {
        Files.write(data.resolve(Loader.FILE_NAME), List.of(lines));
    }
}
