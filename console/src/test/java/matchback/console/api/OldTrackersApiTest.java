package matchback.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import matchback.console.testing.TestingConsole;
import matchback.console.testing.Traffic;
import matchback.model.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class OldTrackersApiTest {
    private static final String PATH = "/api/v1/old-trackers";

    private final TestingConsole console = new TestingConsole();

    @AfterEach
    void close() {
        console.close();
    }

    @Test
    void one_is_made_read_changed_and_archived() {
        new Traffic(console);

        var made =
                console.post(
                        PATH,
                        """
                        {"name":"Before","url":"https://old.example/postback",
                         "lastDay":"2026-12-31","senders":["net"]}
                        """);
        var changed =
                console.put(
                        PATH + "/before",
                        "{\"name\":\"Before\",\"url\":\"https://old.example\",\"lastDay\":\"2027-01-31\"}");

        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.json().path("senders").toString()).isEqualTo("[\"net\"]");
        assertThat(changed.json().path("lastDay").asText()).isEqualTo("2027-01-31");
        assertThat(changed.json().path("senders")).isEmpty();
        assertThat(console.delete(PATH + "/before").status()).isEqualTo(204);
    }

    @Test
    void what_is_handed_on_leads_from_the_list_to_its_report() {
        var traffic = new Traffic(console);
        console.post(
                PATH,
                "{\"key\":\"before\",\"name\":\"Before\",\"url\":\"https://old.example\","
                        + "\"lastDay\":\"2026-12-31\"}");

        var accepted = traffic.refused(Reason.FOREIGN_CLICK_ID, "clickid=w1");

        console.awaitColumns();
        var item = console.get("/api/v1/deliveries").json().path("items").path(0);
        assertThat(item.path("destination").asText()).isEqualTo("forward:before");
        assertThat(item.path("state").asText()).isEqualTo("waiting");
        assertThat(item.path("clickId").isNull()).isTrue();
        assertThat(item.path("recordId").asText()).isEqualTo(accepted.recordId().toString());
        assertThat(console.get("/deliveries").text())
                .contains("Before", "/deliveries/" + accepted.recordId() + "/1");
        assertThat(console.get("/deliveries/" + accepted.recordId() + "/1").status())
                .isEqualTo(200);
        assertThat(console.get("/postbacks/" + accepted.recordId()).text())
                .contains("forwarded_foreign");
    }

    @Test
    void what_is_missing_or_wrong_is_named() {
        var reply =
                console.post(
                        PATH,
                        "{\"name\":\"x\",\"url\":\"ftp://old\",\"lastDay\":\"soon\",\"senders\":[\"a\"]}");
        var empty = console.post(PATH, "{\"name\":\"x\"}");

        assertThat(reply.fields()).contains("url", "lastDay", "senders");
        assertThat(empty.fields()).contains("url", "lastDay");
    }
}
