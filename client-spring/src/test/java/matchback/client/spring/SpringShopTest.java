package matchback.client.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ServletRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import matchback.client.ClickIdFilter;
import matchback.client.Conversion;
import matchback.client.Matchback;
import matchback.server.config.Loader;
import matchback.server.config.Loader.Loaded;
import matchback.server.demo.ApiClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// A shop on Spring's own embedded server, and a tracker that it reports to.
class SpringShopTest {
    private static final String TOKEN = "token-of-the-tests-0123456789";

    @TempDir Path folder;

    /// All that the shop's engineer writes.
    @RestController
    @EnableAutoConfiguration
    static final class Shop {
        private final Matchback matchback;

        Shop(Matchback matchback) {
            this.matchback = matchback;
        }

        @GetMapping("/")
        String land() {
            return "welcome";
        }

        @GetMapping("/buy")
        String buy(@RequestParam("order") String order, ServletRequest request) {
            ClickIdFilter.clickId(request)
                    .ifPresent(id -> matchback.report(Conversion.of(id, order).build()));
            return "thank you";
        }
    }

    @EnableAutoConfiguration
    static final class Nothing {}

    @Test
    void a_visitor_lands_and_buys_and_the_tracker_counts_it() throws Exception {
        try (var tracker = new matchback.server.Matchback(settings(), InstantSource.system())) {
            var urls = tracker.start().urls();
            try (var api = new ApiClient(urls.tracking(), urls.console(), TOKEN);
                    var shop = shop(urls.tracking() + "/postback/shop")) {
                prepare(api);
                var clickId = clickId(api.get("/c/spring"));
                var url =
                        "http://127.0.0.1:"
                                + shop.getEnvironment().getProperty("local.server.port");

                var landed = get(url + "/?clickid=" + clickId, "");
                var cookie = landed.headers().firstValue("Set-Cookie").orElse("").split(";", 2)[0];
                var bought = get(url + "/buy?order=order-1", cookie);

                assertThat(landed.body()).isEqualTo("welcome");
                assertThat(bought.body()).isEqualTo("thank you");
                assertThat(shop.getBean(Matchback.class).flush(Duration.ofSeconds(20))).isTrue();
                var conversions = api.read("/api/v1/clicks/" + clickId).path("conversions");
                assertThat(conversions).hasSize(1);
                assertThat(conversions.path(0).path("txid").asText()).isEqualTo("order-1");
            }
        }
    }

    @Test
    void without_a_url_there_is_nothing() {
        try (var application = start(Nothing.class, WebApplicationType.NONE)) {
            assertThat(application.getBeansOfType(Matchback.class)).isEmpty();
            assertThat(application.getBeansOfType(ClickIdFilter.class)).isEmpty();
        }
    }

    @Test
    void an_application_without_pages_reports_too_and_has_no_filter() {
        try (var application =
                start(
                        Nothing.class,
                        WebApplicationType.NONE,
                        "matchback.url=http://127.0.0.1:1/postback/shop",
                        "matchback.key-id=k1",
                        "matchback.secret=not-to-be-shown",
                        "matchback.outbox=" + folder.resolve("outbox"))) {
            var client = application.getBean(Matchback.class);
            var preview = client.explain(Conversion.of("06F2Q00000000000", "order-1").build());

            assertThat(preview.toString()).contains("kid=k1").doesNotContain("not-to-be-shown");
            assertThat(application.getBeansOfType(ClickIdFilter.class)).isEmpty();
            assertThat(application.getBean(MatchbackProperties.class).toString())
                    .doesNotContain("not-to-be-shown");
        }
    }

    @Test
    void a_setting_that_is_missing_is_named() {
        assertThatThrownBy(() ->
                        start(
                                Nothing.class,
                                WebApplicationType.NONE,
                                "matchback.url=http://127.0.0.1:1/postback/shop"))
                .hasRootCauseMessage("matchback.outbox is missing");
    }

    private ConfigurableApplicationContext shop(String postback) {
        return start(
                Shop.class,
                WebApplicationType.SERVLET,
                "server.port=0",
                "server.address=127.0.0.1",
                "matchback.url=" + postback,
                "matchback.token=token-of-the-shop",
                "matchback.outbox=" + folder.resolve("outbox"));
    }

    private static ConfigurableApplicationContext start(
            Class<?> application, WebApplicationType type, String... properties) {
        var arguments = new ArrayList<String>();
        List.of(properties).forEach(property -> arguments.add("--" + property));
        return new SpringApplicationBuilder(application)
                .web(type)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .run(arguments.toArray(String[]::new));
    }

    private matchback.server.config.Configuration settings() {
        var flags =
                Map.of(
                        "data", folder.resolve("data").toString(),
                        "bind", "127.0.0.1",
                        "port", "0",
                        "console-port", "0",
                        "admin-token", TOKEN);
        return switch (Loader.load(Optional.empty(), Map.of(), flags)) {
            case Loaded.Ready ready -> ready.configuration();
            case Loaded.Refused(var problems) -> throw new AssertionError(problems);
        };
    }

    private static void prepare(ApiClient api) {
        api.create("traffic-sources", Map.of("key", "push", "name", "Push"));
        api.create(
                "senders",
                Map.of(
                        "key",
                        "shop",
                        "name",
                        "Shop",
                        "security",
                        Map.of("token", "token-of-the-shop")));
        api.create(
                "offers",
                Map.of(
                        "key",
                        "shoes",
                        "name",
                        "Shoes",
                        "url",
                        "https://shop.example/?s2={clickid}",
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
                        "spring",
                        "name",
                        "Spring",
                        "source",
                        "push",
                        "offers",
                        List.of(Map.of("offer", "shoes", "weight", 1)),
                        "costModel",
                        "none"));
    }

    private static String clickId(HttpResponse<String> redirect) {
        var location = redirect.headers().firstValue("Location").orElse("");
        return location.substring(location.indexOf("s2=") + 3);
    }

    private static HttpResponse<String> get(String url, String cookie) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url));
        if (!cookie.isEmpty()) {
            request.header("Cookie", cookie);
        }
        try (var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return http.send(request.build(), BodyHandlers.ofString());
        }
    }
}
