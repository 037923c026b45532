package matchback.console.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import matchback.console.testing.Browser;
import matchback.console.testing.TestingConsole;
import matchback.console.testing.TestingPeople;
import matchback.model.catalog.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Users, their passwords and tokens as people meet them, in a real browser.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PeopleInBrowserTest {
    private static final String OWN = "a row of green bottles";

    @TempDir private static Path folder;

    private TestingConsole console;
    private Browser browser;

    @BeforeAll
    void open() {
        var absence = Browser.absence();
        assumeTrue(absence.isEmpty(), () -> "no browser: " + absence.orElse(""));
        console = new TestingConsole();
        browser = Browser.signedIn(console, folder.resolve("profile"), "/people", "Users");
        assertThat(browser.text("#main")).contains("No users yet", "Nobody has a token");
        browser.save("people-empty");
        var people = new TestingPeople(console);
        people.add("boss", Role.ADMIN, false);
        people.token("boss");
    }

    @AfterAll
    void close() {
        if (browser != null) {
            browser.close();
            console.close();
        }
    }

    private void begin() {
        browser.command("Network.clearBrowserCookies", JsonNodeFactory.instance.objectNode());
        browser.go(console.uri("/people"));
        signIn("boss", TestingPeople.PASSWORD);
        browser.untilText("h1", "Users");
    }

    private void signIn(String login, String password) {
        browser.type("#login", login);
        browser.type("#password", password);
        browser.click("#by-password button");
    }

    private void signOut() {
        browser.click("form[action='/logout'] button");
        browser.untilText("h1", "Sign in");
    }

    @Test
    void a_user_is_made_chooses_a_password_makes_a_token_and_meets_the_walls() {
        begin();
        browser.go(console.uri("/people/new"));
        browser.type("[name=name]", "Änne Berg");
        browser.choose("[name=role]", "read-only");
        browser.click("[name=moneyMasked]");
        browser.click("#entity button.primary");
        browser.until("the password is shown", () -> browser.has("#password"));
        browser.save("people-first-password");
        var login = browser.script("return document.querySelector('#login').value");
        var given = browser.script("return document.querySelector('#password').value");
        assertThat(login).isEqualTo("anne-berg");
        browser.go(console.uri("/people"));
        browser.untilText("#users", "password due");
        signOut();
        browser.save("login");

        signIn(login, given);
        browser.untilText("h1", "Change password");
        browser.save("password-due");
        browser.type("#old", given);
        browser.type("#new", OWN);
        browser.type("#again", OWN);
        browser.click("form[action='/account/password'] button");
        browser.untilText("h1", "Änne Berg");
        assertThat(browser.text("#main")).contains("Your password is changed", "Read-only");

        browser.type("#token-name", "Sheet");
        browser.click("[name=scopes][value=reports]");
        browser.click("#token-form button.primary");
        browser.untilText("h1", "New token");
        assertThat(browser.script("return document.querySelector('#token').value"))
                .startsWith("mbt_");
        browser.go(console.uri("/account"));
        browser.untilText("#tokens", "Sheet");
        browser.dark(true);
        browser.save("account-dark");
        browser.dark(false);
        browser.click("#tokens button.danger");
        browser.untilText("#tokens", "revoked");

        // What the browser says of itself ends here: it complains of each answer that refuses.
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.text("nav")).contains("Report").doesNotContain("Postbacks", "Users");
        browser.go(console.uri("/offers"));
        browser.untilText("h1", "Offers");
        assertThat(browser.has("a[href='/offers/new']")).isFalse();
        browser.go(console.uri("/postbacks"));
        browser.untilText("h1", "This is not open to you");
        browser.save("not-permitted");
        browser.go(console.uri("/"));
        assertThat(browser.text("#main")).contains("•••");
        browser.save("overview-masked");
    }

    @Test
    void the_pages_of_people_are_named_and_fit_a_phone() {
        begin();

        browser.size(390, 844);
        for (var path : new String[] {"/people", "/people/new", "/account", "/account/password"}) {
            browser.go(console.uri(path));
            assertThat(
                            browser.script(
                                    "return String([...document.querySelectorAll('input, select,"
                                            + " button')].filter(e => e.type !== 'hidden' &&"
                                            + " !e.labels?.length && !e.ariaLabel &&"
                                            + " !e.innerText && e.ariaHidden !== 'true').length)"))
                    .as("fields without a name on " + path)
                    .isEqualTo("0");
            assertThat(
                            browser.script(
                                    "return String(document.documentElement.scrollWidth"
                                            + " - innerWidth)"))
                    .as("wider than the screen: " + path)
                    .isEqualTo("0");
        }
        browser.save("account-password-phone");
        browser.go(console.uri("/people"));
        browser.save("people-phone");
        browser.size(1440, 1000);
        browser.save("people");
    }
}
