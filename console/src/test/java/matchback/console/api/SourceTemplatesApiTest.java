package matchback.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import matchback.console.templates.SourceTemplates;
import matchback.console.testing.TestingConsole;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The catalogue of traffic sources, and sources made from it.
final class SourceTemplatesApiTest {
    private static final String SOURCES = "/api/v1/traffic-sources";
    private static final String PROPELLER =
            """
            {"key":"push","name":"Push","template":"propellerads",
             "templateValues":{"aid":"3001","tid":"12 34"}}
            """;

    private final TestingConsole console = new TestingConsole();

    @AfterEach
    void close() {
        console.close();
    }

    @Test
    void all_are_listed_and_each_can_be_shown() {
        var items = console.get("/api/v1/source-templates").json().path("items");

        assertThat(items).hasSize(SourceTemplates.catalogue().all().size());
        for (var item : items) {
            var key = item.path("key").asText();
            assertThat(console.get("/api/v1/source-templates/" + key).json()).isEqualTo(item);
        }
    }

    @Test
    void one_that_is_not_there_names_the_nearest() {
        var reply = console.get("/api/v1/source-templates/propelerads");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.text()).contains("propellerads");
    }

    @Test
    void a_source_is_filled_from_its_template() {
        var reply = console.post(SOURCES, PROPELLER);

        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        var source = reply.json();
        assertThat(source.path("template").asText()).isEqualTo("propellerads");
        assertThat(source.path("parameters").path("externalId").asText()).isEqualTo("visitor_id");
        assertThat(source.path("postbackUrl").asText())
                .isEqualTo(
                        "http://ad.propellerads.com/conversion.php?aid=3001&pid=&tid=12%2034"
                                + "&visitor_id={externalid}&payout={payout}");
        assertThat(source.path("trackingQuery").asText())
                .isEqualTo(
                        "visitor_id=${SUBID}&bannerid={bannerid}&zoneid={zoneid}"
                                + "&campaignid={campaignid}");
        assertThat(console.get(SOURCES + "/push").json()).isEqualTo(source);
    }

    @Test
    void a_value_that_is_missing_or_unknown_is_named() {
        var reply =
                console.post(
                        SOURCES,
                        """
                        {"key":"push","template":"propellerads","templateValues":{"add":"3001"}}
                        """);

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.text())
                .contains("templateValues.aid", "such as 3001", "templateValues.tid")
                .contains("templateValues.add", "did you mean");
        assertThat(console.post(SOURCES, "{\"key\":\"p\",\"template\":\"propeller\"}").text())
                .contains("propellerads");
    }

    @Test
    void what_the_request_gives_stands() {
        var source =
                console.post(
                                SOURCES,
                                """
                                {"key":"push","template":"propellerads",
                                 "postbackUrl":"https://own.example/?c={externalid}",
                                 "parameters":{"externalId":"vid"}}
                                """)
                        .json();

        assertThat(source.path("postbackUrl").asText())
                .isEqualTo("https://own.example/?c={externalid}");
        assertThat(source.path("parameters").toString()).isEqualTo("{\"externalId\":\"vid\"}");
        assertThat(source.path("trackingQuery").asText()).startsWith("vid=${SUBID}&");
    }

    @Test
    void what_was_filled_is_the_sources_own_from_then_on() {
        var source =
                (com.fasterxml.jackson.databind.node.ObjectNode)
                        console.post(SOURCES, PROPELLER).json();
        source.put("postbackUrl", "https://own.example/?c={externalid}");

        var reply = console.put(SOURCES + "/push", source.toString());

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.json().path("postbackUrl").asText())
                .isEqualTo("https://own.example/?c={externalid}");
        assertThat(reply.json().path("template").asText()).isEqualTo("propellerads");
    }

    @Test
    void a_source_without_a_postback_url_can_be_made_too() {
        var reply = console.post(SOURCES, "{\"key\":\"push\",\"template\":\"plugrush\"}");

        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        assertThat(reply.json().path("postbackUrl").isNull()).isTrue();
    }
}
