package matchback.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import matchback.server.testing.Installed;
import matchback.server.testing.ServerProcess.Launch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Lead, sale and rejected for one txid, in every order, each sent twice.
class StatusPermutationsTest {
    private static final List<String> WORDS = List.of("lead", "sale", "rejected");
    private static final Map<String, String> STATES =
            Map.of("lead", "pending", "sale", "approved", "rejected", "rejected");

    /// The table of DESIGN: from, to. Everything else is stale.
    private static final List<List<String>> ALLOWED =
            List.of(
                    List.of("pending", "approved"),
                    List.of("pending", "rejected"),
                    List.of("approved", "rejected"),
                    List.of("rejected", "approved"));

    @TempDir Path data;

    @Test
    void every_order_ends_in_the_state_of_the_table_with_one_conversion() {
        try (var installed = Installed.on(Launch.on(data).start())) {
            for (var order : permutations(WORDS)) {
                var twice = order.stream().flatMap(word -> List.of(word, word).stream()).toList();
                play(installed, twice);
                var again = new ArrayList<>(order);
                again.addAll(order);
                play(installed, again);
            }
        }
    }

    private static void play(Installed installed, List<String> words) {
        var clickId = installed.click();
        var state = "";

        for (var word : words) {
            var next = STATES.getOrDefault(word, "");
            var answer =
                    installed.convert(clickId, "&payout=4&txid=T-" + clickId + "&status=" + word);

            assertThat(answer).as("%s of %s", word, words).isEqualTo(expected(state, next));
            boolean isTaken = state.isEmpty() || ALLOWED.contains(List.of(state, next));
            state = isTaken ? next : state;
        }

        var conversions = installed.story(clickId).path("conversions");
        assertThat(conversions).as(words.toString()).hasSize(1);
        assertThat(conversions.get(0).path("status").asText()).isEqualTo(state);
    }

    private static String expected(String state, String next) {
        if (state.isEmpty()) {
            return "counted new_conversion";
        }
        if (state.equals(next)) {
            return "duplicate duplicate_transaction";
        }
        return ALLOWED.contains(List.of(state, next))
                ? "updated status_changed"
                : "duplicate stale_status";
    }

    private static List<List<String>> permutations(List<String> words) {
        if (words.isEmpty()) {
            return List.of(List.of());
        }
        var all = new ArrayList<List<String>>();
        for (var first : words) {
            var rest = new ArrayList<>(words);
            rest.remove(first);
            for (var tail : permutations(rest)) {
                var one = new ArrayList<String>();
                one.add(first);
                one.addAll(tail);
                all.add(one);
            }
        }
        return all;
    }
}
