package matchback.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import matchback.console.testing.TestingConsole;
import matchback.model.Secrets;
import matchback.model.catalog.SignatureRule;
import matchback.model.signature.StandardWebhooks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Keys of signatures over HTTP.
final class SignaturesApiTest {
    private static final String NET = "/api/v1/senders/net";

    private final TestingConsole console = new TestingConsole();

    @AfterEach
    void close() {
        console.close();
    }

    private String made(String scheme) {
        var answer =
                console.post(
                        "/api/v1/senders",
                        "{\"key\":\"net\",\"security\":{\"signature\":{\"scheme\":\""
                                + scheme
                                + "\",\"secret\":true}}}");
        assertThat(answer.status()).isEqualTo(201);
        return answer.json().at("/security/signature/secret").asText();
    }

    private List<SignatureRule.Key> keys() {
        var security = console.ledger.catalog().sender("net").orElseThrow().security();
        return Objects.requireNonNull(security.signature()).keys();
    }

    private String open(SignatureRule.Key key) {
        return new Secrets(console.fingerprints).open(key.sealed(), key.owner("net")).orElseThrow();
    }

    @Test
    void a_secret_is_shown_once_and_kept_sealed() {
        var secret = made("query-hmac");

        var later = console.get(NET);
        assertThat(secret).hasSize(64);
        assertThat(later.text()).doesNotContain(secret, keys().getFirst().sealed());
        assertThat(later.json().at("/security/signature/scheme").asText()).isEqualTo("query-hmac");
        assertThat(later.json().at("/security/signature/toleranceSeconds").asInt()).isEqualTo(300);
        assertThat(later.json().path("warnings")).isEmpty();
        assertThat(keys()).hasSize(1);
        assertThat(open(keys().getFirst())).isEqualTo(secret);
    }

    @Test
    void a_secret_for_standard_webhooks_has_its_form() {
        assertThat(StandardWebhooks.isSecret(made("standard-webhooks"))).isTrue();
    }

    @Test
    void what_was_read_can_be_sent_back_and_keeps_the_keys() {
        made("github");
        var read = console.get(NET);
        var before = keys();

        var replaced = console.put(NET, read.text());

        assertThat(replaced.status()).isEqualTo(200);
        assertThat(replaced.json()).isEqualTo(read.json());
        assertThat(keys()).isEqualTo(before);
    }

    @Test
    void rotating_adds_a_key_and_lets_the_old_one_end() {
        var first = made("stripe");

        var rotated = console.put(NET, "{\"security\":{\"signature\":{\"rotate\":true}}}");

        var second = rotated.json().at("/security/signature/secret").asText();
        var keys = keys();
        assertThat(keys).hasSize(2);
        assertThat(open(keys.getFirst())).isEqualTo(first);
        assertThat(open(keys.getLast())).isEqualTo(second).isNotEqualTo(first);
        assertThat(keys.getFirst().until())
                .isEqualTo(keys.getLast().from() + SenderSignature.OVERLAP.toMillis());
        assertThat(keys.getLast().until()).isNull();
    }

    @Test
    void a_key_that_is_left_out_is_dropped_and_a_new_secret_replaces_all() {
        made("query-hmac");
        console.put(NET, "{\"security\":{\"signature\":{\"rotate\":true}}}");
        var kid = keys().getLast().kid();

        console.put(NET, "{\"security\":{\"signature\":{\"keys\":[{\"kid\":\"" + kid + "\"}]}}}");
        assertThat(keys()).extracting(SignatureRule.Key::kid).containsExactly(kid);
        console.put(NET, "{\"security\":{\"signature\":{\"secret\":\"given-secret-of-ours\"}}}");

        assertThat(keys()).hasSize(1);
        assertThat(open(keys().getFirst())).isEqualTo("given-secret-of-ours");
    }

    @Test
    void without_a_signature_none_is_asked_for() {
        made("query-hmac");

        var open = console.put(NET, "{\"security\":{}}");

        assertThat(open.json().at("/security/signature").isNull()).isTrue();
        assertThat(open.json().path("warnings")).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"secret\":true}|security.signature.scheme",
                "{\"scheme\":\"query-hmac\"}|security.signature.secret",
                "{\"scheme\":\"hmac\",\"secret\":true}|security.signature.scheme",
                "{\"scheme\":\"github\",\"secret\":\"short\"}|security.signature.secret",
                "{\"scheme\":\"standard-webhooks\",\"secret\":\"whsec_no base64 at all!\"}"
                        + "|security.signature.secret",
                "{\"scheme\":\"github\",\"secret\":true,\"toleranceSeconds\":1}"
                        + "|security.signature.toleranceSeconds",
                "{\"scheme\":\"github\",\"secret\":true,\"keys\":[{\"kid\":\"x\"}]}"
                        + "|security.signature.keys[0].kid",
                "{\"scheme\":\"github\",\"secret\":true,\"kid\":1}|security.signature.kid"
            })
    void what_is_wrong_is_named(String signature, String field) {
        var answer =
                console.post(
                        "/api/v1/senders",
                        "{\"key\":\"net\",\"security\":{\"signature\":" + signature + "}}");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text()).contains('"' + field + '"');
    }
}
