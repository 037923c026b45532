package matchback.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Executors;
import matchback.console.testing.Reply;
import matchback.console.testing.TestingConsole;
import matchback.model.Reason;
import matchback.model.catalog.Sender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The catalog over HTTP.
final class CatalogApiTest {
    private final TestingConsole console = new TestingConsole();

    @AfterEach
    void close() {
        console.close();
    }

    private void firstCampaign() {
        assertThat(
                        console.post(
                                        "/api/v1/traffic-sources",
                                        """
                                        {"key":"push","name":"Push network",
                                         "parameters":{"externalId":"zclick","sub1":"zone"},
                                         "postbackUrl":"https://push.example/p?c={externalid}&v={payout}"}
                                        """)
                                .status())
                .isEqualTo(201);
        assertThat(
                        console.post(
                                        "/api/v1/senders",
                                        "{\"key\":\"net\",\"name\":\"Affiliate network\"}")
                                .status())
                .isEqualTo(201);
        assertThat(
                        console.post(
                                        "/api/v1/offers",
                                        """
                                        {"key":"loan","name":"Loan","sender":"net","payout":"10","currency":"usd",
                                         "url":"https://offer.example/?cid={clickid}"}
                                        """)
                                .status())
                .isEqualTo(201);
    }

    private Reply campaign() {
        return console.post(
                "/api/v1/campaigns",
                """
                {"key":"summer","name":"Summer","source":"push","costModel":"cpc","cost":0.05,
                 "offers":[{"offer":"loan","weight":3}]}
                """);
    }

    @Test
    void a_first_campaign_is_made_of_four_posts() {
        firstCampaign();

        var made = campaign();

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.header("Location")).isEqualTo("/api/v1/campaigns/summer");
        assertThat(made.json().path("clickUrl").asText())
                .isEqualTo(TestingConsole.PUBLIC_URL + "/c/summer");
        assertThat(made.json().path("number").asInt()).isEqualTo(1);
        assertThat(made.json().path("cost").asText()).isEqualTo("0.05");
        assertThat(made.json().path("costModel").asText()).isEqualTo("cpc");
        assertThat(made.json().path("offers").toString())
                .isEqualTo("[{\"offer\":\"loan\",\"weight\":3}]");
        assertThat(console.get("/api/v1/campaigns/summer").json()).isEqualTo(made.json());
        assertThat(console.get("/api/v1/offers/loan").json().path("payout").asText())
                .isEqualTo("10.00");
        assertThat(console.get("/api/v1/offers/loan").json().path("currency").asText())
                .isEqualTo("USD");
        assertThat(console.ledger.catalog().campaign("summer")).isPresent();
    }

    @Test
    void a_sender_without_a_security_rule_is_open_and_says_so() {
        var made = console.post("/api/v1/senders", "{\"name\":\"Net work\"}").json();

        assertThat(made.path("key").asText()).isEqualTo("net-work");
        assertThat(made.path("postbackUrl").asText())
                .isEqualTo(TestingConsole.PUBLIC_URL + "/postback/net-work");
        assertThat(made.path("warnings").toString())
                .isEqualTo("[\"" + Reason.UNSIGNED_SENDER.code() + "\"]");
    }

    @Test
    void the_limits_of_an_offer_are_answered_as_they_were_given_and_can_be_sent_back() {
        var made =
                console.post(
                                "/api/v1/offers",
                                """
                                {"key":"loan","url":"https://o.example/","dailyCap":50,
                                 "dailyCapEvent":"deposit","windows":{"rebill":365,"lead":7}}
                                """)
                        .json();

        var replaced = console.put("/api/v1/offers/loan", made.toString()).json();

        assertThat(made.path("dailyCap").asInt()).isEqualTo(50);
        assertThat(made.path("dailyCapEvent").asText()).isEqualTo("deposit");
        assertThat(made.path("windows").toString()).isEqualTo("{\"lead\":7,\"rebill\":365}");
        assertThat(replaced).isEqualTo(made);
        var none = console.put("/api/v1/offers/loan", "{\"url\":\"https://o.example/\"}").json();
        assertThat(none.path("dailyCap").isNull()).isTrue();
        assertThat(none.path("windows")).isEmpty();
    }

    @Test
    void a_token_is_shown_once_and_kept_as_a_fingerprint() {
        var made =
                console.post(
                        "/api/v1/senders",
                        """
                        {"key":"net","security":{"token":true,"addresses":["10.1.2.3/8","2001:db8::1"]}}
                        """);

        var token = made.json().path("security").path("token").asText();
        assertThat(token).hasSize(40);
        assertThat(made.json().path("warnings")).isEmpty();
        assertThat(made.json().path("postbackTemplate").asText()).endsWith("&token=" + token);
        var later = console.get("/api/v1/senders/net").json();
        assertThat(later.toString()).doesNotContain(token);
        assertThat(later.path("security").path("tokens").asInt()).isEqualTo(1);
        assertThat(later.path("security").path("addresses").toString())
                .isEqualTo("[\"10.0.0.0/8\",\"2001:db8:0:0:0:0:0:1/128\"]");
        assertThat(console.ledger.catalog().sender("net").map(Sender::security))
                .hasValueSatisfying(security ->
                        assertThat(security.tokenFingerprints())
                                .containsExactly(console.fingerprints.of(token)));
    }

    @Test
    void a_secret_in_the_path_is_shown_once_kept_when_sent_back_and_taken_over_by_the_next() {
        var made =
                console.post(
                                "/api/v1/senders",
                                "{\"key\":\"net\",\"security\":{\"path\":{\"secret\":true}}}")
                        .json();
        var secret = made.path("security").path("path").path("secret").asText();
        var read = console.get("/api/v1/senders/net");
        var kept = console.put("/api/v1/senders/net", read.text()).json();
        var rotated =
                console.put(
                                "/api/v1/senders/net",
                                "{\"security\":{\"path\":{\"rotate\":true,\"secret\":\"my-own-secret-42\"}}}")
                        .json();
        var keys = rotated.path("security").path("path").path("keys");
        var dropped =
                console.put(
                                "/api/v1/senders/net",
                                "{\"security\":{\"path\":{\"keys\":[{\"id\":\"%s\"}]}}}"
                                        .formatted(keys.path(1).path("id").asText()))
                        .json();
        var none = console.put("/api/v1/senders/net", "{\"security\":{}}").json();

        assertThat(secret).matches("[0-9a-f]{32}");
        assertThat(made.path("postbackUrl").asText())
                .isEqualTo(TestingConsole.PUBLIC_URL + "/postback/net." + secret);
        assertThat(made.path("postbackTemplate").asText())
                .startsWith(TestingConsole.PUBLIC_URL + "/postback/net." + secret + "?clickid=");
        assertThat(made.path("warnings")).isEmpty();
        assertThat(read.text()).doesNotContain(secret);
        assertThat(read.json().path("postbackUrl").asText()).endsWith("/postback/net.{secret}");
        assertThat(kept).isEqualTo(read.json());
        assertThat(rotated.path("postbackUrl").asText()).endsWith("/postback/net.my-own-secret-42");
        assertThat(keys).hasSize(2);
        assertThat(keys.path(0).path("until").asText()).isEqualTo("2026-03-08T12:00:00Z");
        assertThat(keys.path(1).path("until").isNull()).isTrue();
        assertThat(dropped.path("security").path("path").path("keys")).hasSize(1);
        assertThat(none.path("security").path("path").isNull()).isTrue();
        assertThat(none.path("postbackUrl").asText()).endsWith("/postback/net");
    }

    @Test
    void what_was_read_can_be_sent_back_and_keeps_the_tokens() {
        console.post(
                "/api/v1/senders", "{\"key\":\"net\",\"security\":{\"token\":\"given-token\"}}");
        var read = console.get("/api/v1/senders/net");

        var replaced = console.put("/api/v1/senders/net", read.text());

        assertThat(replaced.status()).isEqualTo(200);
        assertThat(replaced.json()).isEqualTo(read.json());
        assertThat(replaced.header("ETag")).isEqualTo(read.header("ETag"));
        assertThat(console.ledger.catalog().sender("net").orElseThrow().security().isOpen())
                .isFalse();
    }

    @Test
    void a_second_token_stands_beside_the_first_and_none_removes_both() {
        console.post(
                "/api/v1/senders", "{\"key\":\"net\",\"security\":{\"token\":\"given-token\"}}");

        var two =
                console.put("/api/v1/senders/net", "{\"security\":{\"tokens\":1,\"token\":true}}");
        var none = console.put("/api/v1/senders/net", "{\"security\":{}}");

        assertThat(two.json().path("security").path("tokens").asInt()).isEqualTo(2);
        assertThat(none.json().path("security").path("tokens").asInt()).isZero();
        assertThat(none.json().path("warnings")).isNotEmpty();
    }

    @Test
    void put_replaces_the_whole_entity() {
        firstCampaign();
        campaign();

        var replaced = console.put("/api/v1/campaigns/summer", "{\"name\":\"Winter\"}");

        assertThat(replaced.status()).isEqualTo(200);
        assertThat(replaced.json().path("name").asText()).isEqualTo("Winter");
        assertThat(replaced.json().path("source").isNull()).isTrue();
        assertThat(replaced.json().path("offers")).isEmpty();
        assertThat(replaced.json().path("costModel").asText()).isEqualTo("none");
        assertThat(replaced.json().path("number").asInt()).isEqualTo(1);
    }

    @Test
    void a_change_by_somebody_else_is_not_overwritten() {
        var etag = console.post("/api/v1/senders", "{\"key\":\"net\"}").header("ETag");
        console.put("/api/v1/senders/net", "{\"name\":\"Theirs\"}");

        var mine =
                console.send(
                        console.withToken("/api/v1/senders/net")
                                .header("If-Match", etag)
                                .PUT(BodyPublishers.ofString("{\"name\":\"Mine\"}")));

        assertThat(mine.status()).isEqualTo(412);
        assertThat(console.get("/api/v1/senders/net").json().path("name").asText())
                .isEqualTo("Theirs");
        var again =
                console.send(
                        console.withToken("/api/v1/senders/net")
                                .header("If-Match", mine.header("ETag"))
                                .PUT(BodyPublishers.ofString("{\"name\":\"Mine\"}")));
        assertThat(again.status()).isEqualTo(200);
    }

    @Test
    void what_is_in_use_is_not_archived() {
        firstCampaign();
        campaign();

        var source = console.delete("/api/v1/traffic-sources/push");
        var sender = console.delete("/api/v1/senders/net");
        var offer = console.delete("/api/v1/offers/loan");

        assertThat(List.of(source.status(), sender.status(), offer.status())).containsOnly(409);
        assertThat(source.json().path("detail").asText()).contains("campaign \"summer\"");
        assertThat(sender.json().path("detail").asText()).contains("offer \"loan\"");
        assertThat(offer.json().path("detail").asText()).contains("campaign \"summer\"");
    }

    @Test
    void the_archived_are_readable_and_come_back_by_put() {
        console.post("/api/v1/senders", "{\"key\":\"net\"}");

        var archived = console.delete("/api/v1/senders/net");

        assertThat(archived.status()).isEqualTo(204);
        assertThat(console.delete("/api/v1/senders/net").status()).isEqualTo(204);
        assertThat(console.get("/api/v1/senders").json().path("items")).isEmpty();
        assertThat(console.get("/api/v1/senders?archived=true").json().path("items")).hasSize(1);
        assertThat(console.get("/api/v1/senders/net").json().path("archived").asBoolean()).isTrue();
        var again = console.post("/api/v1/senders", "{\"key\":\"net\"}");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.json().path("detail").asText()).contains("archived");
        console.put("/api/v1/senders/net", "{}");
        assertThat(console.get("/api/v1/senders").json().path("items")).hasSize(1);
    }

    @Test
    void what_is_archived_stays_so_when_it_is_sent_back() {
        console.post("/api/v1/senders", "{\"key\":\"net\"}");
        console.delete("/api/v1/senders/net");

        var same = console.put("/api/v1/senders/net", console.get("/api/v1/senders/net").text());

        assertThat(same.status()).isEqualTo(200);
        assertThat(same.json().path("archived").asBoolean()).isTrue();
        assertThat(console.post("/api/v1/senders", "{\"key\":\"b\",\"archived\":true}").fields())
                .containsExactly("archived");
    }

    @Test
    void archiving_by_put_is_refused_like_by_delete() {
        firstCampaign();

        var reply = console.put("/api/v1/senders/net", "{\"archived\":true}");

        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.json().path("detail").asText()).contains("offer \"loan\"");
    }

    @Test
    void a_key_is_taken_only_once_and_made_keys_evade_each_other() {
        console.post("/api/v1/senders", "{\"key\":\"net\"}");

        var taken = console.post("/api/v1/senders", "{\"key\":\"net\",\"name\":\"Other\"}");
        var first = console.post("/api/v1/senders", "{\"name\":\"Größe & Mehr\"}");
        var second = console.post("/api/v1/senders", "{\"name\":\"Größe, Mehr!\"}");
        var unlettered = console.post("/api/v1/senders", "{\"name\":\"网络\"}");

        assertThat(taken.status()).isEqualTo(409);
        assertThat(first.json().path("key").asText()).isEqualTo("grosse-mehr");
        assertThat(second.json().path("key").asText()).isEqualTo("grosse-mehr-2");
        assertThat(unlettered.json().path("key").asText()).isEqualTo("sender");
    }

    @Test
    void a_list_goes_on_where_the_page_before_ended() {
        for (int i = 0; i < 7; i++) {
            console.post("/api/v1/senders", "{\"key\":\"net-" + i + "\"}");
        }

        var keys = new ArrayList<String>();
        var path = "/api/v1/senders?limit=3";
        var page = console.get(path).json();
        while (true) {
            page.path("items").forEach(item -> keys.add(item.path("key").asText()));
            if (page.path("next").isNull()) {
                break;
            }
            page = console.get(path + "&cursor=" + page.path("next").asText()).json();
        }

        assertThat(keys)
                .containsExactly("net-0", "net-1", "net-2", "net-3", "net-4", "net-5", "net-6");
    }

    @Test
    void an_exchange_rate_takes_away_the_warning_of_its_currency() {
        var offer = "{\"key\":\"o\",\"url\":\"https://o.example/\",\"currency\":\"EUR\"}";
        var before = console.post("/api/v1/offers", offer).json();

        var rate = console.post("/api/v1/exchange-rates", "{\"key\":\"EUR\",\"rate\":\"1.0825\"}");

        assertThat(before.path("warnings").toString()).isEqualTo("[\"no_rate\"]");
        assertThat(rate.status()).isEqualTo(201);
        assertThat(rate.json().path("rate").asText()).isEqualTo("1.0825");
        assertThat(console.get("/api/v1/offers/o").json().path("warnings")).isEmpty();
        assertThat(console.post("/api/v1/exchange-rates", "{\"key\":\"USD\",\"rate\":1}").status())
                .isEqualTo(422);
    }

    @Test
    void campaign_numbers_are_never_given_twice() {
        console.post("/api/v1/campaigns", "{\"key\":\"one\"}");
        console.delete("/api/v1/campaigns/one");

        var two = console.post("/api/v1/campaigns", "{\"key\":\"two\"}").json();

        assertThat(two.path("number").asInt()).isEqualTo(2);
    }

    @Test
    void changes_at_the_same_time_do_not_undo_each_other() throws Exception {
        int count = 24;

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < count; i++) {
                threads.execute(() -> console.post("/api/v1/campaigns", "{\"name\":\"Same\"}"));
            }
        }

        var items = console.get("/api/v1/campaigns").json().path("items");
        assertThat(items).hasSize(count);
        assertThat(new HashSet<>(items.findValuesAsText("key"))).hasSize(count);
        assertThat(new HashSet<>(items.findValuesAsText("number"))).hasSize(count);
    }
}
