package matchback.ingest.http;

import static matchback.ingest.testing.TestingTracker.campaign;
import static matchback.ingest.testing.TestingTracker.offerOf;
import static matchback.ingest.testing.TestingTracker.sender;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import matchback.ingest.testing.RawClient;
import matchback.ingest.testing.TestingTracker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Postbacks at the addresses of other trackers.
final class DropInTest {
    private static final String SHOP = "https://shop.example/?c={clickid}";

    private final TestingTracker tracker =
            new TestingTracker(
                    sender("a1b2c3", Map.of()),
                    offerOf("shop", SHOP, "a1b2c3"),
                    campaign("spring", 7, "shop"),
                    campaign("postback", 8, "shop"));

    @AfterEach
    void stop() {
        tracker.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    /click.php?cnv_id=CLICK&payout=2                      | ''
                    /click.php?payout=2&cnv_id=CLICK                      | ''
                    /click?cnv_id=CLICK&payout=2                          | ''
                    /a1b2c3/postback?subid=CLICK&payout=2                 | a1b2c3
                    /a1b2c3/postback/?subid=CLICK&payout=2                | a1b2c3
                    /pb/?hit=CLICK&rev=2                                  | ''
                    /pb?hit=CLICK&rev=2                                   | ''
                    /cf/cv?click_id=CLICK&payout=2                        | ''
                    /cf/postback?cid=CLICK&payout=2                       | ''
                    /tracking202/static/gpb.php?subid=CLICK&amount=2      | ''
                    """)
    void are_taken_as_they_are(String target, String sender) {
        var id = tracker.clickId("spring");

        var reply = tracker.get(target.replace("CLICK", id));

        assertThat(reply.body()).isEqualTo("counted: new_conversion\n");
        assertThat(tracker.postbacks().getLast().sender()).isEqualTo(sender);
        assertThat(tracker.postbacks().getLast().clickId()).isEqualTo(id);
    }

    @Test
    void a_form_may_be_posted_to_them() {
        var id = tracker.clickId("spring");

        var reply =
                RawClient.post(
                        tracker.port(),
                        "/a1b2c3/postback",
                        "application/x-www-form-urlencoded",
                        ("subid=" + id + "&payout=2&status=lead&return=OK"));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("OK");
        assertThat(reply.header("Matchback-Decision")).isEqualTo("counted");
    }

    @Test
    void a_key_nobody_has_is_refused_and_recorded() {
        var id = tracker.clickId("spring");

        var reply = tracker.get("/whatever/postback?subid=" + id);

        assertThat(reply.body()).isEqualTo("refused: unknown_sender\n");
        assertThat(tracker.postbacks()).hasSize(1);
    }

    @Test
    void they_hide_no_address_of_ours() {
        assertThat(tracker.get("/c/postback").status()).isEqualTo(302);
        assertThat(tracker.get("/postback/postback?clickid=x").body())
                .isEqualTo("refused: malformed_click_id\n");
        assertThat(tracker.get("/postback?clickid=x").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/click",
                "/click.php?key=abc",
                "/click?xcnv_id=1",
                "/pbx",
                "/cf",
                "/a/b/postback",
                "/bad%20key/postback"
            })
    void anything_else_is_still_not_there(String target) {
        assertThat(tracker.get(target).status()).isEqualTo(404);
        assertThat(tracker.postbacks()).isEmpty();
    }
}
