package matchback.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import matchback.console.testing.FormSession;
import matchback.console.testing.TestingConsole;
import matchback.console.testing.Traffic;
import matchback.ledger.Event.Suspected;
import matchback.model.ClickId;
import matchback.model.FraudCheck;
import matchback.model.Subject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Settings of validation, quarantines and what is suspected, by API and pages.
final class ValidationApiTest {
    private static final String PATH = "/api/v1/validation";
    private static final String QUARANTINES = "/api/v1/quarantines";

    private final TestingConsole console = new TestingConsole();
    private final Traffic traffic = new Traffic(console);

    @AfterEach
    void close() {
        console.close();
    }

    private void suspect(ClickId click, FraudCheck check) {
        var record = traffic.postback(click, "payout=5&txid=" + click.text()).recordId();
        console.ledger
                .submit(
                        new Suspected(
                                console.recordIds.next(),
                                console.clock.millis(),
                                console.ledger.catalog().version(),
                                Subject.click(click),
                                record,
                                check,
                                "41 of the last 64"),
                        null)
                .join();
    }

    @Test
    void settings_are_shown_set_and_refused_by_field() {
        var usual = console.get(PATH).json().path("settings");
        var set =
                console.put(
                        PATH,
                        """
                        {"publisher":"sub3","holdHours":48,
                         "checks":{"injection":{"mode":"hold","certainty":9}}}
                        """);
        var wrong =
                console.put(
                        PATH,
                        """
                        {"publisher":"zone","checks":{"injektion":{},"amount":{"certainty":99}}}
                        """);

        assertThat(usual.path("checks").path("injection").path("mode").asText()).isEqualTo("flag");
        assertThat(set.status()).as(set.text()).isEqualTo(200);
        var now = console.get(PATH).json().path("settings");
        assertThat(now.path("publisher").asText()).isEqualTo("sub3");
        assertThat(now.path("checks").path("injection").toString())
                .isEqualTo("{\"mode\":\"hold\",\"certainty\":9,\"least\":5}");
        assertThat(now.path("checks").path("amount"))
                .isEqualTo(usual.path("checks").path("amount"));
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.text())
                .contains("publisher", "checks.injektion", "injection", "checks.amount.certainty");
    }

    @Test
    void what_is_suspected_is_listed_by_check_with_its_evidence() {
        suspect(traffic.click(), FraudCheck.INJECTION);
        suspect(traffic.click(), FraudCheck.AMOUNT);
        traffic.postback(traffic.click(), "payout=5&txid=Z");
        console.awaitColumns();

        var any = console.get("/api/v1/conversions?suspicion=any").json().path("items");
        var one = console.get("/api/v1/conversions?suspicion=amount").json().path("items");
        var all = console.get("/api/v1/conversions").json().path("items");

        assertThat(any).hasSize(2);
        assertThat(one).hasSize(1);
        assertThat(one.path(0).path("suspicions").toString()).isEqualTo("[\"amount\"]");
        assertThat(one.path(0).path("evidence").asText()).isEqualTo("41 of the last 64");
        assertThat(all).hasSize(3);
    }

    @Test
    void a_publisher_in_quarantine_is_held_until_it_is_ended() {
        var made =
                console.post(
                        QUARANTINES,
                        """
                        {"key":"p77","name":"Publisher 77","parameter":"sub1","publisher":"77",
                         "check":"injection","evidence":"41 of the last 64","hours":2}
                        """);
        var held = traffic.postback(traffic.click("77"), "payout=5&txid=A1").outcome();
        var other = traffic.postback(traffic.click("78"), "payout=5&txid=A2").outcome();
        console.delete(QUARANTINES + "/p77");
        var after = traffic.postback(traffic.click("77"), "payout=5&txid=A3").outcome();
        var wrong = console.post(QUARANTINES, "{\"name\":\"X\",\"publisher\":\"7\"}");

        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(held).isNotNull();
        assertThat(held.reason().code()).isEqualTo("fraud_injection");
        assertThat(held.detail()).isEqualTo("41 of the last 64");
        assertThat(other).isNotNull();
        assertThat(other.reason().code()).isEqualTo("new_conversion");
        assertThat(after).isNotNull();
        assertThat(after.reason().code()).isEqualTo("new_conversion");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.text()).contains("parameter", "check");
    }

    @Test
    void the_preview_says_what_would_be_found_in_a_period() {
        traffic.postback(traffic.click(), "payout=5&txid=A1");
        var day = console.clock.instant().toString().substring(0, 10);

        var preview =
                console.post(
                        PATH + "/preview",
                        "{\"from\":\"%s\",\"to\":\"2099-01-01\"}".formatted(day));
        var wrong = console.post(PATH + "/preview", "{\"from\":\"soon\"}");

        assertThat(preview.status()).as(preview.text()).isEqualTo(200);
        assertThat(preview.json().path("conversions").asInt()).isEqualTo(1);
        assertThat(preview.json().path("found").isObject()).isTrue();
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.text()).contains("from", "to");
    }

    @Test
    void the_page_shows_what_was_found_and_sets_what_the_checks_do() {
        suspect(traffic.click(), FraudCheck.CLUSTER);
        console.awaitColumns();
        var session = new FormSession(console);

        var page = session.get("/validation").text();
        var saved = session.post("/validation", "publisher", "sub2", "mode_cluster", "hold");
        var refused = session.post("/validation", "certainty_cluster", "many");
        var begun =
                session.post("/validation/quarantines", "publisher", "77", "check", "injection");
        var held = session.get("/validation").text();

        assertThat(page).contains("41 of the last 64", "Cluster", "mode_injection");
        assertThat(saved.status()).isEqualTo(303);
        assertThat(console.ledger.catalog().validation().publisher()).isEqualTo("sub2");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("checks.cluster.certainty");
        assertThat(begun.status()).as(begun.text()).isEqualTo(303);
        assertThat(held).contains("/validation/quarantines/77/end");
        session.post("/validation/quarantines/77/end");
        assertThat(session.get("/validation").text()).doesNotContain("/77/end");
        assertThat(
                        session.post(
                                        "/validation/preview",
                                        "from",
                                        "2026-01-01",
                                        "to",
                                        "2099-01-01")
                                .text())
                .contains("of 1 conversions");
    }
}
