package matchback.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import matchback.server.demo.ApiClient;
import matchback.server.testing.Await;
import matchback.server.testing.Installed;
import matchback.server.testing.ServerProcess.Launch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The code of the pages in docs/integrate, taken out of them and run in shops against a server.
class RecipesTest {
    private static final Path PAGES = Path.of("../docs/integrate");
    private static final String TOKEN = "token-of-the-shop";
    private static final String DEAD = "http://127.0.0.1:1/postback/shop";

    @TempDir static Path data;

    private static Installed installed;
    private static ApiClient api;
    private static String postback;

    @TempDir Path folder;

    private final List<Process> processes = new ArrayList<>();

    @BeforeAll
    static void open() {
        installed = Installed.on(Launch.on(data).start());
        api = installed.client();
        postback = installed.server().tracking() + "/postback/shop";
        api.create(
                "senders",
                Map.of("key", "shop", "name", "Shop", "security", Map.of("token", TOKEN)));
        api.create(
                "offers",
                Map.of(
                        "key",
                        "boots",
                        "name",
                        "Boots",
                        "url",
                        "https://shop.example/?clickid={clickid}&s2={clickid}",
                        "sender",
                        "shop",
                        "payout",
                        "9.00",
                        "currency",
                        "USD"));
        api.create(
                "campaigns",
                Map.of(
                        "key",
                        "autumn",
                        "name",
                        "Autumn",
                        "source",
                        Installed.SOURCE,
                        "offers",
                        List.of(Map.of("offer", "boots", "weight", 1)),
                        "costModel",
                        "none"));
    }

    @AfterAll
    static void close() {
        installed.close();
    }

    @Test
    void curl_reports_an_order_once_and_says_why_another_was_not_taken() throws Exception {
        var script = Files.writeString(folder.resolve("report"), code("curl.md", "bash"));
        var click = click();

        var first = bash(script, postback, click, "curl-1", "12.50");
        var again = bash(script, postback, click, "curl-1", "12.50");
        var refund = bash(script, postback, click, "curl-1", "12.50", "USD", "refund");
        var cut = bash(script, postback, click.substring(0, 20), "curl-2", "12.50");

        assertThat(first).isEqualTo("0 curl-1 counted: new_conversion");
        assertThat(again).isEqualTo("0 curl-1 duplicate: duplicate_transaction");
        assertThat(refund).isEqualTo("0 curl-1 updated: status_changed");
        assertThat(cut).startsWith("1 curl-2 was not taken: refused: truncated_click_id");
    }

    @Test
    void php_keeps_the_click_id_and_reports_once_what_was_bought_while_the_tracker_was_down()
            throws Exception {
        assumeTrue(isThere("php"), "php is not installed");
        shop("php.md", "php", "shop.php", "matchback.php");
        start("php", "-S", "127.0.0.1:0", "shop.php");
        var shop = phpUrl();
        var click = click();

        var cookie = kept(shop, click);
        buy(shop, cookie, "php-1");
        buy(shop, cookie, "php-1");
        send("php", "matchback.php");
        assertThat(waiting(".due")).isOne();

        rewrite("matchback.php", DEAD, postback);
        send("php", "matchback.php");
        assertThat(waiting(".due")).isZero();
        assertBoughtOnce(click, "php-1");
    }

    @Test
    void php_sets_apart_what_will_never_be_taken_and_keeps_what_waits_for_a_token()
            throws Exception {
        assumeTrue(isThere("php"), "php is not installed");
        shop("php.md", "php", "shop.php", "matchback.php");
        rewrite("matchback.php", DEAD, postback);
        var click = click();

        php("matchback_report('php-1', [], '" + click.substring(0, 31) + "');");
        send("php", "matchback.php");
        rewrite("matchback.php", TOKEN, "another");
        php("matchback_report('php-2', [], '" + click + "');");
        send("php", "matchback.php");

        assertThat(waiting(".refused")).isOne();
        assertThat(waiting(".due")).isOne();
    }

    @Test
    void a_page_that_is_not_of_the_tracker_takes_nothing_off_the_folder() throws Exception {
        assumeTrue(isThere("php") && isThere("node"), "php or node is not installed");
        var notThere = postback.replace("/postback/", "/nowhere/");
        shop("php.md", "php", "shop.php", "matchback.php");
        shop("node.md", "js", "shop.mjs", "matchback.mjs");
        rewrite("matchback.php", DEAD, notThere);
        rewrite("matchback.mjs", DEAD, notThere);

        php("matchback_report('php-3', [], '" + click() + "');");
        send("php", "matchback.php");
        send(
                "node",
                "--input-type=module",
                "--eval",
                "import { send } from './matchback.mjs'; await send(); process.exit()");

        assertThat(waiting(".due")).isOne();
        assertThat(waiting(".refused")).isZero();
    }

    @Test
    void node_keeps_the_click_id_and_reports_once_what_was_bought_while_the_tracker_was_down()
            throws Exception {
        assumeTrue(isThere("node"), "node is not installed");
        shop("node.md", "js", "shop.mjs", "matchback.mjs");
        var click = click();
        var process = start("node", "shop.mjs");
        var shop = process.inputReader().readLine().replace("listens ", "http://127.0.0.1:");

        var cookie = kept(shop, click);
        buy(shop, cookie, "node-1");
        buy(shop, cookie, "node-1");
        assertThat(waiting(".due")).isOne();
        process.destroyForcibly().waitFor();

        rewrite("matchback.mjs", DEAD, postback);
        start("node", "shop.mjs");
        Await.until("the folder is empty", () -> waiting(".due") == 0);
        assertBoughtOnce(click, "node-1");
    }

    @Test
    void the_tag_template_keeps_the_click_id_and_reports_a_purchase() throws Exception {
        assumeTrue(isThere("node"), "node is not installed");
        Files.writeString(folder.resolve("template.js"), code("gtm.md", "js"));
        copy("container.mjs");
        var click = click();
        var fields =
                """
                {"url":"%s","token":"%s","events":"purchase,generate_lead","eventType":"sale"}
                """
                        .formatted(postback, TOKEN);

        var landed =
                tag(
                        fields,
                        """
                        {"event_name":"page_view","page_location":"https://shop.example/?clickid=%s"}
                        """
                                .formatted(click),
                        "{}");
        var bought =
                tag(
                        fields,
                        """
                        {"event_name":"purchase","page_location":"https://shop.example/thanks",
                         "transaction_id":"tag-1","value":89.5,"currency":"USD"}
                        """,
                        "{\"mb_clickid\":\"" + click + "\"}");
        var nobody = tag(fields, "{\"event_name\":\"purchase\"}", "{}");

        assertThat(landed).startsWith("cookie mb_clickid " + click + " {").endsWith("success");
        assertThat(bought).contains("log Matchback answered 200 counted: ").endsWith("success");
        assertThat(nobody).isEqualTo("success");
        assertThat(conversions(click).path(0).path("txid").asText()).isEqualTo("tag-1");
        assertThat(conversions(click).path(0).path("value").path("amount").asText())
                .isEqualTo("89.50");
    }

    private static String click() {
        return Installed.clickId(api.get("/c/autumn?zone=z1"));
    }

    private static JsonNode conversions(String click) {
        return installed.story(click).path("conversions");
    }

    private static void assertBoughtOnce(String click, String order) {
        assertThat(conversions(click)).hasSize(1);
        var conversion = conversions(click).path(0);
        assertThat(conversion.path("txid").asText()).isEqualTo(order);
        assertThat(conversion.path("payout").asText()).isEqualTo("12.50");
    }

    /// The first block of code in a language on a page.
    private static String code(String page, String language) throws IOException {
        var text = Files.readString(PAGES.resolve(page));
        int from = text.indexOf("```" + language + "\n") + language.length() + 4;
        var code = text.substring(from, text.indexOf("```", from));
        assertThat(code.lines().count()).as("lines on " + page).isBetween(5L, 40L);
        return code;
    }

    /// Puts the page's code and a shop around it into the folder; the tracker it knows is dead.
    private void shop(String page, String language, String shop, String file) throws IOException {
        Files.writeString(folder.resolve(file), code(page, language));
        rewrite(file, "https://track.example/postback/shop", DEAD);
        rewrite(file, "the token of the sender", TOKEN);
        rewrite(file, "/var/lib/matchback", Files.createDirectories(outbox()).toString());
        copy(shop);
    }

    private Path outbox() {
        return folder.resolve("outbox");
    }

    private void copy(String resource) throws IOException {
        try (var from = RecipesTest.class.getResourceAsStream("/recipes/" + resource)) {
            Files.write(folder.resolve(resource), from.readAllBytes());
        }
    }

    private void rewrite(String file, String before, String after) throws IOException {
        var path = folder.resolve(file);
        var text = Files.readString(path);
        assertThat(text).contains(before);
        Files.writeString(path, text.replace(before, after));
    }

    private int waiting(String ending) {
        try (var files = Files.list(outbox())) {
            return (int) files.filter(file -> file.toString().endsWith(ending)).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The cookie that the shop's landing page sets.
    private static String kept(String shop, String click) {
        var answers = new ArrayList<HttpResponse<String>>();
        Await.until(
                "the shop answers",
                () -> {
                    try {
                        return answers.add(get(shop + "/?clickid=" + click, ""));
                    } catch (IOException _) {
                        return false;
                    }
                });
        var cookie = answers.getFirst().headers().firstValue("Set-Cookie").orElse("");
        assertThat(cookie).startsWith("mb_clickid=" + click + ";").contains("HttpOnly", "Lax");
        return cookie.substring(0, cookie.indexOf(';'));
    }

    private static void buy(String shop, String cookie, String order) throws IOException {
        assertThat(get(shop + "/?order=" + order, cookie).body()).isEqualTo("thank you");
    }

    private static HttpResponse<String> get(String url, String cookie) throws IOException {
        var request = HttpRequest.newBuilder(URI.create(url));
        if (!cookie.isEmpty()) {
            request.header("Cookie", cookie);
        }
        try (var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Where PHP's own server says it listens.
    private String phpUrl() {
        var said = Pattern.compile("Development Server \\((http://[0-9.:]+)\\) started");
        Await.until("PHP's server has started", () -> said.matcher(errors()).find());
        return said.matcher(errors()).results().findFirst().orElseThrow().group(1);
    }

    private String errors() {
        try {
            return Files.readString(folder.resolve("errors"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isThere(String tool) {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(place -> Files.isExecutable(Path.of(place, tool)));
    }

    private Process start(String... words) throws IOException {
        var builder = new ProcessBuilder(words).directory(folder.toFile());
        var process = builder.redirectError(folder.resolve("errors").toFile()).start();
        processes.add(process);
        return process;
    }

    @AfterEach
    void stop() throws InterruptedException {
        for (var process : processes) {
            process.destroyForcibly().waitFor();
        }
    }

    private void send(String... words) throws Exception {
        assertThat(output(start(words))).isEqualTo("0 ");
    }

    private void php(String line) throws Exception {
        send("php", "-r", "require 'matchback.php'; " + line);
    }

    private String tag(String fields, String event, String cookies) throws Exception {
        var out = output(start("node", "container.mjs", "template.js", fields, event, cookies));
        assertThat(out).startsWith("0 ");
        return out.substring(2);
    }

    private String bash(Path script, String url, String... words) throws Exception {
        var all = new ArrayList<>(List.of("bash", script.toString()));
        all.addAll(List.of(words));
        var builder = new ProcessBuilder(all).redirectErrorStream(true);
        builder.environment().putAll(Map.of("MATCHBACK_URL", url, "MATCHBACK_TOKEN", TOKEN));
        return output(builder.start());
    }

    /// Exit code and what was printed.
    private static String output(Process process) throws Exception {
        var out =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return process.waitFor() + " " + out;
    }
}
