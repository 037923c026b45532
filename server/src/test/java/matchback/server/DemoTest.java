package matchback.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import matchback.server.testing.ServerProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
    @TempDir Path folder;

    @Test
    void it_plays_an_hour_and_everything_adds_up() {
        var data = folder.resolve("data");

        var ended =
                ServerProcess.command(
                        "demo",
                        "--brief",
                        "--exit",
                        "--port",
                        "0",
                        "--console-port",
                        "0",
                        "--click-wait",
                        "60 s",
                        "--data",
                        data.toString());

        assertThat(ended.code()).as(ended.output()).isZero();
        assertThat(ended.output())
                .contains("counted: new_conversion")
                .contains("updated: status_changed")
                .contains("duplicate: duplicate_transaction")
                .contains("refused: unresolved_macro")
                .contains("refused: forged_click_id")
                .contains("answered 200")
                .contains("the push source answers 503")
                .contains("the push source is back")
                .containsPattern("webhook:crm +POST http://127.0.0.1:\\d+/conversions")
                .containsPattern("meta:meta +POST http://127.0.0.1:\\d+/v26.0/\\d+/events")
                .contains("our own CRM is down")
                .contains("our own CRM is back")
                .containsPattern("Our own CRM +flowing, 100% accepted")
                .containsPattern("Meta \\(played here\\) +flowing, \\d+% accepted")
                .containsOnlyOnce("dead letter to ")
                .contains("dead letter to meta:meta, answered 400: 100 Invalid parameter")
                .containsPattern("total +3\\d\\d ")
                .containsPattern("postbacks: \\d+ received = ")
                .contains("console: http://127.0.0.1:")
                .doesNotContain("THE SUM IS WRONG", " WARN ", " ERROR ");
        var verified = ServerProcess.command("ledger", "verify", "--data", data.toString());
        assertThat(verified.code()).as(verified.output()).isZero();
    }

    @Test
    void it_wants_an_empty_folder() throws IOException {
        Files.writeString(folder.resolve("something"), "of somebody");

        var ended = ServerProcess.command("demo", "--exit", "--data", folder.toString());

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.output()).contains("is not empty; the demo wants a folder of its own");
    }
}
