package matchback.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import matchback.console.templates.Templates;
import matchback.console.testing.TestingConsole;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The catalogue of templates, and senders made from it.
final class TemplatesApiTest {
    private static final String SENDERS = "/api/v1/senders";

    private final TestingConsole console = new TestingConsole();

    @AfterEach
    void close() {
        console.close();
    }

    @Test
    void all_are_listed_and_each_can_be_shown() {
        var items = console.get("/api/v1/templates").json().path("items");

        assertThat(items).hasSize(Templates.catalogue().all().size()).hasSizeGreaterThan(25);
        for (var item : items) {
            var key = item.path("key").asText();
            assertThat(console.get("/api/v1/templates/" + key).json()).isEqualTo(item);
        }
    }

    @Test
    void one_that_is_not_there_names_the_nearest() {
        var reply = console.get("/api/v1/templates/everflw");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.text()).contains("everflow");
    }

    @Test
    void a_sender_is_filled_from_its_template() {
        var reply =
                console.post(
                        SENDERS, "{\"key\":\"net\",\"name\":\"Net\",\"template\":\"terraleads\"}");

        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        var sender = reply.json();
        assertThat(sender.path("template").asText()).isEqualTo("terraleads");
        assertThat(sender.path("statuses").path("confirm").asText()).isEqualTo("approved");
        assertThat(sender.path("answer").path("always200").asBoolean()).isTrue();
        assertThat(sender.path("answer").path("body").asText()).isEqualTo("OK");
        assertThat(sender.path("offerParameter").asText()).isEqualTo("sub_id");
        assertThat(sender.path("postbackTemplate").asText())
                .isEqualTo(
                        TestingConsole.PUBLIC_URL
                                + "/postback/net?clickid={sub_id}&payout={payment}"
                                + "&txid={lead_id}&status={status}&return=OK");
        assertThat(console.get(SENDERS + "/net").json()).isEqualTo(sender);
    }

    @Test
    void what_the_request_gives_stands() {
        var sender =
                console.post(
                                SENDERS,
                                """
                                {"key":"net","template":"zeydoo","currency":"EUR",
                                 "parameters":{"payout":"sum"},"statuses":{"x":"ignore"},
                                 "answer":{"always200":false},"security":{"token":"0123456789"}}
                                """)
                        .json();

        assertThat(sender.path("currency").asText()).isEqualTo("EUR");
        assertThat(sender.path("statuses").toString()).isEqualTo("{\"x\":\"ignore\"}");
        assertThat(sender.path("answer").path("always200").asBoolean()).isFalse();
        assertThat(sender.path("postbackTemplate").asText())
                .endsWith("?clickid={ymid}&sum={amount}&token=0123456789");
    }

    @Test
    void redtracks_reports_are_told_apart_by_their_event_id_unless_the_request_says_otherwise() {
        var made = console.post(SENDERS, "{\"key\":\"rt\",\"template\":\"redtrack\"}").json();
        var other =
                console.post(
                                SENDERS,
                                """
                                {"key":"rt2","template":"redtrack","duplicateRule":"add_up"}
                                """)
                        .json();

        assertThat(made.path("duplicateRule").asText()).isEqualTo("event_id");
        assertThat(other.path("duplicateRule").asText()).isEqualTo("add_up");
    }

    @Test
    void sent_back_as_it_was_it_stays_so() {
        console.post(SENDERS, "{\"key\":\"net\",\"template\":\"zeydoo\"}");
        var before = console.get(SENDERS + "/net");

        var after = console.put(SENDERS + "/net", before.text());
        var cleared = console.put(SENDERS + "/net", "{\"template\":\"zeydoo\",\"currency\":null}");

        assertThat(after.json()).isEqualTo(before.json());
        assertThat(cleared.json().path("currency").isNull()).isTrue();
    }

    @Test
    void an_old_trackers_address_is_kept() {
        var sender = console.post(SENDERS, "{\"key\":\"a1b2c3\",\"template\":\"keitaro\"}").json();

        assertThat(sender.path("postbackTemplate").asText())
                .startsWith(TestingConsole.PUBLIC_URL + "/a1b2c3/postback?subid=");
        assertThat(sender.path("offerParameter").isNull()).isTrue();
        assertThat(sender.path("statuses").path("rebill").asText()).isEqualTo("event:rebill");
    }

    @Test
    void a_measurement_partner_has_a_postback_url_for_each_kind_of_report() {
        var sender =
                console.post(
                                SENDERS,
                                """
                                {"key":"af","template":"appsflyer",
                                 "security":{"token":"0123456789","path":{"secret":true}}}
                                """)
                        .json();

        assertThat(sender.path("feed").asText()).isEqualTo("mmp");
        assertThat(sender.path("duplicateRule").asText()).isEqualTo("event_id");
        assertThat(sender.path("postbackTemplates"))
                .extracting(report -> report.path("template").asText())
                .containsExactly(
                        "appsflyer",
                        "appsflyer:event",
                        "appsflyer:reengagement",
                        "appsflyer:rejected",
                        "appsflyer:rejected-event");
        var secret = sender.path("security").path("path").path("secret").asText();
        var rejected = sender.path("postbackTemplates").get(3);
        assertThat(rejected.path("report").asText()).isEqualTo("Rejected install");
        assertThat(rejected.path("url").asText())
                .startsWith(
                        TestingConsole.PUBLIC_URL
                                + "/postback/af."
                                + secret
                                + "?clickid=(clickid)&event=install&status=rejected")
                .endsWith("&token=0123456789");
    }

    @Test
    void the_feed_of_a_sender_can_be_set_by_hand() {
        var made = console.post(SENDERS, "{\"key\":\"ko\",\"feed\":\"mmp\"}");
        var back = console.put(SENDERS + "/ko", "{\"feed\":\"s2s\"}");
        var wrong = console.put(SENDERS + "/ko", "{\"feed\":\"pixel\"}");

        assertThat(made.json().path("feed").asText()).isEqualTo("mmp");
        assertThat(back.json().path("feed").asText()).isEqualTo("s2s");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.text()).contains("feed");
    }

    @Test
    void an_unknown_template_is_refused_by_name() {
        var reply = console.post(SENDERS, "{\"key\":\"net\",\"template\":\"everflw\"}");

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.text()).contains("template").contains("everflow");
    }
}
