package matchback.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import matchback.console.DeliveryDesk.Aftermath;
import matchback.console.DeliveryDesk.Flow;
import matchback.console.DeliveryDesk.LastAttempt;
import matchback.console.testing.Reply;
import matchback.console.testing.TestingConsole;
import matchback.console.testing.Traffic;
import matchback.ledger.Event.AttemptResult;
import matchback.model.Secrets;
import matchback.model.catalog.Destination;
import matchback.model.catalog.Destination.Moment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Destinations over HTTP.
final class DestinationsApiTest {
    private static final String ALL = "/api/v1/destinations";
    private static final String MINE = ALL + "/mine";

    private final TestingConsole console = new TestingConsole();

    @AfterEach
    void close() {
        console.close();
    }

    private Reply make() {
        return make("");
    }

    private Reply make(String more) {
        return console.post(
                ALL,
                """
                {"key":"mine","name":"Mine","type":"hook",
                 "settings":{"url":"https://hook.example/c?e={event_id}"},
                 "secrets":{"token":"s3cret-token"}%s}
                """
                        .formatted(more));
    }

    private Destination mine() {
        return console.ledger.catalog().destination("mine").orElseThrow();
    }

    private String token() {
        var sealed = Objects.requireNonNull(mine().sealedSecrets().get("token"));
        return new Secrets(console.fingerprints)
                .open(sealed, mine().secretOwner("token"))
                .orElse("");
    }

    @Test
    void a_destination_needs_little_and_hears_of_approvals() {
        var made = make();

        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.text()).doesNotContain("s3cret");
        assertThat(made.json().at("/secrets/token").asText()).isEqualTo("set");
        assertThat(made.json().path("moments").toString()).isEqualTo("[\"approved\"]");
        assertThat(made.json().at("/conditions/percent").asInt()).isEqualTo(100);
        assertThat(made.json().path("paused").asBoolean()).isFalse();
        assertThat(mine().address()).isEqualTo("hook:mine");
        assertThat(token()).isEqualTo("s3cret-token");
    }

    @Test
    void everything_can_be_said_and_is_read_back() {
        new Traffic(console);
        var more =
                """
                ,"scope":{"campaigns":["summer"],"sources":["push"],"offers":["loan"]},
                 "conditions":{"eventTypes":["sale","deposit"],"payoutMin":"1.50","percent":50,
                               "delaySeconds":3600},
                 "moments":["approved","pending","reversed"],"sum":{"of":"value","percent":70},
                 "eventNames":{"deposit":"Purchase"},"pace":{"concurrency":4,"perSecond":20},
                 "paused":true
                """;

        var made = make(more);

        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(mine().moments())
                .containsExactlyInAnyOrder(Moment.PENDING, Moment.APPROVED, Moment.REVERSED);
        assertThat(mine().conditions().payoutMinMicros()).isEqualTo(1_500_000);
        assertThat(mine().sum()).isEqualTo(new Destination.Sum(Destination.Sum.Of.VALUE, 70));
        assertThat(mine().pace()).isEqualTo(new Destination.Pace(4, 20));
        assertThat(mine().paused()).isTrue();
        var read = console.get(MINE);
        assertThat(console.put(MINE, read.text()).text()).isEqualTo(read.text());
        assertThat(token()).isEqualTo("s3cret-token");
    }

    @Test
    void secrets_are_kept_replaced_and_dropped() {
        make();
        var settings = "{\"settings\":{\"url\":\"https://hook.example/\"}";

        assertThat(console.put(MINE, settings + "}").status()).isEqualTo(200);
        assertThat(token()).isEqualTo("s3cret-token");

        assertThat(console.put(MINE, settings + ",\"secrets\":{\"token\":\"other\"}}").status())
                .isEqualTo(200);
        assertThat(token()).isEqualTo("other");

        var dropped = console.put(MINE, settings + ",\"secrets\":{\"token\":null}}");
        assertThat(dropped.error("secrets.token"))
                .isEqualTo("It is missing: Shown in your account");
        assertThat(token()).isEqualTo("other");
    }

    @ParameterizedTest(name = "{0} is refused at {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|type|Which kind of destination it is; one of hook",
                "{'type':'hok'}|type|\"hok\" is not known; did you mean \"hook\"?",
                "{'type':'hook'}|settings.url|It is missing: Where it is called",
                "{'type':'hook'}|secrets.token|It is missing: Shown in your account",
                "{'type':'hook','settings':{'ulr':'x'}}|settings.ulr|Unknown setting; did you mean"
                        + " \"url\"?",
                "{'type':'hook','settings':{'token':'x'}}|settings.token|This is a secret: it"
                        + " belongs under secrets",
                "{'type':'hook','settings':{'mode':'put'}}|settings.mode|It must be one of get,"
                        + " post",
                "{'type':'hook','settings':{'url':'http://127.0.0.1/'}}|settings.url|It cannot be"
                        + " used",
                "{'type':'hook','settings':{'url':'http://[::1]/'}}|settings.url|It cannot be used",
                "{'type':'hook','settings':{'url':'http://169.254.169.254/'}}|settings.url|It"
                        + " cannot be used",
                "{'type':'hook','moments':['reversed']}|moments|Must have pending or approved",
                "{'type':'hook','moments':['aproved']}|moments[0]|\"aproved\" is not known",
                "{'type':'hook','moments':['changed']}|moments[0]|Hook cannot be told of changed"
                        + " ones",
                "{'type':'hook','conditions':{'percent':0}}|conditions.percent|A whole number from"
                        + " 1 to 100",
                "{'type':'hook','conditions':{'delaySeconds':999999999}}|conditions.delaySeconds|A"
                        + " whole number",
                "{'type':'hook','scope':{'campaigns':['nope']}}|scope.campaigns[0]|\"nope\" is not"
                        + " known",
                "{'type':'hook','sum':{'of':'profit'}}|sum.of|\"profit\" is not known",
                "{'type':'hook','pace':{'perSecond':0}}|pace.perSecond|A whole number",
                "{'type':'hook','scop':{}}|scop|Unknown field; did you mean \"scope\"?",
            })
    void what_cannot_be_is_named(String body, String field, String message) {
        var json = body.replace('\'', '"');
        var named = json.equals("{}") ? "{\"key\":\"x\"}" : "{\"key\":\"x\"," + json.substring(1);

        var reply = console.post(ALL, named);

        assertThat(reply.status()).as(reply.text()).isEqualTo(422);
        assertThat(reply.error(field)).as(reply.text()).startsWith(message);
    }

    @Test
    void a_type_never_changes() {
        make();

        var reply = console.put(MINE, "{\"type\":\"other\"}");

        assertThat(reply.error("type")).isEqualTo("A destination's type never changes; it is hook");
    }

    @Test
    void types_say_what_they_must_know() {
        var types = console.get("/api/v1/destination-types").json().path("items");

        assertThat(types).hasSize(1);
        assertThat(types.path(0).path("type").asText()).isEqualTo("hook");
        assertThat(types.path(0).at("/settings/2/name").asText()).isEqualTo("token");
        assertThat(types.path(0).at("/settings/2/secret").asBoolean()).isTrue();
        assertThat(types.path(0).path("moments").toString())
                .isEqualTo("[\"pending\",\"approved\",\"rejected\",\"reversed\"]");
    }

    @Test
    void it_is_paused_and_resumed() {
        make();

        assertThat(console.post(MINE + "/pause", "").status()).isEqualTo(200);
        assertThat(mine().paused()).isTrue();
        assertThat(console.desk.resumed).isEmpty();

        assertThat(console.post(MINE + "/resume", "").status()).isEqualTo(200);
        assertThat(mine().paused()).isFalse();
        assertThat(console.desk.resumed).containsExactly("hook:mine");
        assertThat(console.post(ALL + "/nobody/pause", "").status()).isEqualTo(404);

        console.delete(MINE);
        assertThat(console.post(MINE + "/resume", "").status()).isEqualTo(409);
    }

    @Test
    void a_parked_postback_of_a_source_is_resumed_by_its_address() {
        new Traffic(console);

        assertThat(console.post(ALL + "/source:push/resume", "").status()).isEqualTo(200);
        assertThat(console.post(ALL + "/source:push/pause", "").status()).isEqualTo(409);
        assertThat(console.desk.resumed).containsExactly("source:push");
    }

    @Test
    void a_test_event_is_answered_with_both_sides() {
        make();

        var trial = console.post(MINE + "/test", "").json();

        assertThat(trial.path("result").asText()).isEqualTo("delivered");
        assertThat(trial.at("/request/line").asText()).startsWith("POST https://hook.example/");
        assertThat(trial.at("/answer/line").asText()).isEqualTo("200");
    }

    @Test
    void health_says_what_waits_what_was_accepted_and_what_is_known() {
        var traffic = new Traffic(console);
        console.desk.flows.add(
                new Flow(
                        "source:push",
                        "parked",
                        console.clock.millis() + 1000,
                        0,
                        3,
                        false,
                        console.clock.millis(),
                        0,
                        new LastAttempt(console.clock.millis(), "parked", 401, "no such token"),
                        new Aftermath(4, 7, Map.of("TOO_OLD", 1L, "NO_CLICK", 2L), 5)));
        var taken = traffic.click();
        traffic.postback(taken, "txid=A1&value=99");
        traffic.attempt(taken, AttemptResult.DELIVERED, 200, "ok");
        for (int i = 0; i < 3; i++) {
            var refused = traffic.click();
            traffic.postback(refused, "txid=B" + i);
            traffic.attempt(refused, AttemptResult.DEAD, 410, i == 0 ? "gone" : "unknown click");
        }
        console.awaitColumns();

        var health = console.get(ALL + "/source:push/health").json();

        assertThat(health.path("standing").asText()).isEqualTo("parked");
        assertThat(health.at("/last/note").asText()).isEqualTo("no such token");
        assertThat(health.at("/afterwards/open").asInt()).isEqualTo(4);
        assertThat(health.at("/afterwards/failed").asInt()).isEqualTo(3);
        assertThat(health.at("/afterwards/reasons/0/reason").asText()).isEqualTo("NO_CLICK");
        assertThat(health.at("/lastDay/acceptedPercent").asInt()).isEqualTo(25);
        assertThat(health.at("/dead/count").asInt()).isEqualTo(3);
        assertThat(health.at("/dead/reasons/0/note").asText()).isEqualTo("unknown click");
        assertThat(health.at("/dead/reasons/0/count").asInt()).isEqualTo(2);
        assertThat(health.at("/coverage/deliveries").asInt()).isEqualTo(4);
        assertThat(health.at("/coverage/fields").toString())
                .contains("{\"field\":\"externalId\",\"percent\":100}")
                .contains("{\"field\":\"address\",\"percent\":100}")
                .contains("{\"field\":\"email\",\"percent\":0}")
                .contains("{\"field\":\"value\",\"percent\":25}");
    }

    @Test
    void a_conversion_says_who_heard_of_it_and_why_others_did_not() {
        var traffic = new Traffic(console);
        make(",\"conditions\":{\"eventTypes\":[\"deposit\"]}");
        console.post(
                ALL,
                """
                {"key":"all","type":"hook","settings":{"url":"https://hook.example/"},
                 "secrets":{"token":"abc"}}
                """);
        var click = traffic.click();
        var made = traffic.postback(click, "txid=A1");
        console.post(
                ALL,
                """
                {"key":"late","type":"hook","settings":{"url":"https://hook.example/"},
                 "secrets":{"token":"abc"}}
                """);
        console.awaitColumns();

        var items =
                console.get("/api/v1/conversions/" + made.recordId() + "/destinations")
                        .json()
                        .path("items");

        assertThat(items).hasSize(4);
        assertThat(items.path(0).path("destination").asText()).isEqualTo("source:push");
        assertThat(items.path(0).path("deliveries")).hasSize(1);
        assertThat(items.path(1).path("destination").asText()).isEqualTo("hook:all");
        assertThat(items.path(1).at("/deliveries/0/moment").asText()).isEqualTo("approved");
        assertThat(items.path(1).path("why").isNull()).isTrue();
        assertThat(items.path(2).path("why").asText()).isEqualTo("later");
        assertThat(items.path(3).path("why").asText()).isEqualTo("event_type");
        assertThat(items.path(3).path("message").asText())
                .isEqualTo("it is not told of the event type sale");
    }

    @Test
    void a_held_postback_says_that_nobody_hears_of_it() {
        var traffic = new Traffic(console);
        var held = traffic.postback(traffic.click(), "txid=A1&status=strange");
        console.awaitColumns();

        var reply = console.get("/api/v1/conversions/" + held.recordId() + "/destinations");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.json().path("detail").asText())
                .startsWith("It is held: ")
                .endsWith(" No destination hears of it");
    }
}
