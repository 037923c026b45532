package matchback.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import matchback.server.testing.Await;
import matchback.server.testing.Installed;
import matchback.server.testing.ServerProcess.Launch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The round a new user makes with curl, on the program as it runs.
class EndToEndTest {
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    @TempDir Path data;

    @Test
    void a_click_converts_and_everybody_learns_of_it() {
        try (var installed = install()) {
            assertUrlsToCopy(installed);
            var clickId = clickIdOfRedirect(installed);

            var counted = reported(installed, clickId, "&payout=12.50&txid=A1&status=approved");
            assertCounted(counted, clickId);
            assertThat(installed.convert(clickId, "&payout=12.50&txid=A1&status=approved"))
                    .isEqualTo("duplicate duplicate_transaction");
            assertThat(installed.client().get("/postback?clickid=%7BCLICKID%7D").statusCode())
                    .isEqualTo(400);
            assertThat(installed.convert("%7BCLICKID%7D", "&payout=1"))
                    .isEqualTo("refused unresolved_macro");
            var defaulted = reported(installed, clickId, "&payout=12,,5x&txid=A2");
            assertThat(defaulted.path("decision").asText()).isEqualTo("counted");
            assertThat(defaulted.path("reason").asText()).isEqualTo("additional_conversion");
            assertThat(defaulted.path("payout").path("amount").asText()).isEqualTo("10.00");
            assertThat(texts(defaulted.path("warnings")))
                    .contains("malformed_amount", "payout_defaulted");

            assertSourceTold(installed, clickId);
            Await.until(
                    "the report shows 1 click, 2 conversions, 22.50",
                    () -> installed.reports(1, 2, "22.50"));
            assertStory(installed, clickId);
        }
    }

    private static void assertUrlsToCopy(Installed installed) {
        var sender = installed.client().read("/api/v1/senders/" + Installed.SENDER);
        assertThat(texts(sender.path("warnings"))).contains("unsigned_sender");
        assertThat(sender.path("postbackUrl").asText())
                .startsWith(installed.server().tracking() + "/postback/" + Installed.SENDER);
        var campaign = installed.client().read("/api/v1/campaigns/" + Installed.CAMPAIGN);
        assertThat(campaign.path("clickUrl").asText())
                .startsWith(installed.server().tracking() + "/c/" + Installed.CAMPAIGN);
    }

    private static String clickIdOfRedirect(Installed installed) {
        var redirect =
                installed.client().get("/c/" + Installed.CAMPAIGN + "?zid=EXT-1&banner=b1&zone=z7");
        assertThat(redirect.statusCode()).isEqualTo(302);
        assertThat(redirect.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
        var clickId = Installed.clickId(redirect);
        assertThat(clickId).matches("[" + ALPHABET + "]{32}");
        return clickId;
    }

    private static JsonNode reported(Installed installed, String clickId, String rest) {
        return installed.client().postback("/postback?clickid=" + clickId + rest);
    }

    private static void assertCounted(JsonNode counted, String clickId) {
        assertThat(counted.path("decision").asText()).isEqualTo("counted");
        assertThat(counted.path("reason").asText()).isEqualTo("new_conversion");
        assertThat(counted.path("payout").path("amount").asText()).isEqualTo("12.50");
        assertThat(counted.path("payout").path("currency").asText()).isEqualTo("USD");
        assertThat(counted.path("event").asText()).isEqualTo("sale");
        assertThat(counted.path("status").asText()).isEqualTo("approved");
        assertThat(counted.path("clickId").asText()).isEqualTo(clickId);
        assertThat(counted.path("receipt").path("recordId").asText()).isNotEmpty();
        assertThat(counted.path("receipt").path("hash").asText()).hasSize(64);
    }

    private static void assertSourceTold(Installed installed, String clickId) {
        Await.until("the source is told of both", () -> told(installed) == 2);
        assertThat(installed.site().visits().stream().map(visit -> visit.uri().toString()))
                .contains(
                        "/pb?zid=EXT-1&payout=12.50&currency=USD&txid=A1&event=sale"
                                + "&status=approved&cid="
                                + clickId);
    }

    private static void assertStory(Installed installed, String clickId) {
        var story = installed.story(clickId);
        assertThat(story.path("click").path("externalId").asText()).isEqualTo("EXT-1");
        assertThat(story.path("conversions")).hasSize(2);
        assertThat(story.path("postbacks")).hasSize(3);
        Await.until(
                "both deliveries are seen as delivered",
                () -> installed.story(clickId).toString().split("\"delivered\"", -1).length > 2);
    }

    @Test
    void every_change_of_one_character_of_a_click_id_is_refused() {
        try (var installed = install()) {
            var clickId = installed.click();

            var answers = new HashMap<String, Integer>();
            for (var changed : changesOfOneCharacter(clickId)) {
                var answer = installed.convert(changed, "&payout=1&txid=X");
                answers.merge(answer, 1, Integer::sum);
            }

            assertThat(answers.keySet())
                    .isSubsetOf("refused forged_click_id", "refused foreign_click_id");
            assertThat(answers.values().stream().mapToInt(Integer::intValue).sum())
                    .isEqualTo(32 * 31);
            assertThat(installed.convert(clickId.toLowerCase(Locale.ROOT), "&txid=X"))
                    .isEqualTo("counted new_conversion");
        }
    }

    private static List<String> changesOfOneCharacter(String text) {
        var changes = new ArrayList<String>();
        for (int at = 0; at < text.length(); at++) {
            for (var letter : ALPHABET.split("", 32)) {
                var changed = text.substring(0, at) + letter + text.substring(at + 1);
                if (!changed.equals(text)) {
                    changes.add(changed);
                }
            }
        }
        return changes;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_report_without_txid_and_one_with_it_count_once(boolean pixelFirst) {
        try (var installed = install()) {
            var clickId = installed.click();
            var reports = new ArrayList<>(List.of("&payout=5", "&payout=5&txid=T1"));
            if (!pixelFirst) {
                java.util.Collections.reverse(reports);
            }

            var first = installed.convert(clickId, reports.get(0));
            var second = installed.convert(clickId, reports.get(1));

            assertThat(first).isEqualTo("counted new_conversion");
            assertThat(second).isIn("updated completed", "duplicate duplicate_report");
            assertThat(installed.story(clickId).path("conversions")).hasSize(1);
            Await.until("the report shows one", () -> installed.reports(1, 1, "5.00"));
        }
    }

    private static long told(Installed installed) {
        return installed.site().visits().size();
    }

    private Installed install() {
        return Installed.on(Launch.on(data).start());
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
    }
}
