package matchback.console.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import matchback.console.testing.TestingConsole;
import matchback.console.testing.Traffic;
import matchback.ledger.state.SubjectState;
import matchback.model.ClickId;
import matchback.model.Decision;
import matchback.model.Subject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The queue of held postbacks over HTTP, without a browser.
final class HeldPagesTest {
    private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([0-9a-f]+)\"");

    private final TestingConsole console = new TestingConsole();
    private final Traffic traffic = new Traffic(console);
    private final HttpClient http = HttpClient.newHttpClient();
    private String cookie = "";
    private String csrf = "";

    @BeforeEach
    void signIn() throws Exception {
        var answer = post("/login", "token", TestingConsole.TOKEN, "next", "/");
        cookie = answer.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
        var found = CSRF.matcher(get("/settings"));
        assertThat(found.find()).isTrue();
        csrf = found.group(1);
    }

    @AfterEach
    void close() {
        console.close();
    }

    private String get(String path) throws Exception {
        var request = HttpRequest.newBuilder(console.uri(path)).header("Cookie", cookie).build();
        return http.send(request, BodyHandlers.ofString()).body();
    }

    private HttpResponse<String> post(String path, String... fields) throws Exception {
        var body =
                Stream.iterate(0, i -> i < fields.length, i -> i + 2)
                        .map(i ->
                                fields[i]
                                        + '='
                                        + URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
        var request =
                HttpRequest.newBuilder(console.uri(path))
                        .header("Cookie", cookie)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(body + "&csrf=" + csrf))
                        .build();
        return http.send(request, BodyHandlers.ofString());
    }

    /// The path of a postback's page.
    private String held(ClickId click, String query) {
        var path = "/postbacks/" + traffic.postback(click, query).recordId();
        console.awaitColumns();
        // Past the time for which the count in the rail is kept.
        console.clock.advance(Duration.ofSeconds(10));
        return path;
    }

    private SubjectState state(ClickId click) {
        var subject = Subject.click(click);
        return new SubjectState(console.ledger.snapshot().state(subject), subject);
    }

    @Test
    void an_empty_queue_says_what_would_be_in_it() throws Exception {
        var page = get("/held");

        assertThat(page).contains("Nothing is held").doesNotContain("Approve all");
        assertThat(page).doesNotContain("tag held count");
    }

    @Test
    void the_queue_shows_each_with_its_reason_and_the_rail_their_number() throws Exception {
        held(traffic.click(), "payout=5&status=foo&txid=A1");
        held(traffic.click(), "payout=5&event_time=1");

        var page = get("/held");

        assertThat(page).contains("unknown_status", "before_click", "is not known");
        assertThat(page).contains("tag held count\">2<", "Approve all 2", "Reject all 2");
        assertThat(get("/held?reason=unknown_status")).contains("Approve all 1");
        assertThat(get("/")).contains("tag held count\">2<");
    }

    @Test
    void what_needs_no_value_is_approved_from_the_queue() throws Exception {
        var click = traffic.click();
        var path = held(click, "payout=5&event_time=1");

        var answer = post(path + "/review", "verdict", "approve", "back", "/held?reason=in_future");

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).contains("/held?reason=in_future");
        assertThat(state(click).conversions()).hasSize(1);
        assertThat(state(click).deliveries()).hasSize(1);
        assertThat(get("/held")).contains("Nothing is held");
    }

    @Test
    void what_lacks_a_value_is_asked_for_it_and_tells_who_said_it() throws Exception {
        var click = traffic.click();
        var path = held(click, "payout=5&status=foo");
        assertThat(get(path)).contains("id=\"review\"", "id=\"status\"");

        var without = post(path + "/review", "verdict", "approve");
        var with =
                post(
                        path + "/review",
                        "verdict",
                        "approve",
                        "status",
                        "approved",
                        "note",
                        "asked the <network>");

        assertThat(without.statusCode()).isEqualTo(422);
        assertThat(without.body()).contains("To approve it, name its status.");
        assertThat(with.statusCode()).isEqualTo(303);
        assertThat(get(path))
                .contains("What a person said", "asked the &lt;network&gt;", "console:admin")
                .doesNotContain("id=\"review\"");
        assertThat(state(click).conversions()).hasSize(1);
    }

    @Test
    void all_that_fit_the_filter_are_decided_at_once() throws Exception {
        var click = traffic.click();
        held(click, "payout=5&status=foo&txid=A1");
        held(click, "payout=6&status=foo&txid=A2");
        held(click, "payout=7&event=moonshot&txid=A3");

        var answer =
                post(
                        "/held/review?reason=unknown_status",
                        "verdict",
                        "approve",
                        "status",
                        "approved");

        assertThat(answer.headers().firstValue("Location").orElseThrow())
                .isEqualTo("/held?decided=2&stay=0&left=0&reason=unknown_status");
        assertThat(state(click).conversions()).hasSize(2);
        assertThat(
                        state(click).reports().stream()
                                .filter(r -> r.outcome().reason().decision() == Decision.HELD))
                .hasSize(1);
        assertThat(get("/held?decided=2&stay=0&left=0")).contains("2 decided;");
    }

    @Test
    void a_verdict_that_cannot_be_read_decides_none_and_keeps_the_filter() throws Exception {
        var click = traffic.click();
        held(click, "payout=5&currency=ZZZ");

        var answer =
                post(
                        "/held/review?reason=unknown_currency",
                        "verdict",
                        "approve",
                        "currency",
                        "YYY");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains("no ISO 4217", "action=\"/held/review?reason=unknown_currency\"");
        assertThat(state(click).conversions()).isEmpty();
    }

    @Test
    void without_the_sessions_token_nothing_is_decided() throws Exception {
        var click = traffic.click();
        var path = held(click, "payout=5&event_time=1");
        csrf = "0123";

        assertThat(post(path + "/review", "verdict", "approve").statusCode()).isEqualTo(403);
        assertThat(post("/held/review", "verdict", "reject").statusCode()).isEqualTo(403);
        assertThat(state(click).conversions()).isEmpty();
    }
}
