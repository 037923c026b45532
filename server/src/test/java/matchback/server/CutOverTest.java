package matchback.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import matchback.model.Params;
import matchback.server.demo.LocalSite;
import matchback.server.demo.LocalSite.Visit;
import matchback.server.testing.Await;
import matchback.server.testing.Installed;
import matchback.server.testing.ServerProcess.Launch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The day on which a domain moves from another tracker to this one: half of what comes in carries
/// the old tracker's ids, half ours, and the old tracker is not always there.
class CutOverTest {
    private static final int EACH = 300;

    @TempDir Path data;

    private static String oldId(int number) {
        return "w" + HexFormat.of().toHexDigits(0x5EED_0000_0000L + number) + "abcdefg";
    }

    private static void name(Installed installed, LocalSite old) {
        installed
                .client()
                .create(
                        "old-trackers",
                        Map.of(
                                "key",
                                "before",
                                "name",
                                "The one before",
                                "url",
                                old.url() + "/postback",
                                "lastDay",
                                "2999-12-31"));
    }

    private static List<String> ids(LocalSite old, int status) {
        return old.visits().stream()
                .filter(visit -> visit.status() == status)
                .map(Visit::uri)
                .map(uri -> Params.ofQuery(uri.getRawQuery()).first("cid"))
                .toList();
    }

    @Test
    void nothing_is_lost_on_either_side() throws Exception {
        try (var old = LocalSite.start();
                var installed = Installed.on(Launch.on(data).start())) {
            name(installed, old);
            // Every fifth report finds the old tracker busy the first time.
            Set<String> known = ConcurrentHashMap.newKeySet();
            old.answers(uri ->
                    uri.toString().hashCode() % 5 == 0 && known.add(uri.toString()) ? 503 : 200);
            var wanted = new ArrayList<String>();
            var tasks = new ArrayList<Callable<String>>();
            for (int i = 0; i < EACH; i++) {
                var oldId = oldId(i);
                var click = installed.click();
                wanted.add(oldId);
                tasks.add(() -> installed.convert(oldId, "&cid=" + oldId + "&payout=1&txid=O"));
                tasks.add(() -> installed.convert(click, "&payout=2"));
            }

            var answers = new ArrayList<String>();
            try (var clients = Executors.newFixedThreadPool(16)) {
                for (var answer : clients.invokeAll(tasks)) {
                    answers.add(answer.get());
                }
            }

            assertThat(answers.stream().filter("counted new_conversion"::equals)).hasSize(EACH);
            assertThat(answers.stream().filter("refused forwarded_foreign"::equals)).hasSize(EACH);
            Await.until("the old tracker has them", () -> ids(old, 200).size() >= EACH);
            assertThat(ids(old, 200)).containsExactlyInAnyOrderElementsOf(wanted);
            Await.until(
                    "ours are counted",
                    () -> installed.reports(EACH, EACH, Integer.toString(2 * EACH)));
        }
    }

    @Test
    void what_was_accepted_arrives_after_a_kill() {
        var wanted = new ArrayList<String>();
        try (var old = LocalSite.start()) {
            old.answers(_ -> 503);
            try (var installed = Installed.on(Launch.on(data).start())) {
                name(installed, old);
                for (int i = 0; i < 20; i++) {
                    wanted.add(oldId(i));
                    assertThat(installed.convert(oldId(i), "&cid=" + oldId(i)))
                            .isEqualTo("refused forwarded_foreign");
                }
                Await.until("an attempt", () -> !old.visits().isEmpty());
                installed.server().kill();
            }
            old.answers(_ -> 200);

            try (var installed = Installed.again(Launch.on(data).start())) {
                // A slow machine may have tried some twice before the kill: then again in five
                // minutes.
                Await.until(
                        "the old tracker has them",
                        Duration.ofMinutes(7),
                        () -> ids(old, 200).stream().distinct().count() == wanted.size());
                assertThat(ids(old, 200)).containsExactlyInAnyOrderElementsOf(wanted);
                Await.until("the list shows it", () -> delivered(installed) == wanted.size());
            }
        }
    }

    private static int delivered(Installed installed) {
        return installed
                .client()
                .read("/api/v1/deliveries?limit=100&destination=forward:before&state=delivered")
                .path("items")
                .size();
    }

    @Test
    void a_report_is_handed_on_as_it_came() {
        try (var old = LocalSite.start();
                var installed = Installed.on(Launch.on(data).start())) {
            name(installed, old);

            installed.convert(oldId(7), "&cid=" + oldId(7) + "&et=Lead%20A&token=ours&x=%7Ba%7D");

            Await.until("it arrives", () -> !old.visits().isEmpty());
            assertThat(old.visits().getFirst().uri().toString())
                    .isEqualTo(
                            "/postback?clickid=%s&cid=%s&et=Lead%%20A&x=%%7Ba%%7D"
                                    .formatted(oldId(7), oldId(7)));
        }
    }
}
