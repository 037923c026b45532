package matchback.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import matchback.console.testing.RawHttp;
import matchback.console.testing.TestingConsole;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What holds for every path of the API.
final class ApiTest {
    private final TestingConsole console = new TestingConsole();

    @AfterEach
    void close() {
        console.close();
    }

    @Test
    void nobody_gets_in_without_the_token() {
        var none = console.send(console.bare("/api/v1/offers"));
        var wrong =
                console.send(
                        console.bare("/api/v1/offers").header("Authorization", "Bearer wrong"));
        var basic =
                console.send(console.bare("/api/v1/offers").header("Authorization", "Basic eDp5"));
        var unknownPath = console.send(console.bare("/api/v1/nothing"));

        assertThat(List.of(none, wrong, basic, unknownPath))
                .allSatisfy(reply -> {
                    assertThat(reply.status()).isEqualTo(401);
                    assertThat(reply.header("WWW-Authenticate")).startsWith("Bearer ");
                    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
                });
        assertThat(wrong.header("WWW-Authenticate")).contains("invalid_token");
        assertThat(console.get("/api/v1/offers").status()).isEqualTo(200);
    }

    @Test
    void what_is_not_there_is_a_problem() {
        var path = console.get("/api/v1/nothing");
        var entity = console.get("/api/v1/offers/nothing");
        var replaced = console.put("/api/v1/offers/nothing", "{}");
        var archived = console.delete("/api/v1/offers/nothing");

        assertThat(List.of(path, entity, replaced, archived))
                .allSatisfy(reply -> {
                    assertThat(reply.status()).isEqualTo(404);
                    assertThat(reply.json().path("status").asInt()).isEqualTo(404);
                    assertThat(reply.json().path("type").asText()).startsWith("urn:");
                });
        assertThat(entity.json().path("detail").asText()).contains("offer \"nothing\"");
    }

    @Test
    void a_method_that_is_not_taken_is_answered_with_those_that_are() {
        var reply = console.put("/api/v1/offers", "{}");

        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.header("Allow")).isEqualTo("GET, HEAD, POST");
    }

    @Test
    void malformed_json_is_told_with_its_place() {
        var broken = console.post("/api/v1/offers", "{\"name\":\n  oops}");
        var twice = console.post("/api/v1/offers", "{\"name\":\"a\",\"name\":\"b\"}");
        var more = console.post("/api/v1/offers", "{\"name\":\"a\"} trailing");
        var list = console.post("/api/v1/offers", "[]");
        var empty = console.post("/api/v1/offers", "");
        var deep = console.post("/api/v1/offers", "{\"a\":" + "[".repeat(5000) + "}");

        assertThat(List.of(broken, twice, more, list, empty, deep))
                .allSatisfy(reply -> {
                    assertThat(reply.status()).isEqualTo(400);
                    assertThat(reply.json().path("type").asText()).endsWith("malformed-json");
                });
        assertThat(broken.json().path("detail").asText()).contains("line 2");
        assertThat(twice.json().path("detail").asText()).contains("name");
    }

    @Test
    void bytes_that_are_no_utf_8_are_malformed() {
        var reply =
                console.send(
                        console.withToken("/api/v1/offers")
                                .header("Content-Type", "application/json")
                                .POST(
                                        BodyPublishers.ofByteArray(
                                                new byte[] {
                                                    '{', '"', (byte) 0xC3, '"', ':', '1', '}'
                                                })));

        assertThat(reply.status()).isEqualTo(400);
    }

    @Test
    void a_body_that_is_no_json_is_of_the_wrong_type() {
        var reply =
                console.send(
                        console.withToken("/api/v1/offers")
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString("name=x")));

        assertThat(reply.status()).isEqualTo(415);
        assertThat(reply.json().path("detail").asText()).contains("application/json");
    }

    @Test
    void a_body_over_the_limit_is_too_large() {
        var reply = console.post("/api/v1/offers", "{\"name\":\"" + "x".repeat(256 * 1024) + "\"}");

        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    }

    @Test
    void unknown_and_repeated_parameters_of_the_query_are_named() {
        var unknown = console.get("/api/v1/offers?limt=3");
        var repeated = console.get("/api/v1/offers?limit=3&limit=4");
        var bad = console.get("/api/v1/offers?limit=0");
        var cursor = console.get("/api/v1/offers?cursor=%25%25");

        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.error("limt")).contains("did you mean \"limit\"");
        assertThat(repeated.error("limit")).contains("twice");
        assertThat(bad.error("limit")).contains("1 to 1000");
        assertThat(cursor.error("cursor")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/offers/%zz",
                "/api/v1/offers/%00",
                "/api/v1/offers/%C3",
                "/api/v1/offers/a%2Fb",
                "/api/v1/clicks/%F0%9F%98%80",
                "/api/v1/offers?limit=%zz",
                "/api/v1/offers?%zz=1",
                "/api/v1/offers?limit=%00",
                "/api/v1/postbacks?q=%C3",
                "/api/v1/postbacks?q='%20OR%201=1--",
                "/api/v1/report?campaign=%00",
                "/api/v1/report?from=99999999999999-01-01",
                "/api/v1/clicks?cursor=%00",
                "/api/v1/../../etc/passwd",
                "/api//v1/offers/",
            })
    void odd_paths_and_queries_are_no_fault_of_ours(String path) throws Exception {
        var answer =
                RawHttp.send(
                        console.uri("/"),
                        "GET "
                                + path
                                + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                                + "Authorization: Bearer "
                                + TestingConsole.TOKEN
                                + "\r\n\r\n");

        assertThat(answer).matches("(?s)HTTP/1.1 (200|303|302|4\\d\\d) .*");
    }

    @Test
    void every_answer_carries_the_security_headers() {
        var replies =
                List.of(
                        console.get("/api/v1/offers"),
                        console.send(console.bare("/api/v1/offers")),
                        console.send(console.bare("/health/live")));

        assertThat(replies)
                .allSatisfy(reply -> {
                    assertThat(reply.header("Content-Security-Policy"))
                            .contains("default-src 'self'")
                            .contains("frame-ancestors 'none'");
                    assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
                    assertThat(reply.header("Referrer-Policy")).isEqualTo("no-referrer");
                    assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
                });
    }

    @Test
    void head_is_get_without_the_body() {
        var get = console.get("/api/v1/reasons");
        var head = console.send(console.withToken("/api/v1/reasons").HEAD());

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.text()).isEmpty();
        assertThat(head.header("Content-Type")).isEqualTo(get.header("Content-Type"));
    }

    @Test
    void the_probes_need_no_token() {
        var live = console.send(console.bare("/health/live"));
        var ready = console.send(console.bare("/health/ready"));
        var metrics = console.send(console.bare("/metrics"));
        console.vitals.ready(false);
        var unready = console.send(console.bare("/health/ready"));

        assertThat(live.json().path("status").asText()).isEqualTo("live");
        assertThat(ready.status()).isEqualTo(200);
        assertThat(unready.status()).isEqualTo(503);
        assertThat(unready.json().path("checks").path(0).path("detail").asText())
                .isEqualTo("the disk is full");
        assertThat(metrics.text()).contains("matchback_up 1");
        assertThat(metrics.header("Content-Type")).startsWith("text/plain; version=0.0.4");
    }
}
