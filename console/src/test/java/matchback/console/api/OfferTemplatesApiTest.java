package matchback.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import matchback.console.templates.OfferTemplate;
import matchback.console.templates.OfferTemplates;
import matchback.console.templates.Template;
import matchback.console.templates.Templates;
import matchback.console.testing.TestingConsole;
import matchback.model.Macros;
import matchback.model.UrlTemplate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The catalogue of click URLs, and offers made from it.
final class OfferTemplatesApiTest {
    private static final String OFFERS = "/api/v1/offers";

    private final TestingConsole console = new TestingConsole();

    @AfterEach
    void close() {
        console.close();
    }

    static List<OfferTemplate> all() {
        return OfferTemplates.catalogue().all();
    }

    @Test
    void all_are_listed_and_each_can_be_shown() {
        var items = console.get("/api/v1/offer-templates").json().path("items");

        assertThat(items).hasSize(4);
        for (var item : items) {
            var key = item.path("key").asText();
            assertThat(console.get("/api/v1/offer-templates/" + key).json()).isEqualTo(item);
        }
        assertThat(console.get("/api/v1/offer-templates/adjst").text()).contains("adjust");
    }

    /// Else the partner would find no click id to send back.
    @ParameterizedTest
    @MethodSource("all")
    void its_url_brings_the_click_id_where_the_partner_keeps_it(OfferTemplate template) {
        var parameter =
                Templates.catalogue()
                        .find(template.key())
                        .map(Template::offerParameter)
                        .orElseThrow();

        var url = template.url(template.examples());

        assertThat(UrlTemplate.parse(url, Macros.CLICK))
                .isInstanceOf(UrlTemplate.Parsed.Template.class);
        assertThat(url).contains(parameter + "={clickid}").doesNotContain("<", ">");
        assertThat(template.sources()).isNotEmpty();
    }

    @Test
    void what_the_account_must_tell_is_asked_for_by_name() {
        var reply = console.post(OFFERS, "{\"key\":\"app\",\"template\":\"branch\"}");

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.text())
                .contains("templateValues.domain", "templateValues.alias", "Branch asks for it");
    }

    @Test
    void an_offer_names_the_only_sender_of_its_template() {
        var link = "\"template\":\"adjust\",\"templateValues\":{\"link-token\":\"abc123\"}}";
        var before = console.post(OFFERS, "{\"key\":\"one\"," + link).json();
        console.post("/api/v1/senders", "{\"key\":\"ad\",\"template\":\"adjust\"}");
        var after = console.post(OFFERS, "{\"key\":\"two\"," + link).json();
        console.post("/api/v1/senders", "{\"key\":\"ad2\",\"template\":\"adjust\"}");
        var several = console.post(OFFERS, "{\"key\":\"three\"," + link).json();

        assertThat(before.path("sender").isNull()).isTrue();
        assertThat(after.path("sender").asText()).isEqualTo("ad");
        assertThat(after.path("url").asText())
                .startsWith("https://app.adjust.com/abc123?click_id={clickid}&");
        assertThat(several.path("sender").isNull()).isTrue();
    }

    @Test
    void without_a_template_an_offer_needs_a_url() {
        var reply = console.post(OFFERS, "{\"key\":\"app\"}");
        var unknown = console.post(OFFERS, "{\"key\":\"app\",\"template\":\"adjst\"}");

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.text()).contains("An offer needs a URL");
        assertThat(unknown.text()).contains("adjust");
    }
}
