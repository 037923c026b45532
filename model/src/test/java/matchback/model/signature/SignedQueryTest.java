package matchback.model.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import matchback.model.signature.Signature.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SignedQueryTest {
    private static final String SECRET = "6f2d0c5e4b3a29180716253443526170";
    private static final String QUERY =
            "txid=A+1&clickid=c1&payout=1%2e50&note=%e2%9c%93&ts=1790000000"
                    + "&nonce=0123456789abcdef&kid=k1";

    private static SignedRequest get(String query) {
        return request("GET", "T.example:8443", "/postback/net", query, "");
    }

    private static SignedRequest request(
            String method, String host, String path, String query, String body) {
        return new SignedRequest(
                method, host, path, query, _ -> "", body.getBytes(StandardCharsets.UTF_8));
    }

    private static String signed(String query) {
        return query + "&sig=" + SignedQuery.sign(SignedQuery.text(get(query)), SECRET);
    }

    private static boolean isValid(SignedRequest request) {
        return SignedQuery.read(request) instanceof Reading.Shown(var shown) && shown.fits(SECRET);
    }

    @Test
    void the_text_is_of_one_form_however_the_url_is_written() {
        var empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

        var text = SignedQuery.text(get(QUERY));

        assertThat(text)
                .isEqualTo(
                        """
                        GET
                        t.example:8443
                        /postback/net
                        clickid=c1&kid=k1&nonce=0123456789abcdef&note=%E2%9C%93&payout=1.50&ts=1790000000&txid=A%201
                        """
                                + empty);
    }

    @Test
    void it_says_when_with_which_key_and_which_nonce() {
        var reading = SignedQuery.read(get(signed(QUERY)));

        assertThat(reading)
                .isInstanceOfSatisfying(
                        Reading.Shown.class,
                        shown -> {
                            assertThat(shown.signature().fits(SECRET)).isTrue();
                            assertThat(shown.signature().fits(SECRET + '0')).isFalse();
                            assertThat(shown.signature().signedAt()).isEqualTo(1_790_000_000_000L);
                            assertThat(shown.signature().keyId()).isEqualTo("k1");
                            assertThat(shown.signature().nonce()).isEqualTo("0123456789abcdef");
                        });
    }

    @ParameterizedTest
    @CsvSource({
        "POST,T.example:8443,/postback/net,''",
        "GET,other.example,/postback/net,''",
        "GET,T.example:8443,/postback/other,''",
        "GET,T.example:8443,/postback/net,x"
    })
    void a_change_around_the_parameters_does_not_fit(
            String method, String host, String path, String body) {
        assertThat(isValid(get(signed(QUERY)))).isTrue();

        assertThat(isValid(request(method, host, path, signed(QUERY), body))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "payout=1%2e50,payout=9.50",
        "payout=,value=",
        "clickid=c1,clickid=c2",
        "kid=k1,kid=k2",
        "ts=1790000000,ts=1790000001",
        "&note=%e2%9c%93,''",
        "nonce=0123456789abcdef,nonce=0123456789abcdeg"
    })
    void a_change_of_a_parameter_does_not_fit(String from, String to) {
        assertThat(isValid(get(signed(QUERY).replace(from, to)))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"&x=1", "&payout=2", "&clickid=c1", "&Sig=x"})
    void a_parameter_more_does_not_fit(String more) {
        assertThat(isValid(get(signed(QUERY) + more))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "a=1&a=1&sig=x,the parameter a is there twice",
        "a=%ff&sig=x,a parameter is not well-formed UTF-8",
        "ts=soon&sig=x,the parameter ts is no time in seconds",
        "ts=-1&sig=x,the parameter ts is no time in seconds",
        "sig=x,the parameter ts is no time in seconds",
        "ts=1&nonce=short&sig=x,the parameter nonce needs at least 16 characters",
        "ts=1&nonce=0123456789abcdef&sig=x,the parameter kid is missing",
        "ts=1&nonce=0123456789abcdef&kid=k&sig=%2b,the parameter sig is no base64url"
    })
    void what_cannot_be_compared_is_named(String query, String detail) {
        assertThat(SignedQuery.read(get(query))).isEqualTo(new Reading.Unreadable(detail));
    }

    @Test
    void without_sig_there_is_nothing() {
        assertThat(SignedQuery.read(get(QUERY))).isEqualTo(new Reading.Absent());
    }
}
