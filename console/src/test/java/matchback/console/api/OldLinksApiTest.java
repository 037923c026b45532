package matchback.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import matchback.console.testing.Reply;
import matchback.console.testing.TestingConsole;
import matchback.console.testing.Traffic;
import matchback.model.catalog.OldLink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Links of other trackers, put in as a table.
final class OldLinksApiTest {
    private static final String PATH = "/api/v1/old-links";

    private final TestingConsole console = new TestingConsole();

    @BeforeEach
    void two_campaigns() {
        new Traffic(console);
        console.post(
                "/api/v1/campaigns",
                "{\"key\":\"winter\",\"name\":\"Winter Sale\",\"offers\":[{\"offer\":\"loan\"}]}");
    }

    @AfterEach
    void close() {
        console.close();
    }

    private Reply send(String query, String csv) {
        return console.send(
                console.withToken(PATH + query)
                        .header("Content-Type", "text/csv")
                        .POST(BodyPublishers.ofString(csv)));
    }

    @Test
    void a_preview_changes_nothing_and_taking_leads_the_links() {
        var csv =
                """
                link,campaign
                https://old.example/click.php?key=a1&zone={z},summer
                /8Fk2Bq,Winter sale
                /8Fk2Bq,winter
                """;

        var preview = send("?dryRun=true", csv);
        var before = console.get(PATH).json().path("items");
        var taken = send("", csv);
        var again = send("", csv);

        assertThat(preview.json().path("added").asInt()).isEqualTo(2);
        assertThat(preview.json().path("unchanged").asInt()).isEqualTo(1);
        assertThat(before).isEmpty();
        assertThat(taken.json().path("added").asInt()).isEqualTo(2);
        assertThat(again.json().path("unchanged").asInt()).isEqualTo(3);
        assertThat(console.get(PATH).json().path("items").toString())
                .isEqualTo(
                        "[{\"link\":\"/click.php?key=a1\",\"campaign\":\"summer\"},"
                                + "{\"link\":\"/8Fk2Bq\",\"campaign\":\"winter\"}]");
        assertThat(console.get("/api/v1/campaigns/winter").text())
                .contains("\"oldLinks\":[\"/8Fk2Bq\"]");
    }

    @Test
    void each_row_that_cannot_be_taken_is_named_and_the_others_are_taken() {
        send("", "link;campaign\n/one;summer\n");

        var reply =
                send(
                        "",
                        """
                        Link;Campaign
                        /one;winter
                        /two;summmer
                        /c/summer;summer
                        /three;summer
                        /three;winter
                        ;summer
                        """);

        assertThat(reply.json().path("added").asInt()).isEqualTo(1);
        var errors = reply.json().path("errors");
        assertThat(errors.path(0).toString())
                .contains("\"line\":2")
                .contains("/one leads to the campaign \\\"summer\\\" already");
        assertThat(errors.path(1).toString()).contains("did you mean \\\"summer\\\"?");
        assertThat(errors.path(2).toString()).contains("is served for something else");
        assertThat(errors.path(3).toString()).contains("Line 5 leads /three to the campaign");
        assertThat(errors.path(4).toString()).contains("The link is missing");
    }

    @Test
    void a_campaign_has_links_of_its_own_and_none_of_anothers() {
        var campaign = "{\"key\":\"winter\",\"name\":\"Winter\",\"oldLinks\":[%s]}";
        console.put(
                "/api/v1/campaigns/summer",
                "{\"key\":\"summer\",\"name\":\"Summer\",\"oldLinks\":[\"https://o.example/x/\"]}");

        var own = console.put("/api/v1/campaigns/winter", campaign.formatted("\"/y\",\"/y\""));
        var others =
                console.put(
                        "/api/v1/campaigns/winter", campaign.formatted("\"/y\",\"/x\",\"/c/q\""));

        assertThat(own.json().path("oldLinks").toString()).isEqualTo("[\"/y\"]");
        assertThat(others.status()).isEqualTo(422);
        assertThat(others.error("oldLinks[1]"))
                .contains("leads to the campaign \"summer\" already");
        assertThat(others.error("oldLinks[2]")).contains("is served for something else");
    }

    @Test
    void bounds_are_told() {
        var many =
                IntStream.rangeClosed(0, OldLink.COUNT_MAX)
                        .mapToObj(i -> "/l" + i + ",summer")
                        .collect(Collectors.joining("\n", "link,campaign\n", "\n"));

        var reply = send("", many);

        assertThat(reply.json().path("added").asInt()).isEqualTo(OldLink.COUNT_MAX);
        assertThat(reply.json().path("errors").path(0).path("message").asText())
                .contains("at most 1000");
        assertThat(send("", "a,b\n1,2\n").text()).contains("link and campaign");
        assertThat(send("", "").text()).contains("no rows");
    }
}
