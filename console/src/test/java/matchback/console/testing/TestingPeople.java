package matchback.console.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Collectors;
import matchback.console.people.Passwords;
import matchback.ledger.catalog.CatalogChange;
import matchback.model.catalog.Permission;
import matchback.model.catalog.Role;
import matchback.model.catalog.User;

/// Users of a console, who have chosen their passwords.
public final class TestingPeople {
    public static final String PASSWORD = "seven-green-bottles";

    /// Made once: it takes its time.
    private static final String HASH = Passwords.hash(PASSWORD);

    private final TestingConsole console;

    public TestingPeople(TestingConsole console) {
        this.console = console;
    }

    public void add(String key, Role role, boolean moneyMasked) {
        var now = console.clock.millis();
        var user = new User(key, "Name of " + key, role, moneyMasked, HASH, now, false, false);
        console.ledger.change(new CatalogChange(now, "test", user)).toCompletableFuture().join();
    }

    public FormSession session(String key) {
        return new FormSession(console, key, PASSWORD);
    }

    /// A token of a user with all scopes.
    public String token(String key) {
        return token(key, Permission.values());
    }

    public String token(String key, Permission... scopes) {
        var words =
                Arrays.stream(scopes)
                        .map(scope -> '"' + scope.word() + '"')
                        .collect(Collectors.joining(","));
        var made =
                console.post(
                        "/api/v1/tokens",
                        "{\"name\":\"Token\",\"user\":\"%s\",\"scopes\":[%s]}"
                                .formatted(key, words));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.json().path("token").asText();
    }
}
