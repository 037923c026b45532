package matchback.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SecretMaskTest {
    private final SecretMask mask = new SecretMask(Set.of("token", "sig", "auth.key"));

    private String body(String body) {
        return new String(mask.body(body.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    /p?token=x                | /p?token=***
                    /p?a=1&token=x&sig=y&b={c} | /p?a=1&token=***&sig=***&b={c}
                    /p?%74oken=x&&b           | /p?%74oken=***&&b
                    /p?atoken=x&token         | /p?atoken=x&token
                    /p?a=token=x              | /p?a=token=x
                    /token=x                  | /token=x
                    """)
    void targets_lose_their_secrets_and_nothing_else(String target, String masked) {
        assertThat(mask.target(target)).isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"token":"x","a":"token"}        | {"token":"***","a":"token"}
                    {"a":{"sig" : "x\\"y"},"b":1}    | {"a":{"sig" : "***"},"b":1}
                    {"token":123,"b":1}              | {"token":"***","b":1}
                    {"token":["x","y"],"b":1}        | {"token":"***","b":1}
                    {"auth":{"key":"x"}}             | {"auth":{"key":"***"}}
                    {"token":"broken of              | {"token":"***"
                    a=1&token=x                      | a=1&token=***
                    """)
    void bodies_lose_their_secrets_and_nothing_else(String body, String masked) {
        assertThat(body(body)).isEqualTo(masked);
    }

    @Test
    void a_part_of_a_multipart_body_is_masked() {
        var body =
                "--b\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\nsecret\r\n--b\r\n"
                        + "Content-Disposition: form-data; name=\"a\"\r\n\r\nkept\r\n--b--";

        assertThat(body(body)).doesNotContain("secret").contains("kept");
    }

    @Test
    void bytes_that_are_no_text_stay_as_they_are() {
        var bytes = new byte[] {(byte) 0xFF, 0, (byte) 0xC3, 'a', '&', '='};

        assertThat(mask.body(bytes)).isEqualTo(bytes);
    }

    @Test
    void a_long_string_takes_no_stack() {
        var long64k = "{\"token\":\"" + "\\\"x".repeat(30_000) + "\"}";

        assertThat(body(long64k)).isEqualTo("{\"token\":\"***\"}");
    }
}
