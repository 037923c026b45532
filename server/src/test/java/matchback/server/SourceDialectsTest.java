package matchback.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import matchback.console.templates.SourceTemplate;
import matchback.console.templates.SourceTemplates;
import matchback.server.demo.ApiClient;
import matchback.server.demo.LocalSite;
import matchback.server.testing.Await;
import matchback.server.testing.Installed;
import matchback.server.testing.ServerProcess.Launch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Every traffic source of the catalogue, played by a simulated one: it fills its macros in the
/// tracking link, and takes the postback at its own path with its own parameters.
class SourceDialectsTest {
    private static final List<SourceTemplate> ALL = SourceTemplates.catalogue().all();
    private static final List<SourceTemplate> WITH_MACROS =
            ALL.stream().filter(template -> !template.trackingQuery().isEmpty()).toList();

    /// In the vectors.
    private static final String TXID = "T-1";

    private static final AtomicInteger clicked = new AtomicInteger();
    private static final AtomicInteger told = new AtomicInteger();

    @TempDir static Path data;
    private static Installed installed;

    @BeforeAll
    static void start() {
        installed = Installed.on(Launch.on(data).start());
    }

    @AfterAll
    static void stop() {
        installed.close();
        System.out.printf(
                "sources: %d templates, %d tracking links, %d postbacks, %d links unfilled%n",
                ALL.size(), clicked.get(), told.get(), WITH_MACROS.size());
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("ALL")
    void fills_the_tracking_link_and_hears_of_the_conversion(SourceTemplate template) {
        try (var source = LocalSite.start()) {
            connect(template, source);

            var clickId = Installed.clickId(client().get(link(template, template.filledQuery())));
            var answer =
                    client().postback(
                                    "/postback?payout=12.50&currency=USD&txid=%s&clickid=%s"
                                            .formatted(txid(template), clickId));

            assertThat(answer.path("decision").asText()).as(answer.toString()).isEqualTo("counted");
            var click = installed.story(clickId).path("click");
            template.parameters()
                    .forEach((field, slot) -> {
                        var expected = template.vector().filled().getOrDefault(slot.macro(), "");
                        if (!expected.isEmpty() && !field.equals("cost")) {
                            assertThat(value(click, field)).as(field).isEqualTo(expected);
                        }
                    });
            clicked.incrementAndGet();
            if (!template.postbackUrl().isEmpty()) {
                Await.until("the postback is there", () -> !source.visits().isEmpty());
                assertThat(source.visits().getFirst().uri().toString())
                        .isEqualTo(
                                pathAndQuery(template.vector().expect())
                                        .replace(TXID, txid(template)));
                told.incrementAndGet();
            }
        }
    }

    /// A link in which the source filled nothing carries no click id, rather than a macro's name.
    @ParameterizedTest(name = "{0}")
    @FieldSource("WITH_MACROS")
    void leaves_out_what_was_not_filled(SourceTemplate template) {
        try (var source = LocalSite.start()) {
            connect(template, source);

            var raw = template.trackingQuery();
            for (var part : List.of("{", "}", "[", "]", "#", "$", "(", ")")) {
                raw = raw.replace(part, "%%%02X".formatted((int) part.charAt(0)));
            }
            var clickId = Installed.clickId(client().get(link(template, raw)));

            var click = installed.story(clickId).path("click");
            assertThat(click.path("externalId").asText("")).isEmpty();
        }
    }

    /// One sender's transaction counts once, whichever source it is told to.
    private static String txid(SourceTemplate template) {
        return TXID + '-' + template.key();
    }

    private static ApiClient client() {
        return installed.client();
    }

    private static String link(SourceTemplate template, String query) {
        // A source that adds its parameter by itself has no macro to fill.
        var own = template.parameterNames().getOrDefault("externalId", "") + "=Kq7-x9_a";
        return "/c/" + template.key() + '?' + (query.isEmpty() ? own : query);
    }

    /// Makes the source from its template as an operator would, then points its postback to the
    /// simulated one.
    private static void connect(SourceTemplate template, LocalSite site) {
        var path = "/api/v1/traffic-sources/" + template.key();
        if (client().api("GET", path, "").statusCode() == 404) {
            client().create(
                            "traffic-sources",
                            Map.of(
                                    "key",
                                    template.key(),
                                    "template",
                                    template.key(),
                                    "templateValues",
                                    template.examples()));
            client().create(
                            "campaigns",
                            Map.of(
                                    "key",
                                    template.key(),
                                    "source",
                                    template.key(),
                                    "offers",
                                    List.of(Map.of("offer", Installed.OFFER, "weight", 1))));
        }
        var entity = (com.fasterxml.jackson.databind.node.ObjectNode) client().read(path);
        var postback = entity.path("postbackUrl").asText("");
        if (!template.postbackUrl().isEmpty()) {
            entity.put("postbackUrl", site.url() + pathAndQuery(postback));
            assertThat(client().api("PUT", path, entity.toString()).statusCode()).isEqualTo(200);
        }
    }

    /// A URL without scheme and host. Templates are no URIs, so it is cut by hand.
    private static String pathAndQuery(String url) {
        return url.substring(url.indexOf('/', url.indexOf("//") + 2));
    }

    private static String value(com.fasterxml.jackson.databind.JsonNode click, String field) {
        return click.has(field)
                ? click.path(field).asText("")
                : click.path("subs").path(field).asText("");
    }

    static {
        // The expectations must be URLs themselves, or nothing is compared with anything.
        ALL.stream()
                .map(template -> template.vector().expect())
                .filter(expected -> !expected.isEmpty())
                .forEach(URI::create);
    }
}
