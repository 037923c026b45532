package matchback.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import matchback.server.testing.Installed;
import matchback.server.testing.ServerProcess.Launch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Postback URLs that people bring along from other trackers, with nothing but the click id filled
/// in. The forms are those of the trackers' own documentation.
class OtherTrackersTest {
    @TempDir static Path data;
    private static Installed installed;

    @BeforeAll
    static void start() {
        installed = Installed.on(Launch.on(data).start());
    }

    @AfterAll
    static void stop() {
        installed.close();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Voluum     | cid=CLICK&payout=7.25&txid=V-1&et=sale&currency=USD                    | sale     | approved | 7.25
                    Voluum     | cid=CLICK&payout=0&txid=V-2&et=registration                            | registration | approved | 0.00
                    RedTrack   | clickid=CLICK&sum=7.25&type=Purchase&status=approved                   | purchase | approved | 7.25
                    RedTrack   | clickid=CLICK&sum=7.25&rdtk_event_id=R-1&status=pending                | sale     | pending  | 7.25
                    Keitaro    | subid=CLICK&payout=7.25&tid=K-1&status=lead                            | sale     | pending  | 7.25
                    Keitaro    | subid=CLICK&revenue=7.25&tid=K-2&status=sale&currency=USD              | sale     | approved | 7.25
                    Keitaro    | subid=CLICK&revenue=7.25&tid=K-3&status=rejected                       | sale     | rejected | 7.25
                    BeMob      | cid=CLICK&payout=7.25&txid=B-1&status=approved                         | sale     | approved | 7.25
                    Binom      | cnv_id=CLICK&payout=7.25&cnv_status=approved&cnv_currency=USD          | sale     | approved | 7.25
                    ClickFlare | click_id=CLICK&payout=7.25&txid=C-1&ct=sale                            | sale     | approved | 7.25
                    Prosper202 | subid=CLICK&amount=7.25&t202txid=P-1                                   | sale     | approved | 7.25
                    Affise     | cid=CLICK&payout=7.25&txid=A-1&status=2&currency=USD                   | sale     | pending  | 7.25
                    """)
    void is_understood(String tracker, String query, String event, String status, String payout) {
        var answer =
                installed
                        .client()
                        .postback("/postback?" + query.replace("CLICK", installed.click()));

        assertThat(answer.path("decision").asText())
                .as("%s: %s", tracker, answer)
                .isEqualTo("counted");
        assertThat(answer.path("event").asText()).isEqualTo(event);
        assertThat(answer.path("status").asText()).isEqualTo(status);
        assertThat(answer.path("payout").path("amount").asText()).isEqualTo(payout);
    }

    @Test
    void keitaros_return_asks_for_a_body() {
        var answer =
                installed
                        .client()
                        .get(
                                "/postback?subid="
                                        + installed.click()
                                        + "&payout=1&tid=K-9&return=OK");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body().strip()).isEqualTo("OK");
        assertThat(answer.headers().firstValue("Matchback-Decision").orElse(""))
                .contains("counted");
    }

    @Test
    void redtracks_event_id_counts_once() {
        var clickId = installed.click();

        assertThat(installed.convert(clickId, "&sum=3&rdtk_event_id=E-1"))
                .isEqualTo("counted new_conversion");
        assertThat(installed.convert(clickId, "&sum=3&rdtk_event_id=E-1"))
                .isEqualTo("duplicate duplicate_event_id");
    }
}
