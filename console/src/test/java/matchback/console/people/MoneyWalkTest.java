package matchback.console.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import matchback.console.testing.TestingConsole;
import matchback.console.testing.TestingPeople;
import matchback.console.testing.Traffic;
import matchback.ledger.Event.AttemptResult;
import matchback.model.ClickId;
import matchback.model.catalog.Role;
import matchback.report.Metric;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Everything that can be read, walked by somebody from whom amounts are hidden. All amounts that
/// there are have digits that nothing else has, so an amount that is shown is found wherever it
/// stands and whatever it is called.
final class MoneyWalkTest {
    private static final String PAYOUT = "7391.57";
    private static final String VALUE = "8462.31";
    private static final String EDITED = "7402.68";
    private static final String COST = "4316.8273";
    private static final String LIMIT = "9513.84";
    private static final String MIN = "5127.46";
    private static final String APPLE = "6213.45";
    private static final String STATED = "1284.36";

    /// Sums and quotients of these: revenue of one click and the profit on it come out alike.
    private static final List<String> MARKS =
            Stream.of(PAYOUT, VALUE, EDITED, COST, LIMIT, MIN, APPLE, STATED)
                    .map(amount -> amount.substring(0, amount.indexOf('.') + 2))
                    .toList();

    private static TestingConsole console;
    private static TestingPeople people;
    private static ClickId click;
    private static String conversion;

    @BeforeAll
    static void make() {
        console = new TestingConsole();
        people = new TestingPeople(console);
        people.add("seeing", Role.MANAGER, false);
        people.add("masked", Role.MANAGER, true);
        var traffic = new Traffic(console);
        put(
                "offers/loan",
                "{\"name\":\"Loan\",\"sender\":\"net\",\"payout\":\""
                        + PAYOUT
                        + "\",\"url\":\"https://offer.example/?cid={clickid}\"}");
        put("senders/net", "{\"name\":\"Net\",\"payoutLimit\":\"" + LIMIT + "\"}");
        put(
                "campaigns/summer",
                "{\"name\":\"Summer\",\"source\":\"push\",\"offers\":[{\"offer\":\"loan\"}],"
                        + "\"costModel\":\"cpc\",\"cost\":\""
                        + COST
                        + "\"}");
        post(
                "destinations",
                "{\"key\":\"hook\",\"name\":\"Hook\",\"type\":\"hook\","
                        + "\"settings\":{\"url\":\"https://hook.example/\"},\"secrets\":{\"token\":\"abcdefgh\"},"
                        + "\"conditions\":{\"payoutMin\":\""
                        + MIN
                        + "\"}}");
        post("exchange-rates", "{\"key\":\"EUR\",\"rate\":\"1.1\"}");
        post(
                "apple-apps",
                "{\"key\":\"525463029\",\"name\":\"App\",\"values\":[{\"value\":\"0-9\","
                        + "\"event\":\"install\",\"revenue\":\""
                        + APPLE
                        + "\"}]}");
        post("landers", "{\"key\":\"page\",\"url\":\"https://lander.example/\"}");
        click = traffic.click();
        traffic.postback(click, "payout=" + PAYOUT + "&value=" + VALUE + "&txid=T1");
        traffic.postback(traffic.click(), "payout=9999.77&txid=T2");
        traffic.attempt(click, AttemptResult.RETRY, 500, "no");
        conversion =
                console.get("/api/v1/clicks/" + click.text())
                        .json()
                        .path("conversions")
                        .path(0)
                        .path("id")
                        .asText();
        post("conversions/" + conversion + "/edit", "{\"payout\":\"" + EDITED + "\"}");
        console.awaitColumns();
    }

    @AfterAll
    static void close() {
        console.close();
    }

    private static void put(String path, String json) {
        var reply = console.put("/api/v1/" + path, json);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    }

    private static void post(String path, String json) {
        var reply = console.post("/api/v1/" + path, json);
        assertThat(reply.status()).as(path + ' ' + reply.text()).isBetween(200, 202);
    }

    @Test
    void whoever_may_not_see_money_finds_no_amount_on_any_page_nor_in_any_answer() {
        var session = people.session("masked");
        var shown = new ArrayList<String>();
        int read = 0;

        for (var path : paths()) {
            var reply = session.get(path);
            if (reply.status() == 200) {
                read++;
                marksIn(reply.text()).forEach(mark -> shown.add(shows(path, mark, reply.text())));
            }
        }

        assertThat(shown).isEmpty();
        assertThat(read).isGreaterThan(50);
    }

    @Test
    void the_same_walk_finds_every_amount_when_they_are_not_hidden() {
        var session = people.session("seeing");
        var shown = new TreeSet<String>();

        for (var path : paths()) {
            shown.addAll(marksIn(session.get(path).text()));
        }

        assertThat(shown).containsExactlyInAnyOrderElementsOf(seen());
    }

    /// Costs that were stated are seen only where they were: there are none here.
    private static List<String> seen() {
        return MARKS.stream().filter(mark -> !STATED.startsWith(mark)).toList();
    }

    @Test
    void the_order_of_rows_tells_of_no_amount() {
        var session = people.session("masked");

        assertThat(session.get("/api/v1/report?group=offer&sort=-revenue").status()).isEqualTo(400);
        assertThat(session.get("/report?group=offer&sort=-revenue").status()).isEqualTo(200);
        assertThat(session.get("/api/v1/conversions?sort=-payout").status()).isEqualTo(400);
    }

    @Test
    void a_csv_says_that_something_is_hidden() {
        var csv =
                people.session("masked")
                        .get("/api/v1/report?group=offer&metrics=clicks,revenue&format=csv")
                        .text();

        assertThat(csv).startsWith("offer,clicks,revenue\r\nloan,2,***");
    }

    private static String shows(String path, String mark, String text) {
        var plain = text.replace(",", "");
        int at = plain.indexOf(mark);
        return "%s shows %s: …%s…"
                .formatted(
                        path,
                        mark,
                        plain.substring(Math.max(0, at - 80), Math.min(plain.length(), at + 40)));
    }

    private static Set<String> marksIn(String text) {
        // Pages group digits by commas.
        var plain = text.replace(",", "");
        return MARKS.stream().filter(plain::contains).collect(Collectors.toSet());
    }

    private static List<String> paths() {
        var metrics =
                Arrays.stream(Metric.values()).map(Metric::word).collect(Collectors.joining(","));
        var keys =
                Map.of(
                        "campaigns", "summer",
                        "offers", "loan",
                        "senders", "net",
                        "sources", "push",
                        "traffic-sources", "push",
                        "landers", "page",
                        "destinations", "hook",
                        "apple", "525463029",
                        "apple-apps", "525463029",
                        "exchange-rates", "EUR");
        var paths = new ArrayList<String>();
        for (var route : console.routes()) {
            if (route.startsWith("GET ") && !route.endsWith("/live")) {
                paths.add(path(route.substring(4), keys));
            }
        }
        for (var report : List.of("/report", "/api/v1/report")) {
            for (var more : List.of("", "&compare=previous", "&format=csv")) {
                for (var group : List.of("campaign", "day", "event", "sub1")) {
                    paths.add(report + "?group=" + group + "&metrics=" + metrics + more);
                }
            }
        }
        return paths;
    }

    private static String path(String route, Map<String, String> keys) {
        var rest = route.startsWith("/api/v1/") ? route.substring(8) : route.substring(1);
        var kind = rest.split("/", -1)[0];
        return route.replace(":key", keys.getOrDefault(kind, "absent"))
                .replace(":id/destinations", conversion + "/destinations")
                .replace(":id", click.text())
                .replace(":conversion", conversion)
                .replace(":subject", click.text())
                .replace(":number", "1")
                .replaceAll(":\\w+", "absent");
    }
}
