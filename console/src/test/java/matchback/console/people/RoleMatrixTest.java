package matchback.console.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import matchback.console.people.Rights.Right;
import matchback.console.people.Rights.Who;
import matchback.console.testing.FormSession;
import matchback.console.testing.Reply;
import matchback.console.testing.TestingConsole;
import matchback.console.testing.TestingPeople;
import matchback.model.catalog.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Every route of pages and API, asked for over HTTP by every role.
final class RoleMatrixTest {
    private static TestingConsole console;
    private static TestingPeople people;
    private final Rights rights = Rights.ofJar();

    @BeforeAll
    static void make() {
        console = new TestingConsole();
        people = new TestingPeople(console);
        for (var role : Role.values()) {
            people.add(role.word(), role, false);
        }
        people.add("masked", Role.MANAGER, true);
    }

    @AfterAll
    static void close() {
        console.close();
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void a_role_gets_where_its_permissions_lead_and_nowhere_else(Role role) {
        assertThat(mistakes(role.word(), role, false)).isEmpty();
    }

    @Test
    void whoever_may_not_see_money_is_kept_from_what_shows_or_takes_it() {
        assertThat(mistakes("masked", Role.MANAGER, true)).isEmpty();
    }

    @Test
    void a_stranger_gets_nowhere_but_to_the_log_in() {
        var mistakes = new ArrayList<String>();
        for (var route : console.routes()) {
            var right = right(route);
            var reply = console.send(request(console.bare(path(route)), route, "x=1"));
            boolean isSent =
                    isApi(route)
                            ? reply.status() == 401
                            : reply.status() == 303
                                    && reply.header("Location").startsWith("/login");
            if (isSent == right.isOpen()) {
                mistakes.add(route + ": " + reply.status());
            }
        }

        assertThat(mistakes).isEmpty();
    }

    /// Said once more, so that the table cannot be wrong about the walls that matter most.
    @ParameterizedTest
    @CsvSource({
        "read-only, GET, /report, 200",
        "read-only, GET, /offers, 200",
        "read-only, GET, /postbacks, 403",
        "read-only, GET, /clicks/x, 403",
        "read-only, POST, /offers/new, 403",
        "read-only, GET, /upload, 403",
        "read-only, GET, /people, 403",
        "analyst, GET, /postbacks, 200",
        "analyst, GET, /replay, 200",
        "analyst, POST, /replay/x/apply, 403",
        "analyst, POST, /held/review, 403",
        "analyst, POST, /campaigns/new, 403",
        "analyst, POST, /destinations/x/pause, 403",
        "analyst, GET, /people, 403",
        "manager, GET, /upload, 200",
        "manager, GET, /people, 403",
        "manager, POST, /people/new, 403",
        "manager, POST, /people/x/logout, 403",
        "admin, GET, /people, 200",
        "masked, GET, /held, 403",
        "masked, GET, /offers/new, 403",
        "masked, GET, /landers/new, 200"
    })
    void the_walls_stand_here(String who, String method, String path, int status) {
        var session = people.session(who);

        var reply = method.equals("GET") ? session.get(path) : session.post(path);

        assertThat(reply.status()).isEqualTo(status);
    }

    private List<String> mistakes(String who, Role role, boolean moneyMasked) {
        var token = people.token(who);
        var session = people.session(who);
        var mistakes = new ArrayList<String>();
        for (var route : console.routes()) {
            var right = right(route);
            if (endsSession(route)) {
                continue;
            }
            var reply = isApi(route) ? byToken(route, token) : inSession(route, session);
            boolean isAllowed = isAllowed(right, role, moneyMasked);
            boolean isRefused = reply.status() == 403 || isSentAway(reply);
            if (isAllowed == isRefused) {
                mistakes.add(
                        "%s: %s %s".formatted(route, reply.status(), reply.header("Location")));
            }
        }
        return mistakes;
    }

    private static boolean isAllowed(Right right, Role role, boolean moneyMasked) {
        return right.who() != Who.PERMITTED
                || (role.permissions().contains(right.needs())
                        && !(right.isMoney() && moneyMasked));
    }

    private static boolean isSentAway(Reply reply) {
        return reply.status() == 401 || reply.header("Location").startsWith("/login?");
    }

    /// These are walked by tests of their own.
    private static boolean endsSession(String route) {
        return List.of("POST /logout", "POST /account/logout-everywhere", "POST /login")
                .contains(route);
    }

    private Reply byToken(String route, String token) {
        return console.send(
                request(
                        console.bare(path(route)).header("Authorization", "Bearer " + token),
                        route,
                        "{}"));
    }

    private Reply inSession(String route, FormSession session) {
        return console.send(request(session.request(path(route)), route, "csrf=" + session.csrf()));
    }

    private static HttpRequest.Builder request(HttpRequest.Builder to, String route, String body) {
        var method = route.substring(0, route.indexOf(' '));
        var type = body.startsWith("{") ? "application/json" : "application/x-www-form-urlencoded";
        return method.equals("GET")
                ? to.GET()
                : to.header("Content-Type", type).method(method, BodyPublishers.ofString(body));
    }

    private Right right(String route) {
        int space = route.indexOf(' ');
        return rights.of(route.substring(0, space), route.substring(space + 1));
    }

    private static boolean isApi(String route) {
        return route.contains(" /api/")
                || route.contains(" /health/")
                || route.endsWith(" /metrics")
                || route.endsWith(" /openapi.json");
    }

    /// The route with names of things that are not there. The stream that does not end by itself is
    /// asked for in a zone that is not there either.
    private static String path(String route) {
        if (route.endsWith("/api/v1/live")) {
            return "/api/v1/live?tz=absent";
        }
        return route.substring(route.indexOf(' ') + 1).replaceAll(":\\w+", "absent");
    }
}
