package matchback.console.pages;

import static org.assertj.core.api.Assertions.assertThat;

import matchback.console.testing.FormSession;
import matchback.console.testing.TestingConsole;
import matchback.model.catalog.TrafficSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A traffic source from a template, as the form takes and shows it.
final class SourceFormTest {
    private final TestingConsole console = new TestingConsole();
    private final FormSession session = new FormSession(console);

    @AfterEach
    void close() {
        console.close();
    }

    private TrafficSource source(String key) {
        return console.ledger.catalog().source(key).orElseThrow();
    }

    @Test
    void the_form_asks_for_what_the_template_needs_from_the_account() {
        var first = session.post("/sources/new", "name", "Push", "template", "propellerads");

        assertThat(first.status()).isEqualTo(422);
        assertThat(first.text())
                .contains("name=\"templateValues.aid\"", "name=\"templateValues.tid\"")
                .contains("From your account at PropellerAds", "such as 3001")
                .contains("<option value=\"propellerads\" selected>");
        var second =
                session.post(
                        "/sources/new",
                        "name",
                        "Push",
                        "template",
                        "propellerads",
                        "templateValues.aid",
                        "3001",
                        "templateValues.tid",
                        "12");
        assertThat(second.status()).as(second.text()).isEqualTo(303);
        assertThat(source("push").template()).isEqualTo("propellerads");
        assertThat(source("push").postback().orElseThrow()).contains("aid=3001&pid=&tid=12&");
        assertThat(source("push").parameterOf("externalId")).isEqualTo("visitor_id");
    }

    @Test
    void what_was_typed_in_stands_before_the_template() {
        session.post(
                "/sources/new",
                "name",
                "Push",
                "template",
                "evadav",
                "postbackUrl",
                "https://own.example/?c={externalid}",
                "parameters.cost",
                "price");

        assertThat(source("push").postback()).contains("https://own.example/?c={externalid}");
        assertThat(source("push").parameters()).hasSize(1).containsEntry("cost", "price");
    }

    @Test
    void a_change_later_keeps_what_was_filled() {
        session.post("/sources/new", "name", "Push", "template", "evadav");
        var etag = console.get("/api/v1/traffic-sources/push").header("ETag");

        var saved =
                session.post(
                        "/sources/push/edit",
                        "name",
                        "Push two",
                        "etag",
                        etag,
                        "template",
                        "evadav",
                        "postbackUrl",
                        "",
                        "parameters.externalId",
                        "clickid");

        assertThat(saved.status()).as(saved.text()).isEqualTo(303);
        assertThat(source("push").name()).isEqualTo("Push two");
        assertThat(source("push").postback()).isEmpty();
        assertThat(source("push").template()).isEqualTo("evadav");
    }

    @Test
    void the_tracking_link_of_a_campaign_has_the_templates_macros() {
        session.post("/sources/new", "name", "Push", "template", "evadav");
        console.post(
                "/api/v1/offers",
                "{\"key\":\"shoes\",\"name\":\"Shoes\",\"url\":\"https://offer.example/?c={clickid}\"}");
        var made =
                console.post(
                        "/api/v1/campaigns",
                        "{\"key\":\"spring\",\"name\":\"Spring\",\"source\":\"push\","
                                + "\"offers\":[{\"offer\":\"shoes\",\"weight\":1}]}");
        assertThat(made.status()).as(made.text()).isEqualTo(201);

        assertThat(session.get("/campaigns/spring").text())
                .contains("?clickid={CLICKID}&amp;cpc={CPC}&amp;source={SOURCE_ID}");
    }
}
