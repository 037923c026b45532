package matchback.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import matchback.console.testing.TestingConsole;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A parameter that is a person's data with one sender and what decides with another.
final class SharedParametersTest {
    private static final String SENDERS = "/api/v1/senders";
    private static final String PERSONAL = "{\"key\":\"one\",\"parameters\":{\"email\":\"uid\"}}";
    private static final String READ = "{\"key\":\"two\",\"parameters\":{\"txid\":\"uid\"}}";

    private final TestingConsole console = new TestingConsole();

    @AfterEach
    void close() {
        console.close();
    }

    @Test
    void is_refused_whichever_comes_first() {
        console.post(SENDERS, PERSONAL);
        var read = console.post(SENDERS, READ);
        console.delete(SENDERS + "/one");
        var alone = console.post(SENDERS, READ);
        var personal = console.put(SENDERS + "/one", PERSONAL);

        assertThat(read.status()).isEqualTo(422);
        assertThat(read.error("parameters.txid"))
                .contains("Sender \"one\" reads email from \"uid\"", "security.path");
        assertThat(alone.status()).isEqualTo(201);
        assertThat(personal.error("parameters.email")).contains("Sender \"two\" reads txid");
    }

    @Test
    void is_fine_where_the_urls_tell_the_senders_apart() {
        console.post(SENDERS, PERSONAL);

        var secret =
                console.post(
                        SENDERS,
                        """
                        {"key":"two","parameters":{"txid":"uid"},"security":{"path":{"secret":true}}}
                        """);

        assertThat(secret.status()).isEqualTo(201);
    }

    @Test
    void is_fine_when_both_mean_the_same_kind() {
        console.post(SENDERS, PERSONAL);

        assertThat(
                        console.post(
                                        SENDERS,
                                        "{\"key\":\"two\",\"parameters\":{\"phone\":\"uid\"}}")
                                .status())
                .isEqualTo(201);
    }
}
