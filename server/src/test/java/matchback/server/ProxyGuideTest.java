package matchback.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import matchback.server.testing.Certificates;
import matchback.server.testing.Installed;
import matchback.server.testing.Nginx;
import matchback.server.testing.RawHttp;
import matchback.server.testing.ServerProcess;
import matchback.server.testing.ServerProcess.Launch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The configuration printed in docs/proxy.md, in the real nginx: only ports and the certificate
/// are others.
class ProxyGuideTest {
    private static final Pattern BLOCK = Pattern.compile("```nginx\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LINK =
            Pattern.compile("<[a-z][^>]*\\s(?:href|src|action|formaction|hx-get)=\"(/[^\"]*)\"");
    private static final Pattern SET_COOKIE = Pattern.compile("(?im)^set-cookie: ([^;\r]+)");

    private final int plain = Nginx.freePort();
    private final int secure = Nginx.freePort();
    private final int tracking = Nginx.freePort();
    private final int console = Nginx.freePort();

    @TempDir Path folder;

    @BeforeEach
    void need() {
        assumeTrue(Nginx.isHere(), "nginx is not installed");
    }

    private static List<String> blocks() throws IOException {
        return BLOCK.matcher(Files.readString(Path.of("..", "docs", "proxy.md")))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private Nginx nginx(String site) throws Exception {
        var certificate = folder.resolve("cert.pem");
        var key = folder.resolve("key.pem");
        Certificates.write(certificate, key);
        return new Nginx(
                Files.createDirectories(folder.resolve("nginx")),
                site.replace("listen 80;", "listen 127.0.0.1:" + plain + ";")
                        .replace("listen 443 ", "listen 127.0.0.1:" + secure + " ")
                        .replace("127.0.0.1:8080", "127.0.0.1:" + tracking)
                        .replace("127.0.0.1:8081", "127.0.0.1:" + console)
                        .replaceAll("/etc/letsencrypt/\\S+/fullchain.pem", certificate.toString())
                        .replaceAll("/etc/letsencrypt/\\S+/privkey.pem", key.toString()),
                plain);
    }

    private ServerProcess server(String... flags) {
        return Launch.on(folder.resolve("data"))
                .with("--port", String.valueOf(tracking))
                .with("--console-port", String.valueOf(console))
                .with("--trusted-proxies", "127.0.0.1")
                .with(flags)
                .start();
    }

    /// Asks from another address of this machine, as a visitor whom nobody trusts would.
    private String ask(int port, String host, String target, String... headers) throws IOException {
        try (var socket =
                new Socket(
                        InetAddress.getLoopbackAddress(),
                        port,
                        InetAddress.getByName("127.0.0.2"),
                        0)) {
            return ask(socket, "GET", host, target, headers);
        }
    }

    private static String ask(
            Socket socket, String method, String host, String target, String... headers)
            throws IOException {
        var lines = String.join("\r\n", headers) + (headers.length == 0 ? "" : "\r\n");
        var request =
                "%s %s HTTP/1.1\r\nHost: %s\r\n%sConnection: close\r\n\r\n"
                        .formatted(method, target, host, lines);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void on_hosts_of_its_own() throws Exception {
        try (var _ = nginx(blocks().getFirst());
                var installed = Installed.on(server("--public-url", "http://127.0.0.1:" + plain))) {
            assertVisitorIsKnown(installed);
            assertCampaignHasItsHost(installed);
            assertLongLinksPass();
            assertThat(secured("track.example.com", "/c/spring")).startsWith("HTTP/1.1 302");
            assertThat(secured("console.example.com", "/")).contains("303").contains("/login");
            assertLargeFilesPass();
        }
    }

    private void assertVisitorIsKnown(Installed installed) throws IOException {
        var redirect =
                ask(plain, "track.example.com", "/c/spring", "X-Forwarded-For: 198.51.100.7");
        var click = Pattern.compile("s2=(\\w{32})").matcher(redirect);
        assertThat(click.find()).isTrue();
        assertThat(installed.story(click.group(1)).at("/click/personal/address").asText())
                .isEqualTo("127.0.0.2");
        assertThat(installed.convert(click.group(1), "&txid=1"))
                .isEqualTo("counted new_conversion");
    }

    private void assertCampaignHasItsHost(Installed installed) throws IOException {
        var campaign =
                installed
                        .client()
                        .create(
                                "campaigns",
                                Map.of(
                                        "key",
                                        "own",
                                        "name",
                                        "Own",
                                        "domain",
                                        "go.example.com",
                                        "passParameters",
                                        true,
                                        "offers",
                                        List.of(Map.of("offer", Installed.OFFER))));
        assertThat(campaign.path("clickUrl").asText()).isEqualTo("http://go.example.com/c/own");
        assertThat(ask(plain, "go.example.com", "/")).startsWith("HTTP/1.1 302");
        assertThat(ask(plain, "track.example.com", "/")).startsWith("HTTP/1.1 404");
    }

    private void assertLongLinksPass() throws IOException {
        var redirect = ask(plain, "go.example.com", "/c/own?long=" + "x".repeat(7_000));

        assertThat(redirect).startsWith("HTTP/1.1 302").contains("x".repeat(7_000));
    }

    private String secured(String host, String target)
            throws IOException, GeneralSecurityException {
        var sockets = Certificates.trustingAll().getSocketFactory();
        try (var socket = sockets.createSocket(InetAddress.getLoopbackAddress(), secure)) {
            return ask(socket, "GET", host, target);
        }
    }

    /// 2 MiB are refused by nginx without being told otherwise; an unknown caller is refused by us.
    private void assertLargeFilesPass() throws IOException, GeneralSecurityException {
        var body = "clickid\n" + "x\n".repeat(1 << 20);
        var sockets = Certificates.trustingAll().getSocketFactory();
        try (var socket = sockets.createSocket(InetAddress.getLoopbackAddress(), secure)) {
            socket.getOutputStream()
                    .write(
                            ("POST /api/v1/conversions/csv?preview=true HTTP/1.1\r\n"
                                            + "Host: console.example.com\r\nContent-Type: text/csv\r\n"
                                            + "Authorization: Bearer "
                                            + ServerProcess.TOKEN
                                            + "\r\nContent-Length: "
                                            + body.length()
                                            + "\r\nConnection: close\r\n\r\n"
                                            + body)
                                    .getBytes(StandardCharsets.ISO_8859_1));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).contains("Content-Type: application/").doesNotContain("nginx</");
            assertThat(answer).doesNotStartWith("HTTP/1.1 413");
        }
    }

    @Test
    void below_a_path_of_another_site() throws Exception {
        var blocks = blocks();
        var shared =
                blocks.getFirst().substring(0, blocks.getFirst().indexOf("server {\n    listen"));
        var site =
                shared
                        + "server {\n listen 80;\n server_name www.example.com;\n"
                        + " location / { return 404; }\n"
                        + blocks.get(1)
                        + "}\n";
        var base = "http://127.0.0.1:" + plain;
        try (var _ = nginx(site);
                var installed =
                        Installed.on(
                                server(
                                        "--public-url",
                                        base + "/t",
                                        "--console-url",
                                        base + "/matchback"))) {
            var click = installed.click();
            assertThat(installed.convert(click, "&txid=1")).isEqualTo("counted new_conversion");
            var campaign = installed.client().read("/api/v1/campaigns/" + Installed.CAMPAIGN);
            assertThat(campaign.path("clickUrl").asText()).isEqualTo(base + "/t/c/spring");
            assertThat(RawHttp.get(base, "/t/m.js").status()).isEqualTo(200);
            assertThat(RawHttp.get(base, "/t/c/spring").status()).isEqualTo(302);
            assertThat(RawHttp.get("http://127.0.0.1:" + tracking, "/c/spring").status())
                    .as("a proxy that took the path off")
                    .isEqualTo(302);
            assertThat(installed.client().read("/openapi.json").at("/servers/0/url").asText())
                    .isEqualTo("/matchback/");
            assertPagesAreBelow(base);
        }
    }

    private void assertPagesAreBelow(String base) {
        var home = RawHttp.get(base, "/matchback/");
        assertThat(home.status()).isEqualTo(303);
        assertThat(home.text()).containsIgnoringCase("location: /matchback/login");
        var token = "token=" + URLEncoder.encode(ServerProcess.TOKEN, StandardCharsets.UTF_8);
        var login =
                RawHttp.send(
                        base,
                        "POST /matchback/login HTTP/1.1\r\nHost: x\r\nContent-Type:"
                                + " application/x-www-form-urlencoded\r\nContent-Length: "
                                + token.length()
                                + "\r\nConnection: close\r\n\r\n"
                                + token);
        assertThat(login.status()).isEqualTo(303);
        assertThat(login.text()).containsIgnoringCase("location: /matchback/");
        var cookie = SET_COOKIE.matcher(login.text());
        assertThat(cookie.find()).isTrue();
        for (var path : List.of("/", "/campaigns?sort=name", "/report?group=campaign", "/help")) {
            var page = RawHttp.get(base, "/matchback" + path, "Cookie: " + cookie.group(1)).text();
            assertThat(LINK.matcher(page).results().map(link -> link.group(1)))
                    .isNotEmpty()
                    .allSatisfy(link -> assertThat(link).startsWith("/matchback/"));
            var style = Pattern.compile("href=\"([^\"]+\\.css)\"").matcher(page);
            assertThat(style.find()).isTrue();
            assertThat(RawHttp.get(base, style.group(1)).status()).isEqualTo(200);
        }
    }
}
