package matchback.console.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import matchback.console.ConsoleConfig;
import matchback.console.ConsoleContext;
import matchback.console.testing.FormSession;
import matchback.console.testing.TestingConsole;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Sessions, forms and the throttle, over HTTP.
final class AccessTest {
    private final TestingConsole console = new TestingConsole();
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicReference<Set<String>> admins =
            new AtomicReference<>(Set.of(console.fingerprints.of(TestingConsole.TOKEN)));
    private HttpServer server;
    private int port;

    private ConsoleContext context() {
        return new ConsoleContext(
                console.ledger,
                console.reports,
                console.ids,
                console.clock,
                console.random,
                console.fingerprints,
                admins::get,
                console.vitals,
                console.context().handover(),
                console.desk,
                console.context().replay(),
                console.ground,
                console.context().validation(),
                console.context().alerts(),
                "1");
    }

    private void restart() {
        server.close().toCompletionStage().toCompletableFuture().join();
        serve();
    }

    @BeforeEach
    void serve() {
        var config =
                new ConsoleConfig(
                        "127.0.0.1",
                        0,
                        "http://t.example",
                        false,
                        "USD",
                        ZoneOffset.UTC,
                        null,
                        false,
                        false,
                        null);
        var access = new Access(context(), config);
        var router = Router.router(vertx);
        router.route().handler(BodyHandler.create(false));
        router.post("/login")
                .handler(ctx ->
                        ctx.end(
                                switch (access.login(
                                        ctx,
                                        ctx.request()
                                                .formAttributes()
                                                .getAll("token")
                                                .getFirst())) {
                                    case Access.Login.Done() -> "done";
                                    case Access.Login.Wrong() -> "wrong";
                                    case Access.Login.Stale() -> "stale";
                                    case Access.Login.Throttled(var pause) ->
                                            "wait " + pause.toSeconds();
                                }));
        router.post("/logout")
                .handler(ctx -> {
                    access.logout(ctx);
                    ctx.end("out");
                });
        router.post("/logout-everywhere")
                .handler(ctx -> {
                    access.logoutEverywhere(ctx);
                    ctx.end("out");
                });
        router.get("/csrf").handler(ctx -> ctx.end(access.csrfToken(ctx)));
        router.get("/").handler(ctx -> ctx.end(access.caller(ctx).isPresent() ? "in" : "out"));
        router.get("/in").handler(ctx -> ctx.end(access.caller(ctx).isPresent() ? "in" : "out"));
        router.post("/form").handler(ctx -> ctx.end(access.requireCsrf(ctx) ? "ok" : "no"));
        server =
                vertx.createHttpServer()
                        .requestHandler(router)
                        .listen(0, "127.0.0.1")
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join();
        port = server.actualPort();
    }

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        console.close();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private HttpRequest.Builder form(String path, String form) {
        return to(path).header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form));
    }

    private String login() throws Exception {
        var reply = send(form("/login", "token=" + TestingConsole.TOKEN));
        assertThat(reply.body()).isEqualTo("done");
        var cookie = reply.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie)
                .containsIgnoringCase("HttpOnly")
                .contains("SameSite=Strict")
                .contains("Path=/");
        return cookie.substring(0, cookie.indexOf(';'));
    }

    private String get(String path, String cookie) throws Exception {
        return send(to(path).header("Cookie", cookie)).body();
    }

    @Test
    void a_session_ends_when_it_is_not_used() throws Exception {
        var cookie = login();

        assertThat(get("/in", cookie)).isEqualTo("in");
        console.clock.advance(Sessions.IDLE.minusSeconds(1));
        assertThat(get("/in", cookie)).isEqualTo("in");
        console.clock.advance(Sessions.IDLE);
        assertThat(get("/in", cookie)).isEqualTo("out");
    }

    @Test
    void a_page_that_keeps_itself_up_to_date_does_not_use_the_session() throws Exception {
        var cookie = login();

        console.clock.advance(Sessions.IDLE.minusSeconds(1));
        var live = send(to("/").header("Cookie", cookie).header("HX-Request", "true")).body();
        console.clock.advance(Duration.ofSeconds(1));

        assertThat(live).isEqualTo("in");
        assertThat(get("/in", cookie)).isEqualTo("out");
    }

    @Test
    void a_session_that_is_used_all_the_time_ends_all_the_same() throws Exception {
        var cookie = login();

        for (var age = Duration.ZERO;
                age.compareTo(Sessions.AGE) < 0;
                age = age.plus(Duration.ofHours(1))) {
            assertThat(get("/in", cookie)).isEqualTo("in");
            console.clock.advance(Duration.ofHours(1));
        }

        assertThat(get("/in", cookie)).isEqualTo("out");
    }

    @Test
    void a_changed_cookie_opens_nothing() throws Exception {
        var cookie = login();

        assertThat(get("/in", cookie + "A")).isEqualTo("out");
        assertThat(get("/in", cookie.substring(0, cookie.length() - 1))).isEqualTo("out");
        assertThat(get("/in", "matchback_session=")).isEqualTo("out");
    }

    @Test
    void each_login_is_a_session_of_its_own_and_ends_the_browsers_former_one() throws Exception {
        var first = login();

        var reply = send(form("/login", "token=" + TestingConsole.TOKEN).header("Cookie", first));
        var second = reply.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];

        assertThat(second).isNotEqualTo(first);
        assertThat(get("/in", second)).isEqualTo("in");
        assertThat(get("/in", first)).isEqualTo("out");
    }

    @Test
    void sessions_and_their_end_outlive_a_restart() throws Exception {
        var open = login();
        var closed = login();
        send(to("/logout").header("Cookie", closed).POST(BodyPublishers.noBody()));

        restart();

        assertThat(get("/in", open)).isEqualTo("in");
        assertThat(get("/in", closed)).isEqualTo("out");
    }

    @Test
    void to_log_out_everywhere_ends_the_sessions_of_all_browsers() throws Exception {
        var here = login();
        var there = login();

        send(to("/logout-everywhere").header("Cookie", here).POST(BodyPublishers.noBody()));

        assertThat(get("/in", here)).isEqualTo("out");
        assertThat(get("/in", there)).isEqualTo("out");
    }

    @Test
    void logout_ends_the_session_for_every_copy_of_the_cookie() throws Exception {
        var cookie = login();

        var reply = send(to("/logout").header("Cookie", cookie).POST(BodyPublishers.noBody()));

        assertThat(reply.headers().firstValue("Set-Cookie").orElse("")).contains("Max-Age=0");
        assertThat(get("/in", cookie)).isEqualTo("out");
    }

    @Test
    void a_token_that_is_taken_back_ends_its_sessions() throws Exception {
        var cookie = login();

        admins.set(Set.of(console.fingerprints.of("another-token")));

        assertThat(get("/in", cookie)).isEqualTo("out");
    }

    @Test
    void a_form_needs_the_token_of_its_session() throws Exception {
        var cookie = login();
        var other = login();
        var csrf = get("/csrf", cookie);

        assertThat(csrf).isNotEmpty().isNotEqualTo(get("/csrf", other));
        assertThat(send(form("/form", "csrf=" + csrf).header("Cookie", cookie)).body())
                .isEqualTo("ok");
        assertThat(
                        send(form("/form", "")
                                        .header("Cookie", cookie)
                                        .header(Access.CSRF_HEADER, csrf))
                                .body())
                .isEqualTo("ok");
        assertThat(send(form("/form", "csrf=" + csrf).header("Cookie", other)).body())
                .isEqualTo("no");
        assertThat(send(form("/form", "").header("Cookie", cookie)).body()).isEqualTo("no");
    }

    @Test
    void a_form_from_another_site_is_not_taken() throws Exception {
        assertThat(send(form("/form", "").header("Sec-Fetch-Site", "cross-site")).body())
                .isEqualTo("no");
        assertThat(send(form("/form", "").header("Sec-Fetch-Site", "same-origin")).body())
                .isEqualTo("ok");
    }

    @Test
    void whoever_guesses_has_to_wait_longer_each_time() throws Exception {
        for (int i = 0; i < LoginThrottle.FREE; i++) {
            assertThat(send(form("/login", "token=guess" + i)).body()).isEqualTo("wrong");
        }

        var throttled = send(form("/login", "token=" + TestingConsole.TOKEN)).body();
        console.clock.advance(Duration.ofSeconds(1));
        var wrong = send(form("/login", "token=guess")).body();
        var longer = send(form("/login", "token=guess")).body();
        console.clock.advance(Duration.ofSeconds(2));
        var right = send(form("/login", "token=" + TestingConsole.TOKEN)).body();

        assertThat(throttled).isEqualTo("wait 1");
        assertThat(wrong).isEqualTo("wrong");
        assertThat(longer).isEqualTo("wait 2");
        assertThat(right).isEqualTo("done");
    }

    @Test
    void a_session_reads_the_api_and_changes_nothing_in_it() throws Exception {
        var session = new FormSession(console);

        var read = session.get("/api/v1/offers");
        var change = session.post("/api/v1/senders", "key", "x");

        assertThat(read.status()).isEqualTo(200);
        assertThat(change.status()).isEqualTo(401);
    }
}
