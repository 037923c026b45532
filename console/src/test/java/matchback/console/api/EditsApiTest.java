package matchback.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import matchback.console.testing.Reply;
import matchback.console.testing.TestingConsole;
import matchback.console.testing.Traffic;
import matchback.ledger.state.ConversionState;
import matchback.ledger.state.SubjectState;
import matchback.model.ClickId;
import matchback.model.RecordId;
import matchback.model.Subject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Changing conversions by hand, over the API.
final class EditsApiTest {
    private final TestingConsole console = new TestingConsole();
    private final Traffic traffic = new Traffic(console);
    private final ClickId click = traffic.click();

    @AfterEach
    void close() {
        console.close();
    }

    private RecordId counted(String query) {
        return traffic.postback(click, query).recordId();
    }

    private Reply edit(RecordId conversion, String body) {
        return console.post("/api/v1/conversions/" + conversion + "/edit?clickId=" + click, body);
    }

    private JsonNode story() {
        return console.get("/api/v1/clicks/" + click).json();
    }

    private ConversionState state(RecordId conversion) {
        try (var snapshot = console.ledger.snapshot()) {
            var subject = Subject.click(click);
            return new SubjectState(snapshot.state(subject), subject)
                    .conversionOf(conversion)
                    .orElseThrow();
        }
    }

    @Test
    void a_conversion_is_changed_and_its_history_says_who_and_why() {
        var id = counted("txid=A1&payout=5&status=pending");

        var reply =
                edit(
                        id,
                        """
                        {"status":"approved","payout":"7.50","value":"70","event":"deposit",
                         "txid":"B1","note":"told by telephone"}
                        """);

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.json().path("dryRun").asBoolean()).isFalse();
        assertThat(reply.json().path("before").path("payout").asText()).isEqualTo("5.00");
        var conversion = story().path("conversions").path(0);
        assertThat(reply.json().path("conversion")).isEqualTo(conversion);
        assertThat(conversion.path("status").asText()).isEqualTo("approved");
        assertThat(conversion.path("payout").asText()).isEqualTo("7.50");
        assertThat(conversion.path("value").path("amount").asText()).isEqualTo("70.00");
        assertThat(conversion.path("event").asText()).isEqualTo("deposit");
        assertThat(conversion.path("txid").asText()).isEqualTo("B1");
        var step = conversion.path("history").path(1);
        assertThat(step.path("reason").asText()).isEqualTo("edited");
        assertThat(step.path("edit").toString())
                .isEqualTo("{\"by\":\"token:admin\",\"note\":\"told by telephone\"}");
        assertThat(conversion.path("history").path(0).path("edit").isNull()).isTrue();
        assertThat(story().path("deliveries")).hasSize(1);
    }

    @Test
    void a_dry_run_shows_what_would_be_and_changes_nothing() {
        var id = counted("txid=A1&payout=5");
        var before = state(id);

        var reply = edit(id, "{\"payout\":\"7\",\"dryRun\":true}");

        assertThat(reply.json().path("dryRun").asBoolean()).isTrue();
        assertThat(reply.json().path("conversion").path("payout").asText()).isEqualTo("7.00");
        assertThat(state(id)).isEqualTo(before);
    }

    @Test
    void what_cannot_be_is_refused_with_the_field() {
        var id = counted("txid=A1&payout=5");
        traffic.postback(click, "txid=A2&payout=5");
        traffic.postback(traffic.click(), "txid=C1&payout=5");

        assertThat(edit(id, "{\"payout\":\"7\",\"currency\":\"GBP\"}").error("currency"))
                .contains("exchange rate");
        assertThat(edit(id, "{\"txid\":\"A2\"}").error("txid")).contains("Another conversion");
        assertThat(edit(id, "{\"txid\":\"C1\"}").error("txid")).contains("another click");
        assertThat(edit(id, "{\"status\":\"paid\"}").fields()).containsExactly("status");
        assertThat(edit(id, "{\"event\":\"a b\"}").fields()).containsExactly("event");
        assertThat(edit(id, "{\"reason\":\"x\"}").fields()).contains("reason");
        assertThat(edit(id, "{}").status()).isEqualTo(422);
        assertThat(edit(id, "{\"note\":\"x\",\"dryRun\":true}").status()).isEqualTo(422);
        assertThat(state(id).changes()).hasSize(1);
    }

    @Test
    void a_reversal_can_be_undone_and_the_columns_forget_it() {
        var id = counted("txid=A1&payout=5");
        edit(id, "{\"status\":\"reversed\"}");
        console.awaitColumns();
        var reversed = report();
        edit(id, "{\"status\":\"approved\"}");
        console.awaitColumns();

        assertThat(reversed.path("reversals").asInt()).isEqualTo(1);
        assertThat(reversed.path("revenue").asText()).isEqualTo("0.00");
        assertThat(report().path("reversals").asInt()).isZero();
        assertThat(report().path("revenue").asText()).isEqualTo("5.00");
    }

    private JsonNode report() {
        return console.get("/api/v1/report?metrics=conversions,revenue,reversals")
                .json()
                .path("totals");
    }

    @Test
    void nothing_new_and_nothing_there_are_said_so() {
        var id = counted("txid=A1&payout=5");

        assertThat(edit(id, "{\"payout\":\"5.00\"}").status()).isEqualTo(409);
        assertThat(edit(new RecordId(1, 2), "{\"payout\":\"5\"}").status()).isEqualTo(404);
        assertThat(console.post("/api/v1/conversions/x/edit", "{\"payout\":\"5\"}").status())
                .isEqualTo(404);
    }

    @Test
    void the_columns_follow() {
        var id = counted("txid=A1&payout=5");
        edit(id, "{\"status\":\"rejected\"}");

        console.awaitColumns();

        var row = console.get("/api/v1/conversions?status=rejected").json().path("items").path(0);
        assertThat(row.path("id").asText()).isEqualTo(id.toString());
        var totals =
                console.get("/api/v1/report?metrics=conversions,revenue").json().path("totals");
        assertThat(totals.path("conversions").asInt()).isZero();
    }
}
