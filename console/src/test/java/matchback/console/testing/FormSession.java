package matchback.console.testing;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Somebody who signed in to the console with a browser that runs no script.
public final class FormSession {
    private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([0-9a-f]+)\"");

    private final TestingConsole console;
    private final String cookie;
    private final String csrf;

    /// Signs in with the installation's token.
    public FormSession(TestingConsole console) {
        this(console, "token=" + TestingConsole.TOKEN);
    }

    /// Signs in with a password.
    public FormSession(TestingConsole console, String login, String password) {
        this(console, "login=" + login + "&password=" + password);
    }

    private FormSession(TestingConsole console, String form) {
        this.console = console;
        var answer =
                console.send(
                        console.bare("/login")
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString("next=/&" + form)));
        this.cookie =
                answer.http().headers().allValues("Set-Cookie").stream()
                        .filter(header -> header.startsWith("matchback_session="))
                        .map(header -> header.split(";", 2)[0])
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("not signed in: " + answer.text()));
        var found = CSRF.matcher(get("/settings").text());
        if (!found.find()) {
            throw new AssertionError("a page without a form");
        }
        this.csrf = found.group(1);
    }

    /// What each form must send back.
    public String csrf() {
        return csrf;
    }

    public Reply get(String path) {
        return console.send(request(path).GET());
    }

    /// @param fields names and values in turn
    public Reply post(String path, String... fields) {
        var body =
                Stream.iterate(0, i -> i < fields.length, i -> i + 2)
                        .map(i ->
                                fields[i]
                                        + '='
                                        + URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
        return console.send(
                request(path)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(body + "&csrf=" + csrf)));
    }

    /// A request of this session.
    public HttpRequest.Builder request(String path) {
        return console.bare(path).header("Cookie", cookie);
    }
}
