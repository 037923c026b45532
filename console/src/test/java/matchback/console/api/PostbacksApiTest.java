package matchback.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import matchback.console.testing.TestingConsole;
import matchback.console.testing.Traffic;
import matchback.model.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// One postback and how it was decided, found at once.
final class PostbacksApiTest {
    private final TestingConsole console = new TestingConsole();
    private final Traffic traffic = new Traffic(console);

    @AfterEach
    void close() {
        console.close();
    }

    private JsonNode postback(Object recordId) {
        return console.get("/api/v1/postbacks/" + recordId).json();
    }

    private List<String> found(String search) {
        return console.get("/api/v1/postbacks?q=" + search)
                .json()
                .path("items")
                .findValuesAsText("recordId");
    }

    @Test
    void a_postback_tells_its_steps_in_order() {
        var accepted = traffic.postback(traffic.click(), "payout=12.50&txid=A1");

        var steps = postback(accepted.recordId()).path("steps");

        assertThat(steps.findValuesAsText("code"))
                .startsWith("click_id_read", "sender_by_offer", "proof_not_asked", "click_found")
                .endsWith("decided", "delivery_queued");
        var last = steps.path(steps.size() - 1);
        assertThat(last.path("text").asText())
                .isEqualTo("Delivery queued to source:push (approved)");
        assertThat(last.path("values").path("destination").asText()).isEqualTo("source:push");
    }

    @Test
    void it_is_found_before_the_columns_have_it() {
        console.holdColumns();
        var id = traffic.click();
        var first = traffic.postback(id, "payout=12.50&txid=A1").recordId();
        console.clock.advance(java.time.Duration.ofMinutes(2));
        var refused = traffic.refused(Reason.MALFORMED_CLICK_ID, "clickid=nonsense").recordId();

        assertThat(postback(first).path("reason").asText()).isEqualTo("new_conversion");
        assertThat(found(first.toString())).containsExactly(first.toString());
        assertThat(found(first.toString().substring(0, 12))).containsExactly(first.toString());
        assertThat(found(id.text())).containsExactly(first.toString());
        assertThat(found(refused.toString())).containsExactly(refused.toString());
    }

    @Test
    void the_columns_know_the_beginning_of_every_id_from_eight_characters_on() {
        var id = traffic.click();
        var record = traffic.postback(id, "payout=12.50&txid=order-2026-17").recordId().toString();
        console.awaitColumns();

        for (var search :
                List.of(
                        id.text(),
                        id.text().toLowerCase(java.util.Locale.ROOT),
                        id.text().substring(0, 8),
                        id.text().substring(0, 20).toLowerCase(java.util.Locale.ROOT),
                        "order-2026-17",
                        "order-20",
                        record,
                        record.substring(0, 8),
                        record.substring(0, 16),
                        record.substring(0, 17),
                        record.substring(0, 31))) {
            assertThat(found(search)).as(search).containsExactly(record);
        }
        for (var search : List.of("order-2", record.substring(0, 7), "rder-2026", "order-2027")) {
            assertThat(found(search)).as(search).isEmpty();
        }
    }
}
