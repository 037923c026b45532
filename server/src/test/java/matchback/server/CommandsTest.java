package matchback.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {
    @TempDir Path data;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void the_version_is_one_line() {
        assertThat(run("--version")).isZero();

        assertThat(out().lines()).hasSize(1);
        assertThat(out()).startsWith("matchback ");
    }

    @Test
    void the_help_names_every_command() {
        assertThat(run("--help")).isZero();

        assertThat(out())
                .contains("Matchback, a self-hosted")
                .contains("serve", "demo", "doctor", "rebuild", "ledger");
    }

    @Test
    void a_template_is_tried_and_shown_against_what_arrived() {
        assertThat(run("try", "clickflare")).isZero();

        assertThat(out())
                .contains("GET /cf/cv?click_id=", "GET /cf/postback?click_id=")
                .contains("counted: new_conversion", "sale approved 6.00 USD txid C1")
                .contains("As the template promises.")
                .doesNotContain("DIFFERS");
    }

    @Test
    void a_template_that_is_not_there_is_told_with_those_that_are() {
        assertThat(run("try", "nonsense")).isEqualTo(Commands.WRONG);
        assertThat(out()).contains("no template 'nonsense'", "everflow");

        assertThat(run("try")).isZero();
        assertThat(out()).contains("Keitaro, tracker");
    }

    @Test
    void the_help_of_serve_names_what_the_contract_asks_for() {
        assertThat(run("serve", "--help")).isZero();

        assertThat(out())
                .contains("--data", "--port", "--console-port", "--bind", "--public-url")
                .contains("--allow-private-destinations", "--tls-cert", "--insecure-console")
                .doesNotContain("--ledger-sync");
    }

    @Test
    void work_on_a_folder_without_a_ledger_is_refused_in_one_line() {
        assertThat(run("rebuild", "--data", data.toString())).isEqualTo(Commands.FAILED);
        assertThat(err()).contains("there is no ledger in " + data).hasLineCount(1);
        assertThat(run("ledger", "verify", "--data", data.toString())).isEqualTo(Commands.FAILED);
    }

    @Test
    void a_public_console_without_tls_is_refused() {
        int code = run("serve", "--data", data.toString(), "--console-bind", "0.0.0.0");

        assertThat(code).isEqualTo(Commands.WRONG);
        assertThat(err()).contains("without TLS").hasLineCount(1);
    }

    @Test
    void the_help_of_a_command_groups_what_can_be_set() {
        assertThat(run("doctor", "--help")).isZero();

        assertThat(out())
                .contains("Data:")
                .contains("--console-port")
                .contains("(default: 8081)")
                .doesNotContain("--ledger-sync")
                .doesNotContain("--log-level");
    }

    @Test
    void an_unknown_command_names_the_known_ones() {
        assertThat(run("serv")).isEqualTo(Commands.WRONG);

        assertThat(err()).startsWith("matchback: no command 'serv'; there are ").hasLineCount(1);
    }

    @Test
    void unknown_flags_and_bad_values_are_told_together() {
        assertThat(run("doctor", "--prot", "80", "--console-port", "many"))
                .isEqualTo(Commands.WRONG);

        assertThat(err())
                .contains("--prot: unknown key; did you mean --port?")
                .contains("--console-port: console-port is 'many'; expected a number");
    }

    @Test
    void a_stray_word_is_refused() {
        assertThat(run("doctor", "now")).isEqualTo(Commands.WRONG);

        assertThat(err()).contains("'now' belongs to no flag");
    }

    @Test
    void the_configuration_can_be_shown() {
        assertThat(run("doctor", "--port", "9", "--insecure-console", "--print-config")).isZero();

        assertThat(out())
                .containsPattern("port = 9 +# --port")
                .containsPattern("insecure-console = true +# --insecure-console");
    }

    @Test
    void the_doctor_finds_an_empty_folder_well() {
        assertThat(run("doctor", "--data", data.toString(), "--port", "0", "--console-port", "0"))
                .isZero();

        assertThat(out()).contains("ok    data").endsWith("Matchback can run here.\n");
        assertThat(data).isEmptyDirectory();
    }

    @Test
    void the_doctor_finds_a_port_that_is_taken() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = Integer.toString(taken.getLocalPort());

            int code =
                    run(
                            "doctor",
                            "--data",
                            data.toString(),
                            "--bind",
                            "127.0.0.1",
                            "--port",
                            port,
                            "--console-port",
                            "0");

            assertThat(code).isEqualTo(Commands.FAILED);
            assertThat(out()).contains("fail  port").endsWith("cannot run here yet.\n");
        }
    }

    private int run(String... arguments) {
        return new Commands(Map.of(), stream(out), stream(err)).run(arguments);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
