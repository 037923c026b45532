package matchback.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import matchback.console.testing.TestingCertificate;
import matchback.console.testing.TestingConsole;
import matchback.model.catalog.Campaign;
import matchback.model.catalog.Campaign.CostModel;
import matchback.model.catalog.Routing;
import matchback.model.catalog.Routing.Referrer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How the listener may be opened.
final class ConsoleServerTest {
    private static final ConsoleConfig.Tls TLS =
            new ConsoleConfig.Tls(Path.of("cert.pem"), Path.of("key.pem"));

    private static ConsoleConfig config(
            String bind, ConsoleConfig.@Nullable Tls tls, boolean insecure) {
        return new ConsoleConfig(
                bind,
                0,
                "https://t.example//",
                false,
                "USD",
                ZoneOffset.UTC,
                tls,
                insecure,
                false,
                null);
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1", "localhost", "::1", "127.5.5.5"})
    void this_machine_alone_needs_no_tls(String bind) {
        assertThat(config(bind, null, false).refusal()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0.0.0.0", "::", "192.0.2.1", "10.0.0.1", "host.example"})
    void other_machines_need_tls_or_the_operators_word(String bind) {
        assertThat(config(bind, null, false).refusal()).get().asString().contains("TLS");
        assertThat(config(bind, TLS, false).refusal()).isEmpty();
        assertThat(config(bind, null, true).refusal()).isEmpty();
    }

    @Test
    void urls_are_made_of_the_public_url() {
        var config = config("127.0.0.1", null, false);

        var summer =
                new Campaign(
                        "summer",
                        1,
                        "Summer",
                        null,
                        List.of(),
                        CostModel.NONE,
                        null,
                        null,
                        null,
                        false,
                        false,
                        302,
                        false);
        var own = new Routing(List.of(), 0, Referrer.ORIGIN, "go.example.com");

        assertThat(config.clickUrl(summer)).isEqualTo("https://t.example/c/summer");
        assertThat(config.buttonUrl()).isEqualTo("https://t.example/o");
        assertThat(config.clickUrl(summer.withRouting(own)))
                .isEqualTo("https://go.example.com/c/summer");
        assertThat(config.buttonUrl(summer.withRouting(own))).isEqualTo("https://go.example.com/o");
    }

    @Test
    void a_certificate_is_read_again_on_demand(@TempDir Path folder) throws Exception {
        var first = TestingCertificate.make(folder.resolve("first"));
        var second = TestingCertificate.make(folder.resolve("second"));
        var tls = new ConsoleConfig.Tls(folder.resolve("cert.pem"), folder.resolve("key.pem"));
        first.copyTo(tls);
        var vertx = Vertx.vertx();
        try (var console = new TestingConsole()) {
            var server =
                    new ConsoleServer(vertx, config("127.0.0.1", tls, false), console.context());
            int port = server.start().toCompletionStage().toCompletableFuture().join();
            var before = TestingCertificate.served(port);

            second.copyTo(tls);
            server.reloadTls().toCompletionStage().toCompletableFuture().join();
            var after = TestingCertificate.served(port);

            assertThat(before).isEqualTo(first.certificate());
            assertThat(after).isEqualTo(second.certificate());
            server.stop().toCompletionStage().toCompletableFuture().join();
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    @Test
    void a_console_that_would_be_open_to_all_does_not_start() {
        var vertx = Vertx.vertx();
        try (var console = new TestingConsole()) {
            var server =
                    new ConsoleServer(vertx, config("0.0.0.0", null, false), console.context());

            var start = server.start().toCompletionStage().toCompletableFuture();

            assertThatThrownBy(start::join).hasMessageContaining("insecure-console");
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }
}
