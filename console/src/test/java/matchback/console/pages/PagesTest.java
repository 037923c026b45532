package matchback.console.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import matchback.console.testing.TestingConsole;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The pages over HTTP, without a browser.
final class PagesTest {
    private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([0-9a-f]+)\"");
    private static final Pattern STYLESHEET =
            Pattern.compile("href=\"(/assets/[^\"]+/console.css)\"");

    private final TestingConsole console = new TestingConsole();
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        console.close();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path, String cookie) throws Exception {
        return send(HttpRequest.newBuilder(console.uri(path)).header("Cookie", cookie));
    }

    private HttpResponse<String> post(String path, String cookie, String... fields)
            throws Exception {
        var body =
                Stream.iterate(0, i -> i < fields.length, i -> i + 2)
                        .map(i ->
                                fields[i]
                                        + '='
                                        + URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
        return send(
                HttpRequest.newBuilder(console.uri(path))
                        .header("Cookie", cookie)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(body)));
    }

    private static String location(HttpResponse<String> response) {
        return response.headers().firstValue("Location").orElse("");
    }

    private String signIn() throws Exception {
        var answer = post("/login", "", "token", TestingConsole.TOKEN, "next", "/");
        assertThat(answer.statusCode()).isEqualTo(303);
        return answer.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
    }

    private String csrf(String cookie) throws Exception {
        var found = CSRF.matcher(get("/settings", cookie).body());
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    @Test
    void a_stranger_is_sent_to_sign_in_and_back_to_the_page_that_was_asked_for() throws Exception {
        var asked = get("/postbacks?decision=held", "");
        assertThat(asked.statusCode()).isEqualTo(303);
        assertThat(location(asked)).isEqualTo("/login?next=%2Fpostbacks%3Fdecision%3Dheld");

        var answer =
                post(
                        "/login",
                        "",
                        "token",
                        TestingConsole.TOKEN,
                        "next",
                        "/postbacks?decision=held");

        assertThat(location(answer)).isEqualTo("/postbacks?decision=held");
    }

    @Test
    void signing_in_leads_to_no_other_site() throws Exception {
        for (var next :
                new String[] {"https://evil.example/", "//evil.example", "/\\evil.example"}) {
            var answer = post("/login", "", "token", TestingConsole.TOKEN, "next", next);

            assertThat(location(answer)).as(next).isEqualTo("/");
        }
    }

    @Test
    void a_partial_update_after_the_session_is_told_so_by_its_status() throws Exception {
        var answer = send(HttpRequest.newBuilder(console.uri("/")).header("HX-Request", "true"));

        assertThat(answer.statusCode()).isEqualTo(401);
    }

    @Test
    void a_form_without_the_sessions_own_token_changes_nothing() throws Exception {
        var cookie = signIn();

        var answer = post("/offers/new", cookie, "name", "Forged", "url", "https://offer.example/");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(console.ledger.catalog().version()).isZero();
    }

    @Test
    void what_the_rules_refuse_is_said_beside_the_field_and_nothing_typed_is_lost()
            throws Exception {
        var cookie = signIn();

        var answer =
                post(
                        "/offers/new", cookie,
                        "csrf", csrf(cookie),
                        "name", "My <b>offer</b>",
                        "url", "https://offer.example/?x={bad}",
                        "windowDays", "4000");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains("id=\"url-error\"", "{bad}", "id=\"windowDays-error\"", "4000")
                .contains("My &lt;b>offer")
                .doesNotContain("<b>offer");
    }

    @Test
    void a_change_of_somebody_else_is_not_overwritten_unseen() throws Exception {
        var cookie = signIn();
        var csrf = csrf(cookie);
        post("/senders/new", cookie, "csrf", csrf, "name", "One", "token", "none");
        var form = get("/senders/one/edit", cookie).body();
        var etag = Pattern.compile("name=\"etag\" value=\"([^\"]*)\"").matcher(form);
        assertThat(etag.find()).isTrue();
        console.put("/api/v1/senders/one", "{\"name\":\"Theirs\"}");

        var answer =
                post(
                        "/senders/one/edit",
                        cookie,
                        "csrf",
                        csrf,
                        "etag",
                        etag.group(1).replace("&#34;", "\""),
                        "name",
                        "Mine");

        assertThat(answer.statusCode()).isEqualTo(412);
        assertThat(console.ledger.catalog().sender("one").orElseThrow().name()).isEqualTo("Theirs");
    }

    @Test
    void a_sender_made_by_a_template_has_what_the_form_left_empty() throws Exception {
        var cookie = signIn();
        var csrf = csrf(cookie);

        post(
                "/senders/new",
                cookie,
                "csrf",
                csrf,
                "name",
                "Leads",
                "token",
                "none",
                "template",
                "terraleads");

        var sender = console.ledger.catalog().sender("leads").orElseThrow();
        assertThat(sender.template()).isEqualTo("terraleads");
        assertThat(sender.statuses()).containsEntry("confirm", "approved");
        assertThat(sender.answer().body()).isEqualTo("OK");
        assertThat(get("/senders/leads/edit", cookie).body())
                .contains("{lead_id}", "sub_id={clickid}");
    }

    @Test
    void assets_are_kept_for_good_under_their_hash_and_pages_are_not() throws Exception {
        var page = get("/login", "");
        var path = STYLESHEET.matcher(page.body());
        assertThat(path.find()).isTrue();

        var asset = get(path.group(1), "");
        var stale = get(path.group(1).replaceFirst("/assets/[0-9a-f]+", "/assets/000000"), "");

        assertThat(asset.statusCode()).isEqualTo(200);
        assertThat(asset.headers().firstValue("Cache-Control").orElse("")).contains("immutable");
        assertThat(stale.statusCode()).isEqualTo(404);
        assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'self'")
                .doesNotContain("unsafe");
    }

    @Test
    void what_is_not_there_is_a_friendly_404() throws Exception {
        var cookie = signIn();

        for (var path :
                new String[] {
                    "/nothing",
                    "/campaigns/nothing",
                    "/clicks/nothing",
                    "/postbacks/nothing",
                    "/postbacks/00000000000000000000000000000000",
                    "/offers/nothing/edit"
                }) {
            var answer = get(path, cookie);

            assertThat(answer.statusCode()).as(path).isEqualTo(404);
            assertThat(answer.body()).as(path).contains("There is nothing here", "To the overview");
        }
    }

    @Test
    void a_report_that_makes_no_sense_says_what_is_wrong() throws Exception {
        var answer = get("/report?group=campain&from=2026-13-01", signIn());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("campain", "from:");
    }

    @Test
    void secrets_are_masked_wherever_they_stand_in_a_raw_request() {
        var request =
                """
                POST /postback/x?token=abc&clickid=1&sig=d0d0
                {"security_token": "abc", "txid": "1"}\
                """;

        assertThat(PostbackStory.masked(request))
                .doesNotContain("abc", "d0d0")
                .contains("clickid=1", "\"txid\": \"1\"");
    }
}
