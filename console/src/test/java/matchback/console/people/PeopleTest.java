package matchback.console.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import matchback.console.testing.FormSession;
import matchback.console.testing.Reply;
import matchback.console.testing.TestingConsole;
import matchback.console.testing.TestingPeople;
import matchback.ledger.catalog.CatalogChange;
import matchback.ledger.catalog.CatalogCodec;
import matchback.model.catalog.ApiToken;
import matchback.model.catalog.Permission;
import matchback.model.catalog.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Users and their tokens, over HTTP.
final class PeopleTest {
    private final TestingConsole console = new TestingConsole();
    private final TestingPeople people = new TestingPeople(console);

    @AfterEach
    void close() {
        console.close();
    }

    private Reply with(String token, String path) {
        return console.send(console.bare(path).header("Authorization", "Bearer " + token));
    }

    private Reply post(String token, String path, String json) {
        return console.send(
                console.bare(path)
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json)));
    }

    private Reply login(String login, String password) {
        return console.send(
                console.bare("/login")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("login=" + login + "&password=" + password)));
    }

    @Test
    void a_new_user_gets_a_password_that_only_leads_to_one_of_their_own() {
        var made =
                console.post(
                        "/api/v1/users",
                        "{\"key\":\"anna\",\"name\":\"Anna\",\"role\":\"analyst\"}");
        var given = made.json().path("password").asText();

        var session = new FormSession(console, "anna", given);
        var before = session.get("/postbacks");
        session.post(
                "/account/password",
                "old",
                given,
                "new",
                "seven green bottles",
                "again",
                "seven green bottles");
        var after = new FormSession(console, "anna", "seven+green+bottles").get("/postbacks");

        assertThat(made.status()).isEqualTo(201);
        assertThat(console.get("/api/v1/users/anna").text()).doesNotContain(given, "argon2");
        assertThat(before.status()).isEqualTo(303);
        assertThat(before.header("Location")).isEqualTo("/account/password");
        assertThat(after.status()).isEqualTo(200);
        assertThat(login("anna", given).status()).isEqualTo(401);
    }

    @Test
    void a_given_password_that_nobody_used_in_a_week_opens_nothing() {
        console.post(
                "/api/v1/users",
                "{\"key\":\"anna\",\"role\":\"analyst\",\"password\":\"tell-her-by-telephone\"}");

        console.clock.advance(Access.GIVEN_AGE.plusSeconds(1));
        var late = login("anna", "tell-her-by-telephone");

        assertThat(late.status()).isEqualTo(401);
        assertThat(late.text()).contains("Have a new one made");
    }

    @Test
    void the_ledger_has_no_password_and_no_token_in_clear() {
        people.add("anna", Role.ADMIN, false);
        var token = people.token("anna");
        var user = console.ledger.catalog().user("anna").orElseThrow();
        var kept = console.ledger.catalog().all(ApiToken.class).values().iterator().next();

        var bytes =
                new String(
                                CatalogCodec.encode(new CatalogChange(0, "", user)),
                                StandardCharsets.UTF_8)
                        + new String(
                                CatalogCodec.encode(new CatalogChange(0, "", kept)),
                                StandardCharsets.UTF_8);

        assertThat(bytes)
                .contains("$argon2id$v=19$m=19456,t=2,p=1$")
                .doesNotContain(TestingPeople.PASSWORD, token, token.substring(4));
    }

    @Test
    void a_token_does_what_its_scopes_and_its_owners_role_both_allow() {
        people.add("anna", Role.ANALYST, false);
        var reports = people.token("anna", Permission.REPORTS);
        var all = people.token("anna");

        assertThat(with(reports, "/api/v1/report").status()).isEqualTo(200);
        assertThat(with(reports, "/api/v1/postbacks").status()).isEqualTo(403);
        assertThat(with(reports, "/api/v1/postbacks").json().path("detail").asText())
                .isEqualTo("It needs the permission \"logs\", which this token does not have");
        assertThat(with(all, "/api/v1/postbacks").status()).isEqualTo(200);
        assertThat(post(all, "/api/v1/senders", "{\"key\":\"x\"}").status()).isEqualTo(403);
    }

    @Test
    void a_token_ends_when_it_is_revoked_when_its_time_is_over_and_with_its_owner() {
        people.add("anna", Role.ANALYST, false);
        people.add("ben", Role.ANALYST, false);
        var revoked = people.token("anna");
        var kept = people.token("anna");
        var ownerless = people.token("ben");

        assertThat(with(revoked, "/api/v1/report").status()).isEqualTo(200);
        console.delete("/api/v1/tokens/token");
        console.delete("/api/v1/users/ben");

        assertThat(with(revoked, "/api/v1/report").status()).isEqualTo(401);
        assertThat(with(ownerless, "/api/v1/report").status()).isEqualTo(401);
        assertThat(with(kept, "/api/v1/report").status()).isEqualTo(200);
        console.clock.advance(Duration.ofDays(90));
        assertThat(with(kept, "/api/v1/report").status()).isEqualTo(401);
        assertThat(console.put("/api/v1/tokens/token", "{\"scopes\":[\"logs\"]}").status())
                .isEqualTo(422);
    }

    @Test
    void a_token_makes_no_wider_one_on_the_pages_of_its_owner() {
        people.add("anna", Role.ADMIN, false);
        var token = people.token("anna", Permission.REPORTS);

        var reply =
                console.send(
                        console.bare("/account/tokens")
                                .header("Authorization", "Bearer " + token)
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString("name=wide&scopes=people&days=7")));

        assertThat(reply.status()).isEqualTo(403);
        assertThat(console.ledger.catalog().all(ApiToken.class)).hasSize(1);
    }

    @Test
    void what_somebody_does_carries_their_name() {
        people.add("anna", Role.MANAGER, false);
        var token = people.token("anna");
        var catalog = console.ledger.catalog();

        assertThat(Caller.name(catalog, "user:anna")).isEqualTo("Name of anna");
        assertThat(Caller.name(catalog, "token:token")).isEqualTo("Token (Name of anna)");
        assertThat(Caller.name(catalog, "token:admin")).isEqualTo("token:admin");
        assertThat(Caller.ofToken(catalog, console.fingerprints.of(token), 0).orElseThrow().by())
                .isEqualTo("token:token");
    }

    @Test
    void a_user_is_told_what_is_wrong_with_the_form() {
        var reply =
                console.post(
                        "/api/v1/users",
                        "{\"key\":\"Anna B\",\"role\":\"boss\",\"password\":\"short\"}");

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.fields()).containsExactlyInAnyOrder("key", "role", "password");
    }

    @Test
    void a_change_of_role_and_a_new_password_hold_at_once() {
        people.add("anna", Role.MANAGER, false);
        var session = people.session("anna");

        assertThat(session.get("/upload").status()).isEqualTo(200);
        console.put("/api/v1/users/anna", "{\"role\":\"read-only\"}");
        assertThat(session.get("/upload").status()).isEqualTo(403);
        assertThat(session.get("/report").status()).isEqualTo(200);
        console.put("/api/v1/users/anna", "{\"role\":\"read-only\",\"password\":true}");
        assertThat(session.get("/report").status()).isEqualTo(303);
    }

    @Test
    void who_guesses_a_password_waits_and_who_was_there_before_does_not() {
        people.add("anna", Role.ANALYST, false);
        var known =
                login("anna", TestingPeople.PASSWORD)
                        .http()
                        .headers()
                        .allValues("Set-Cookie")
                        .stream()
                        .filter(cookie -> cookie.startsWith("matchback_device="))
                        .map(cookie -> cookie.split(";", 2)[0])
                        .findFirst()
                        .orElseThrow();

        for (int i = 0; i < LoginThrottle.FREE; i++) {
            assertThat(login("anna", "a-guess-" + i).status()).isEqualTo(401);
        }
        var stranger = login("anna", TestingPeople.PASSWORD);
        var anna =
                console.send(
                        console.bare("/login")
                                .header("Cookie", known)
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(
                                        BodyPublishers.ofString(
                                                "login=anna&password=" + TestingPeople.PASSWORD)));
        console.clock.advance(LoginThrottle.WAIT_MAX);
        var later = login("anna", TestingPeople.PASSWORD);

        assertThat(stranger.status()).isEqualTo(429);
        assertThat(anna.status()).isEqualTo(303);
        assertThat(later.status()).isEqualTo(303);
    }

    @Test
    void a_login_that_nobody_has_is_answered_as_a_wrong_password() {
        people.add("anna", Role.ANALYST, false);

        var nobody = login("nobody", TestingPeople.PASSWORD);
        var wrong = login("anna", "another password");

        assertThat(nobody.status()).isEqualTo(401);
        assertThat(nobody.text().replace("nobody", "anna")).isEqualTo(wrong.text());
    }
}
