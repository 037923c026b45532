package matchback.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import matchback.console.testing.TestingConsole;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the catalog does not take, and that it names the field.
final class CatalogRulesTest {
    private static TestingConsole console = new TestingConsole();

    @BeforeAll
    static void fill() {
        console.post("/api/v1/senders", "{\"key\":\"net\"}");
        console.post("/api/v1/offers", "{\"key\":\"loan\",\"url\":\"https://o.example/\"}");
        console.post("/api/v1/senders", "{\"key\":\"gone\"}");
        console.delete("/api/v1/senders/gone");
    }

    @AfterAll
    static void close() {
        console.close();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    offers          | {}                                                       | name              | needed
                    offers          | {"key":"a b","url":"https://o.example/"}                 | key               | 1 to 64
                    offers          | {"name":"x"}                                             | url               | needs a URL
                    offers          | {"name":"x","url":"ftp://o.example/"}                    | url               | https://
                    offers          | {"name":"x","url":"https://o.example:99999/"}            | url               | port
                    offers          | {"name":"x","url":"https://{sub1}.example/"}             | url               | literal
                    offers          | {"name":"x","url":"https://o.example/{payout}"}          | url               | Unknown macro
                    offers          | {"name":"x","ulr":"https://o.example/"}                  | ulr               | did you mean "url"
                    offers          | {"name":"x","url":"https://o.example/","payout":"12,50"} | payout            | plain decimal
                    offers          | {"name":"x","url":"https://o.example/","payout":-1}      | payout            | plain decimal
                    offers          | {"name":"x","url":"https://o.example/","payout":1e999999999} | payout        | plain decimal
                    offers          | {"name":"x","url":"https://o.example/","payout":"1.0000001"} | payout        | 6 after
                    offers          | {"name":"x","url":"https://o.example/","payout":1e12}    | payout            | 12 digits
                    offers          | {"name":"x","url":"https://o.example/","currency":"DOL"} | currency          | ISO 4217
                    offers          | {"name":"x","url":"https://o.example/","sender":"nett"}  | sender            | did you mean "net"
                    offers          | {"name":"x","url":"https://o.example/","sender":"gone"}  | sender            | archived
                    offers          | {"name":"x","url":"https://o.example/","windowDays":0}   | windowDays        | 1 to 365
                    offers          | {"name":"x","url":"https://o.example/","windowDays":1.5} | windowDays        | whole number
                    offers          | {"name":"x","url":"https://o.example/","dailyCap":0}     | dailyCap          | 1 to 1000000
                    offers          | {"name":"x","url":"https://o.example/","dailyCap":"5"}   | dailyCap          | of type text
                    offers          | {"name":"x","url":"https://o.example/","dailyCapEvent":"sale"} | dailyCap      | needs a cap
                    offers          | {"name":"x","url":"https://o.example/","dailyCap":5,"dailyCapEvent":"a b"} | dailyCapEvent | 1 to 40
                    offers          | {"name":"x","url":"https://o.example/","windows":{"sale":0}} | windows.sale  | 1 to 365
                    offers          | {"name":"x","url":"https://o.example/","windows":{"Sale!":5}} | windows.Sale! | 1 to 40
                    offers          | {"name":7,"url":"https://o.example/"}                    | name              | of type number
                    offers          | {"name":"x\\u0000y","url":"https://o.example/"}          | name              | control
                    campaigns       | {"name":"x","source":"none"}                             | source            | no traffic source
                    campaigns       | {"name":"x","offers":[{"offer":"loan","weight":1000001}]} | offers[0].weight | 0 to 1000000
                    campaigns       | {"name":"x","offers":[{"offer":"loan"},{"offer":"loan"}]} | offers[1].offer  | twice
                    campaigns       | {"name":"x","offers":["loan"]}                           | offers[0]         | object
                    campaigns       | {"name":"x","offers":[{"weight":1}]}                     | offers[0].offer   | key of an offer
                    campaigns       | {"name":"x","costModel":"cpx"}                           | costModel         | did you mean
                    campaigns       | {"name":"x","cost":1}                                    | costModel         | cost model
                    campaigns       | {"name":"x","costModel":"revshare","cost":101}           | cost              | 100 percent
                    campaigns       | {"name":"x","fallbackUrl":"https://f.example/{clickid}"} | fallbackUrl       | no macros
                    campaigns       | {"name":"x","redirectStatus":305}                        | redirectStatus    | 302, 303 or 307
                    campaigns       | {"name":"x","paused":"yes"}                              | paused            | true or false
                    """)
    void a_bad_field_of_an_offer_or_a_campaign_is_named(
            String kind, String body, String field, String message) {
        refuses(kind, body, field, message);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    traffic-sources | {"name":"x","parameters":{"external":"a"}}               | parameters.external | did you mean "externalId"
                    traffic-sources | {"name":"x","parameters":{"externlId":"a"}}              | parameters.externlId | did you mean "externalId"
                    traffic-sources | {"name":"x","postbackUrl":"http://127.0.0.1/p"}          | postbackUrl       | allow-private-destinations
                    traffic-sources | {"name":"x","postbackUrl":"http://localhost:9/p"}        | postbackUrl       | allow-private-destinations
                    traffic-sources | {"name":"x","postbackUrl":"http://[::1]/p"}              | postbackUrl       | allow-private-destinations
                    traffic-sources | {"name":"x","postbackUrl":"http://169.254.169.254/"}     | postbackUrl       | link-local
                    traffic-sources | {"name":"x","postbackUrl":"https://s.example/{clikid}"}  | postbackUrl       | Unknown macro
                    senders         | {"name":"x","parameters":{"eventId":"e"}}                | parameters.eventId | did you mean "event_id"
                    senders         | {"name":"x","parameters":{"txid":"a","payout":"a"}}      | parameters.payout | mapped to
                    senders         | {"name":"x","statuses":{"OK":"good"}}                    | statuses.OK       | expected is pending
                    senders         | {"name":"x","statuses":{"ok":"approved","OK":"pending"}} | statuses.OK       | twice
                    senders         | {"name":"x","statuses":{"ok":"event:Big Sale"}}          | statuses.ok       | event:
                    senders         | {"name":"x","events":{"ok":"a-b"}}                       | events.ok         | event type
                    senders         | {"name":"x","timeZone":"Europe/Kiew"}                    | timeZone          | did you mean
                    senders         | {"name":"x","security":{"token":"short"}}                | security.token    | At least 8
                    senders         | {"name":"x","security":{"tokens":1}}                     | security.tokens   | has 0
                    senders         | {"name":"x","security":{"addresses":["10.0.0.0/33"]}}    | security.addresses[0] | no network
                    senders         | {"name":"x","security":{"addresses":["here"]}}           | security.addresses[0] | no network
                    senders         | {"name":"x","security":{"adresses":[]}}                  | security.adresses | did you mean "addresses"
                    senders         | {"name":"x","answer":{"always200":1}}                    | answer.always200  | true or false
                    senders         | {"name":"x","security":{"path":{}}}                      | security.path.secret | A secret is needed
                    senders         | {"name":"x","security":{"path":{"secret":"short"}}}      | security.path.secret | 16 to 64
                    senders         | {"name":"x","security":{"path":{"secret":"with/slash/and/more"}}} | security.path.secret | 16 to 64
                    senders         | {"name":"x","security":{"path":{"secrets":true}}}        | security.path.secrets | did you mean "secret"
                    senders         | {"name":"x","payoutRule":{}}                             | payoutRule.kind   | as_sent, fixed
                    senders         | {"name":"x","payoutRule":{"kind":"fix"}}                 | payoutRule.kind   | did you mean "fixed"
                    senders         | {"name":"x","payoutRule":{"kind":"fixed"}}               | payoutRule.amount | needs it
                    senders         | {"name":"x","payoutRule":{"kind":"fixed","amount":"1,5"}} | payoutRule.amount | plain decimal
                    senders         | {"name":"x","payoutRule":{"kind":"share_of_value"}}      | payoutRule.percent | needs it
                    senders         | {"name":"x","payoutRule":{"kind":"share_of_value","percent":0}} | payoutRule.percent | More than 0
                    senders         | {"name":"x","payoutRule":{"kind":"share_of_payout","percent":"100.1"}} | payoutRule.percent | at most 100
                    senders         | {"name":"x","payoutRule":{"kind":"fixed","amounts":1}}   | payoutRule.amounts | did you mean "amount"
                    senders         | {"name":"x","reviewRules":[{"reason":"bot_click"}]}      | reviewRules[0].verdict | approve, reject
                    senders         | {"name":"x","reviewRules":[{"reason":"bot_clik","verdict":"approve","afterHours":1}]} | reviewRules[0].reason | did you mean "bot_click"
                    senders         | {"name":"x","reviewRules":[{"reason":"check_pending","verdict":"approve","afterHours":1}]} | reviewRules[0].reason | is not known
                    senders         | {"name":"x","reviewRules":[{"reason":"bot_click","verdict":"approve","afterHours":0}]} | reviewRules[0].afterHours | 1 to 8760
                    senders         | {"name":"x","reviewRules":[{"reason":"bot_click","verdict":"approve"}]} | reviewRules[0].afterHours | 1 to 8760
                    senders         | {"name":"x","duplicateRule":"txid"}                      | duplicateRule     | is not known
                    exchange-rates  | {"key":"eur","rate":1}                                   | key               | capitals
                    exchange-rates  | {"key":"EUR"}                                            | rate              | needs a rate
                    exchange-rates  | {"key":"EUR","rate":0}                                   | rate              | More than 0
                    senders         | {"name":"x","frequency":1}                               | frequency         | known are
                    """)
    void a_bad_field_of_a_source_a_sender_or_a_rate_is_named(
            String kind, String body, String field, String message) {
        refuses(kind, body, field, message);
    }

    private static void refuses(String kind, String body, String field, String message) {
        var reply = console.post("/api/v1/" + kind, body);

        assertThat(reply.status()).as(reply.text()).isEqualTo(422);
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(reply.fields()).contains(field);
        assertThat(reply.error(field)).containsIgnoringCase(message);
    }

    @Test
    void all_that_is_wrong_is_told_at_once() {
        var reply =
                console.post(
                        "/api/v1/offers",
                        """
                        {"key":"a/b","url":"nowhere","payout":"much","currency":"XX","window":3}
                        """);

        assertThat(reply.fields())
                .containsExactlyInAnyOrder("key", "url", "payout", "currency", "window");
        assertThat(reply.json().path("status").asInt()).isEqualTo(422);
        assertThat(reply.json().path("detail").asText()).startsWith("5 fields");
    }

    @Test
    void long_texts_and_many_entries_are_refused() {
        var name = "x".repeat(201);
        var offers = "{\"offer\":\"loan\"},".repeat(101);

        var tooLong = console.post("/api/v1/senders", "{\"name\":\"" + name + "\"}");
        var tooMany =
                console.post(
                        "/api/v1/campaigns",
                        "{\"name\":\"x\",\"offers\":["
                                + offers.substring(0, offers.length() - 1)
                                + "]}");

        assertThat(tooLong.error("name")).contains("201").contains("200");
        assertThat(tooMany.error("offers")).contains("101").contains("100");
    }

    @Test
    void private_destinations_are_taken_where_they_are_allowed() {
        try (var open = new TestingConsole(true)) {
            var reply =
                    open.post(
                            "/api/v1/traffic-sources",
                            "{\"name\":\"x\",\"postbackUrl\":\"http://127.0.0.1:9/p?c={externalid}\"}");

            assertThat(reply.status()).isEqualTo(201);
        }
    }
}
