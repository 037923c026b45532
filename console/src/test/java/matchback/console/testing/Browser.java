package matchback.console.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Debian's Chromium without a window, driven over the plain WebDriver protocol
/// (w3.org/TR/webdriver2).
public final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
    private static final Pattern PORT = Pattern.compile("started successfully on port (\\d+)");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process driver;
    private final HttpClient http = HttpClient.newHttpClient();
    private final String session;

    /// Why there can be no browser on this machine; empty when there can.
    public static Optional<String> absence() {
        return Stream.of("chromium", "chromedriver")
                .filter(name -> !Files.isExecutable(Path.of("/usr/bin", name)))
                .findFirst()
                .map(name ->
                        "/usr/bin/"
                                + name
                                + " is not installed (apt-get install chromium"
                                + " chromium-driver)");
    }

    public Browser(Path profile) {
        this(profile, List.of());
    }

    /// @param more of the browser's arguments
    public Browser(Path profile, List<String> more) {
        try {
            driver =
                    new ProcessBuilder("/usr/bin/chromedriver", "--port=0")
                            .redirectErrorStream(true)
                            .start();
            var root = "http://127.0.0.1:" + port(driver);
            var capabilities = JSON.createObjectNode();
            var match = capabilities.putObject("capabilities").putObject("alwaysMatch");
            match.putObject("goog:loggingPrefs").put("browser", "ALL");
            var options = match.putObject("goog:chromeOptions");
            options.put("binary", "/usr/bin/chromium");
            var arguments = options.putArray("args");
            for (var argument :
                    List.of(
                            "--headless",
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync",
                            "--disable-dev-shm-usage",
                            "--hide-scrollbars",
                            "--force-device-scale-factor=1",
                            "--user-data-dir=" + profile)) {
                arguments.add(argument);
            }
            more.forEach(arguments::add);
            session =
                    root
                            + "/session/"
                            + post(root + "/session", capabilities).path("sessionId").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// One that has signed in on its way to a page.
    ///
    /// @param profile folder of its own
    /// @param heading of the page
    public static Browser signedIn(
            TestingConsole console, Path profile, String path, String heading) {
        var browser = new Browser(profile);
        browser.size(1440, 1000);
        browser.go(console.uri(path));
        browser.type("#token", TestingConsole.TOKEN);
        browser.click("button.primary");
        browser.untilText("h1", heading);
        return browser;
    }

    private static String port(Process driver) throws IOException {
        // Not closed: the driver writes on while it lives.
        var out =
                new BufferedReader(
                        new InputStreamReader(driver.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        while (line != null) {
            var found = PORT.matcher(line);
            if (found.find()) {
                return found.group(1);
            }
            line = out.readLine();
        }
        throw new IOException("chromedriver ended without naming its port");
    }

    public void go(URI uri) {
        post(session + "/url", JSON.createObjectNode().put("url", uri.toString()));
    }

    public void size(int width, int height) {
        // The window's own rect has a minimum width; the emulated screen has none.
        command(
                "Emulation.setDeviceMetricsOverride",
                JSON.createObjectNode()
                        .put("width", width)
                        .put("height", height)
                        .put("deviceScaleFactor", 1)
                        .put("mobile", width < 600));
    }

    /// Whether its system likes dark colours.
    public void dark(boolean isDark) {
        var parameters = JSON.createObjectNode();
        parameters
                .putArray("features")
                .addObject()
                .put("name", "prefers-color-scheme")
                .put("value", isDark ? "dark" : "light");
        command("Emulation.setEmulatedMedia", parameters);
    }

    /// A command of the browser's own protocol.
    public void command(String name, ObjectNode parameters) {
        var body = JSON.createObjectNode().put("cmd", name);
        body.set("params", parameters);
        post(session + "/goog/cdp/execute", body);
    }

    public void allowClipboard() {
        var parameters = JSON.createObjectNode();
        parameters.putArray("permissions").add("clipboardReadWrite").add("clipboardSanitizedWrite");
        command("Browser.grantPermissions", parameters);
    }

    public void click(String css) {
        onElement(
                css,
                element ->
                        post(session + "/element/" + element + "/click", JSON.createObjectNode()));
    }

    /// Replaces what stands in a field.
    public void type(String css, String text) {
        onElement(
                css,
                element -> {
                    post(session + "/element/" + element + "/clear", JSON.createObjectNode());
                    post(
                            session + "/element/" + element + "/value",
                            JSON.createObjectNode().put("text", text));
                });
    }

    /// Between finding an element and using it a page may come or go: then it is found again. The
    /// driver names both cases before it has done anything.
    private void onElement(String css, Consumer<String> use) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                use.accept(element(css));
                return;
            } catch (AssertionError e) {
                var message = String.valueOf(e.getMessage());
                boolean isPassing =
                        message.startsWith("stale element reference")
                                || message.startsWith("no such element");
                if (!isPassing || System.nanoTime() > end) {
                    throw e;
                }
                LockSupport.parkNanos(20_000_000);
            }
        }
    }

    /// Presses keys where the focus is; a tab is U+E004.
    public void press(String keys) {
        var body = JSON.createObjectNode();
        var action = body.putArray("actions").addObject().put("type", "key").put("id", "keys");
        var steps = action.putArray("actions");
        keys.chars()
                .forEach(key -> {
                    steps.addObject().put("type", "keyDown").put("value", Character.toString(key));
                    steps.addObject().put("type", "keyUp").put("value", Character.toString(key));
                });
        post(session + "/actions", body);
    }

    /// Chooses an option by its value.
    public void choose(String css, String value) {
        click(css + " option[value='" + value + "']");
    }

    public String text(String css) {
        // By one script: between two calls the page may put another element in the place.
        return script(
                "return document.querySelector(" + JSON.valueToTree(css) + ")?.innerText ?? ''");
    }

    /// What a script returns, as text.
    public String script(String script) {
        var body = JSON.createObjectNode().put("script", script);
        body.putArray("args");
        return post(session + "/execute/sync", body).asText();
    }

    /// What an asynchronous script hands to its callback, as text.
    public String await(String script) {
        var body =
                JSON.createObjectNode()
                        .put("script", "const done = arguments[arguments.length - 1]; " + script);
        body.putArray("args");
        return post(session + "/execute/async", body).asText();
    }

    public String path() {
        var uri = URI.create(get(session + "/url").asText());
        return uri.getRawQuery() == null ? uri.getPath() : uri.getPath() + '?' + uri.getRawQuery();
    }

    public void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError(
                        what + " did not come true; at " + path() + " with " + complaints());
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    public void untilText(String css, String text) {
        until(css + " says " + text, () -> has(css) && text(css).contains(text));
    }

    public boolean has(String css) {
        return script("return String(!!document.querySelector(" + JSON.valueToTree(css) + "))")
                .equals("true");
    }

    /// Errors and warnings of the browser's console since the last call, violations of the content
    /// security policy among them.
    public List<String> complaints() {
        var body = JSON.createObjectNode().put("type", "browser");
        var found = new ArrayList<String>();
        post(session + "/se/log", body)
                .forEach(entry -> {
                    if (!entry.path("level").asText().equals("INFO")
                            && !entry.path("level").asText().equals("DEBUG")) {
                        found.add(entry.path("message").asText());
                    }
                });
        return found;
    }

    /// The visible part of the page as PNG.
    private byte[] picture() {
        return Base64.getDecoder().decode(get(session + "/screenshot").asText());
    }

    /// Leaves a picture of the page when `-Dpictures=folder` asks for pictures.
    public void save(String name) {
        var folder = System.getProperty("pictures", "");
        if (folder.isEmpty()) {
            return;
        }
        try {
            Files.write(Files.createDirectories(Path.of(folder)).resolve(name + ".png"), picture());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String element(String css) {
        var body = JSON.createObjectNode().put("using", "css selector").put("value", css);
        return post(session + "/element", body).path(ELEMENT).asText();
    }

    private JsonNode get(String uri) {
        return send(HttpRequest.newBuilder(URI.create(uri)).GET());
    }

    private JsonNode post(String uri, JsonNode body) {
        return send(
                HttpRequest.newBuilder(URI.create(uri))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body.toString())));
    }

    private JsonNode send(HttpRequest.Builder request) {
        try {
            var answer =
                    http.send(
                            request.timeout(Duration.ofSeconds(60)).build(),
                            BodyHandlers.ofString());
            var value = JSON.readTree(answer.body()).path("value");
            if (answer.statusCode() != 200) {
                throw new AssertionError(
                        value.path("error").asText() + ": " + value.path("message").asText());
            }
            return value;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        try {
            send(HttpRequest.newBuilder(URI.create(session)).DELETE());
        } finally {
            driver.destroy();
        }
    }
}
