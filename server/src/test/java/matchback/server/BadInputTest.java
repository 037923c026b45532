package matchback.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import matchback.server.testing.Installed;
import matchback.server.testing.RawHttp;
import matchback.server.testing.ServerProcess.Launch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Each bad request is answered with a reason of the list or a client error, and none makes the
/// server stumble.
class BadInputTest {
    @TempDir static Path data;
    private static Installed installed;

    @BeforeAll
    static void start() {
        installed = Installed.on(Launch.on(data).start());
    }

    @AfterAll
    static void stop() {
        var output = installed.server().output();
        installed.close();
        assertThat(output).doesNotContain("\tat ").doesNotContain("ERROR");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    no click id            | /postback?payout=1                             | 400 | missing_click_id
                    empty click id         | /postback?clickid=                             | 400 | missing_click_id
                    curly macro            | /postback?clickid={clickid}                    | 400 | unresolved_macro
                    double curly macro     | /postback?clickid={{EXTERNAL_ID}}              | 400 | unresolved_macro
                    hash macro             | /postback?clickid=%23s2%23                     | 400 | unresolved_macro
                    percent macro          | /postback?clickid=%25clickid%25                | 400 | unresolved_macro
                    square macro           | /postback?clickid=[[[subid]]]                  | 400 | unresolved_macro
                    angle macro            | /postback?clickid=%3Cclick_id%3E               | 400 | unresolved_macro
                    dollar macro           | /postback?clickid=${clickid}                   | 400 | unresolved_macro
                    underscore macro       | /postback?clickid=__CLICKID__                  | 400 | unresolved_macro
                    not a click id         | /postback?clickid=hello                        | 400 | malformed_click_id
                    truncated              | /postback?clickid=HALF                         | 400 | truncated_click_id
                    UUID                   | /postback?clickid=3fa85f64-5717-4562-b3fc-2c963f66afa6 | 404 | foreign_click_id
                    Voluum's form          | /postback?clickid=wABCDEFGHIJKLMNOPQRSTUVW     | 404 | foreign_click_id
                    not UTF-8              | /postback?clickid=CLICK&txid=%FF%FE            | 400 | malformed_request
                    NUL                    | /postback?clickid=CLICK&txid=a%00b             | 400 | malformed_request
                    broken percent         | /postback?clickid=CLICK&txid=%zz               | 400 | malformed_request
                    contradictory payouts  | /postback?clickid=CLICK&payout=1&payout=2      | 400 | malformed_request
                    two click ids          | /postback?clickid=CLICK&click_id=OTHER         | 400 | malformed_request
                    unknown sender         | /postback/nobody?clickid=CLICK                 | 404 | unknown_sender
                    the same twice         | /postback?clickid=CLICK&payout=1&payout=1&txid=twice | 200 | new_conversion
                    negative amount        | /postback?clickid=CLICK&payout=-5&txid=neg     | 200 | malformed_amount
                    not a number           | /postback?clickid=CLICK&payout=NaN&txid=nan    | 200 | malformed_amount
                    infinite amount        | /postback?clickid=CLICK&payout=Infinity&txid=i | 200 | malformed_amount
                    absurd amount          | /postback?clickid=CLICK&payout=1e400&txid=absurd | 200 | malformed_amount
                    too many digits        | /postback?clickid=CLICK&payout=99999999999999999999&txid=d | 200 | malformed_amount
                    unknown status         | /postback?clickid=CLICK&status=perhaps&txid=s  | 200 | unknown_status
                    unknown currency       | /postback?clickid=CLICK&payout=1&currency=XQX&txid=c | 200 | unknown_currency
                    unknown event          | /postback?clickid=CLICK&payout=1&event=dance&txid=e | 200 | unknown_event
                    """)
    void a_bad_postback_gets_its_reason(String name, String target, int status, String reason) {
        var clickId = installed.click();
        var filled =
                target.replace("CLICK", clickId)
                        .replace("__" + clickId + "ID__", "__CLICKID__")
                        .replace("OTHER", installed.click())
                        .replace("HALF", clickId.substring(0, 20));

        var answer = RawHttp.get(installed.server().tracking(), filled, "Accept: application/json");

        assertThat(answer.status()).as("%s: %s", name, answer.text()).isEqualTo(status);
        assertThat(answer.text()).contains("\"" + reason + "\"");
    }

    @Test
    void a_url_that_is_too_long_is_too_large() {
        var answer =
                RawHttp.get(
                        installed.server().tracking(),
                        "/postback?clickid=" + installed.click() + "&x=" + "y".repeat(9000));

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.text()).contains("too_large");
    }

    @Test
    void a_body_that_is_too_long_is_too_large() {
        var body = "clickid=" + installed.click() + "&x=" + "y".repeat(70_000);

        var answer =
                RawHttp.send(installed.server().tracking(), post("/postback", body, body.length()));

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.text()).contains("too_large");
    }

    static Stream<String> monsters() {
        return Stream.of(
                "GET /postback?" + "z".repeat(60_000) + " HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nX-Big: " + "z".repeat(60_000) + "\r\n\r\n",
                "GET /postback?clickid=\u00ff\u00fe HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /postback?clickid=\u0000 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "nonsense\r\n\r\n",
                post("/postback", "{\"clickid\":", 11).replace("x-www-form-urlencoded", "json"),
                post("/postback", "[1,2,3]", 7).replace("x-www-form-urlencoded", "json"),
                post("/postback", "[[[[[[[[", 8).replace("x-www-form-urlencoded", "json"),
                post("/c/spring", "", 0),
                post("/postback", "a=b", -5),
                "DELETE /postback HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.MethodSource("monsters")
    void what_no_client_sends_is_a_client_error(String request) {
        var answer = RawHttp.send(installed.server().tracking(), request);

        assertThat(answer.status()).as(answer.text()).isBetween(400, 499);
    }

    @Test
    void a_macro_value_cannot_add_a_header() {
        var answer =
                RawHttp.get(
                        installed.server().tracking(),
                        "/c/spring?zid=a%0d%0aSet-Cookie:%20evil=1&zone=%0aX-Evil:%201");

        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.text().lines())
                .noneMatch(line -> line.startsWith("Set-Cookie") || line.startsWith("X-Evil"));
    }

    @Test
    void an_unknown_campaign_has_no_page() {
        assertThat(installed.client().get("/c/nowhere").statusCode()).isEqualTo(404);
        assertThat(installed.client().get("/nowhere").statusCode()).isEqualTo(404);
    }

    @Test
    void the_api_names_the_field_that_is_wrong() {
        var answer =
                installed
                        .client()
                        .api(
                                "POST",
                                "/api/v1/offers",
                                "{\"key\":\"bad\",\"name\":\"Bad\",\"url\":\"nonsense\"}");

        assertThat(answer.statusCode()).isBetween(400, 422);
        assertThat(answer.headers().firstValue("Content-Type").orElse(""))
                .startsWith("application/problem+json");
        assertThat(answer.body()).contains("url");
    }

    private static String post(String path, String body, int length) {
        return "POST "
                + path
                + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                + "Content-Length: "
                + length
                + "\r\nConnection: close\r\n\r\n"
                + body;
    }
}
