package matchback.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import matchback.ingest.IngestConfig;
import matchback.ledger.Column;
import matchback.ledger.Correction;
import matchback.ledger.Event.Edited;
import matchback.ledger.Event.PostbackReceived;
import matchback.ledger.Event.Reviewed;
import matchback.ledger.Outcome;
import matchback.ledger.Verdict;
import matchback.ledger.state.SubjectState;
import matchback.model.FraudCheck;
import matchback.model.Reason;
import matchback.model.RecordId;
import matchback.model.Secrets;
import matchback.model.catalog.AppleApp;
import matchback.model.catalog.AppleSource;
import matchback.model.catalog.ConversionCap;
import matchback.model.catalog.OldTracker;
import matchback.model.catalog.Quarantine;
import matchback.model.catalog.Sender.Security;
import matchback.model.catalog.SignatureRule;
import matchback.model.signature.SignatureScheme;
import matchback.model.signature.SignedQuery;
import matchback.model.signature.SignedRequest;
import matchback.server.testing.AppleDevice;
import matchback.server.testing.MemoryTracker;
import matchback.server.testing.MemoryTracker.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every reason there is, brought about by a real request with its status code, or by a real event
/// where no request can bring it about. The table is printed.
class ReasonsOverHttpTest {
    /// Nothing erases clicks yet.
    private static final Set<Reason> LATER = EnumSet.of(Reason.ERASED_CLICK);

    private static final Map<Reason, Function<MemoryTracker, Answer>> REQUESTS =
            new EnumMap<>(Reason.class);
    private static final Map<Reason, Function<MemoryTracker, Reason>> EVENTS =
            new EnumMap<>(Reason.class);
    private static final Map<Reason, String> TABLE = new TreeMap<>();

    private static final AppleDevice DEVICE = new AppleDevice();
    private static final IngestConfig CONFIG = IngestConfig.DEFAULT.withAppleKeys(DEVICE.keys());

    private static Vertx vertx;

    static {
        counted();
        held();
        refused();
        refusedByProof();
        warned();
        apples();
        byEvent();
    }

    private static void request(Reason reason, Function<MemoryTracker, Answer> way) {
        REQUESTS.put(reason, way);
    }

    /// One request about a new click.
    private static void request(Reason reason, String query) {
        request(reason, tracker -> post(tracker, tracker.click(), query));
    }

    /// Two requests about one click; the second one is it.
    private static void requests(Reason reason, String first, String second) {
        request(
                reason,
                tracker -> {
                    var click = tracker.click();
                    post(tracker, click, first);
                    return post(tracker, click, second);
                });
    }

    private static Answer post(MemoryTracker tracker, String click, String query) {
        return tracker.get("/postback?clickid=" + click + '&' + query);
    }

    private static void counted() {
        request(Reason.NEW_CONVERSION, "payout=12.50&txid=A1");
        requests(Reason.ADDITIONAL_CONVERSION, "txid=A1", "txid=A2");
        requests(Reason.STATUS_CHANGED, "txid=A1&status=lead", "txid=A1&status=approved");
        requests(Reason.PAYOUT_CHANGED, "txid=A1&payout=1", "txid=A1&payout=2");
        requests(Reason.COMPLETED, "payout=1", "payout=1&txid=A1");
        requests(Reason.DUPLICATE_TRANSACTION, "txid=A1", "txid=A1");
        requests(Reason.DUPLICATE_EVENT_ID, "event_id=E1", "event_id=E1");
        requests(Reason.DUPLICATE_REPORT, "payout=1", "payout=1");
        requests(Reason.STALE_STATUS, "txid=A1", "txid=A1&status=pending");
        request(
                Reason.DUPLICATE_TRANSACTION_OTHER_CLICK,
                tracker -> {
                    post(tracker, tracker.click(), "txid=A1");
                    return post(tracker, tracker.click(), "txid=A1");
                });
    }

    private static void held() {
        request(
                Reason.AMBIGUOUS_CONVERSION,
                tracker -> {
                    var click = tracker.click();
                    post(tracker, click, "txid=A1");
                    post(tracker, click, "txid=A2");
                    return post(tracker, click, "payout=5");
                });
        for (var check : FraudCheck.values()) {
            request(
                    check.reason(),
                    tracker -> {
                        tracker.put(
                                new Quarantine(
                                        "q",
                                        "Quarantine",
                                        "",
                                        "",
                                        "",
                                        check.word(),
                                        "41 of the last 64",
                                        0,
                                        Long.MAX_VALUE,
                                        false));
                        return post(tracker, tracker.click(), "txid=A1");
                    });
        }
        request(Reason.UNKNOWN_STATUS, "status=foo");
        request(Reason.UNKNOWN_CURRENCY, "currency=ZZZ");
        request(Reason.UNKNOWN_EVENT, "event=moonshot");
        request(Reason.NO_RATE, "payout=5&currency=EUR");
        request(Reason.BEFORE_CLICK, "event_time=2026-02-01T00:00:00Z");
        request(Reason.IN_FUTURE, "event_time=2026-04-01T00:00:00Z");
        request(
                Reason.NO_PAYOUT,
                tracker -> {
                    tracker.put(MemoryTracker.offer("shoe", "net", null));
                    return post(tracker, tracker.click(), "txid=A1");
                });
        request(
                Reason.AMOUNT_OVER_LIMIT,
                tracker -> {
                    tracker.put(MemoryTracker.sender("net", Security.OPEN, 50_000_000L));
                    return post(tracker, tracker.click(), "payout=50.01");
                });
        request(Reason.CLICK_NOT_RECORDED, tracker -> post(tracker, tracker.id(true), "txid=A1"));
        request(
                Reason.BOT_CLICK,
                tracker ->
                        post(
                                tracker,
                                tracker.click("run", "User-Agent: Googlebot/2.1"),
                                "txid=A1"));
    }

    private static void refused() {
        request(Reason.MISSING_CLICK_ID, tracker -> tracker.get("/postback?payout=1"));
        request(Reason.UNRESOLVED_MACRO, tracker -> tracker.get("/postback?clickid={clickid}"));
        request(Reason.MALFORMED_CLICK_ID, tracker -> tracker.get("/postback?clickid=hello"));
        request(
                Reason.TRUNCATED_CLICK_ID,
                tracker -> post(tracker, tracker.click().substring(0, 20), "payout=1"));
        request(
                Reason.FORGED_CLICK_ID,
                tracker -> post(tracker, forged(tracker.click()), "payout=1"));
        request(Reason.FOREIGN_CLICK_ID, ReasonsOverHttpTest::foreign);
        request(
                Reason.FORWARDED_FOREIGN,
                tracker -> {
                    tracker.put(
                            new OldTracker(
                                    "old",
                                    "Old",
                                    "https://old.example/",
                                    "2026-12-31",
                                    List.of(),
                                    false));
                    return foreign(tracker);
                });
        request(Reason.MALFORMED_REQUEST, "payout=1&payout=2");
        request(Reason.TOO_LARGE, "payout=" + "1".repeat(3000));
        request(
                Reason.RATE_LIMITED,
                tracker -> {
                    var answer = tracker.get("/postback?clickid=hello");
                    for (int i = 0; i < 2000 && answer.status() != 429; i++) {
                        answer = tracker.get("/postback?clickid=hello");
                    }
                    return answer;
                });
        request(Reason.UNKNOWN_CLICK, tracker -> post(tracker, tracker.id(false), "payout=1"));
        request(Reason.EXPIRED_CLICK, tracker -> after(tracker, Duration.ofDays(366)));
        request(Reason.TOO_LATE, tracker -> after(tracker, Duration.ofDays(31)));
        request(Reason.IGNORED_STATUS, "status=open");
        request(
                Reason.OVER_CAP,
                tracker -> {
                    var offer = MemoryTracker.offer("shoe", "net", 10_000_000L);
                    tracker.put(offer.with(new ConversionCap(1, null), Map.of()));
                    post(tracker, tracker.click(), "payout=1");
                    return post(tracker, tracker.click(), "payout=1");
                });
    }

    private static void refusedByProof() {
        request(
                Reason.UNKNOWN_SENDER,
                tracker -> tracker.get("/postback/nobody?clickid=" + tracker.click()));
        request(
                Reason.WRONG_SENDER,
                tracker -> {
                    tracker.put(MemoryTracker.sender("other", Security.OPEN, null));
                    return tracker.get("/postback/other?clickid=" + tracker.click());
                });
        request(
                Reason.BAD_TOKEN,
                tracker -> {
                    var token = List.of(tracker.fingerprints.of("secret"));
                    secure(tracker, new Security(token, List.of()));
                    return post(tracker, tracker.click(), "token=guess");
                });
        request(
                Reason.ADDRESS_NOT_ALLOWED,
                tracker -> {
                    secure(tracker, new Security(List.of(), List.of("192.0.2.0/24")));
                    return post(tracker, tracker.click(), "payout=1");
                });
        request(
                Reason.BAD_SIGNATURE,
                tracker -> {
                    sign(tracker);
                    return post(tracker, tracker.click(), "payout=1");
                });
        request(
                Reason.STALE_SIGNATURE,
                tracker -> {
                    sign(tracker);
                    var target = signed(tracker, tracker.click());
                    tracker.pass(Duration.ofHours(1));
                    return tracker.get(target);
                });
        request(
                Reason.REPLAYED_SIGNATURE,
                tracker -> {
                    sign(tracker);
                    var target = signed(tracker, tracker.click());
                    tracker.get(target);
                    return tracker.get(target);
                });
    }

    private static void warned() {
        request(Reason.PAYOUT_DEFAULTED, "txid=A1");
        request(Reason.TXID_UNRESOLVED, "payout=1&txid={txid}");
        request(Reason.MALFORMED_AMOUNT, "payout=12,,5x");
        request(Reason.UNRESOLVED_PARAMETER, "payout={payout}");
        request(Reason.MALFORMED_TIME, "payout=1&event_time=yesterday");
        request(Reason.UNSIGNED_SENDER, "payout=1");
    }

    private static void apples() {
        request(
                Reason.UNKNOWN_APP,
                tracker -> apple(tracker, AppleDevice.install("a1", "5239", 7)));
        request(
                Reason.NOT_WON,
                tracker -> {
                    app(tracker);
                    var lost = AppleDevice.install("a1", "5239", 7).put("did-win", false);
                    return apple(tracker, lost);
                });
        request(
                Reason.LATER_WINDOW,
                tracker -> {
                    app(tracker);
                    var later =
                            AppleDevice.install("a1", "5239", 7)
                                    .put("postback-sequence-index", 2)
                                    .put("coarse-conversion-value", "low");
                    later.remove("conversion-value");
                    return apple(tracker, later);
                });
        request(
                Reason.TEST_POSTBACK,
                tracker -> {
                    app(tracker);
                    var test = AppleDevice.install("a1", "5239", 0).put("source-app-id", 0);
                    return apple(tracker, test);
                });
        request(
                Reason.AMBIGUOUS_SOURCE,
                tracker -> {
                    app(tracker);
                    return apple(tracker, AppleDevice.install("a1", "39", 7));
                });
        request(
                Reason.UNMAPPED_VALUE,
                tracker -> {
                    app(tracker);
                    return apple(tracker, AppleDevice.install("a1", "5239", 63));
                });
    }

    private static Answer apple(MemoryTracker tracker, ObjectNode postback) {
        return tracker.post(AppleDevice.SKAN, DEVICE.skan(postback));
    }

    private static void app(MemoryTracker tracker) {
        tracker.put(MemoryTracker.campaign("walk", 2, "shoe"));
        tracker.put(
                new AppleApp(
                        Long.toString(AppleDevice.APP),
                        "Game",
                        List.of(
                                new AppleSource(null, "5239", "run"),
                                new AppleSource(null, "7139", "walk")),
                        null,
                        List.of(new AppleApp.Value(1, 0, 9, null, "install", 0)),
                        null,
                        false,
                        List.of(),
                        false));
    }

    /// What is seen between two records, or after one that no door makes.
    private static void byEvent() {
        EVENTS.put(
                Reason.CHECK_PENDING,
                tracker -> {
                    var answer = post(tracker, tracker.click(), "payout=1&txid=A1");
                    try (var snapshot = tracker.ledger.snapshot()) {
                        var entry = snapshot.postback(recordId(answer)).orElseThrow();
                        var first = snapshot.facts(entry).getFirst().texts().get(Column.REASON);
                        return Reason.ofCode(String.valueOf(first)).orElseThrow();
                    }
                });
        EVENTS.put(Reason.EDITED, ReasonsOverHttpTest::edited);
        EVENTS.put(
                Reason.INTERNAL_ERROR,
                tracker -> {
                    var good = received(tracker, post(tracker, tracker.click(), "payout=1"));
                    return submit(tracker, ofNoCatalog(good, tracker.recordIds.next()));
                });
        EVENTS.put(
                Reason.REJECTED_IN_REVIEW,
                tracker -> {
                    var held = received(tracker, post(tracker, tracker.click(), "status=foo"));
                    return submit(
                            tracker,
                            new Reviewed(
                                    tracker.recordIds.next(),
                                    tracker.now(),
                                    tracker.ledger.catalog().version(),
                                    held.subject(),
                                    held.recordId(),
                                    Verdict.REJECT,
                                    "tester",
                                    "",
                                    Correction.NONE));
                });
    }

    /// The change of a conversion that a person made.
    private static Reason edited(MemoryTracker tracker) {
        var sale = received(tracker, post(tracker, tracker.click(), "payout=1"));
        var edit =
                new Edited(
                        tracker.recordIds.next(),
                        tracker.now(),
                        tracker.ledger.catalog().version(),
                        sale.subject(),
                        sale.recordId(),
                        "tester",
                        "as told by telephone",
                        new Correction(null, "", 2_000_000L, "", ""),
                        null);
        tracker.ledger.submit(edit, null).join();
        try (var snapshot = tracker.ledger.snapshot()) {
            var state = new SubjectState(snapshot.state(sale.subject()), sale.subject());
            return state.conversions().getFirst().changes().getLast().reason();
        }
    }

    private static PostbackReceived ofNoCatalog(PostbackReceived good, RecordId id) {
        return new PostbackReceived(
                id,
                good.receivedAt(),
                999,
                good.subject(),
                good.feed(),
                good.sender(),
                good.clickId(),
                good.clickParameter(),
                "",
                null,
                "",
                good.params(),
                List.of(),
                List.of(),
                new byte[0]);
    }

    private static RecordId recordId(Answer answer) {
        var text = answer.json().path("receipt").path("recordId").asText();
        return RecordId.parse(text).orElseThrow();
    }

    private static PostbackReceived received(MemoryTracker tracker, Answer answer) {
        try (var snapshot = tracker.ledger.snapshot()) {
            return (PostbackReceived) snapshot.postback(recordId(answer)).orElseThrow().event();
        }
    }

    private static Reason submit(MemoryTracker tracker, matchback.ledger.Event event) {
        Outcome outcome = tracker.ledger.submit(event, null).join().outcome();
        return Objects.requireNonNull(outcome).reason();
    }

    private static String forged(String id) {
        return id.substring(0, 31) + (id.charAt(31) == '0' ? '1' : '0');
    }

    private static Answer foreign(MemoryTracker tracker) {
        return tracker.get("/postback?clickid=3f2504e0-4f89-11d3-9a0c-0305e82c3301");
    }

    private static Answer after(MemoryTracker tracker, Duration time) {
        var click = tracker.click();
        tracker.pass(time);
        return post(tracker, click, "payout=1");
    }

    private static void secure(MemoryTracker tracker, Security security) {
        tracker.put(MemoryTracker.sender("net", security, null));
    }

    private static void sign(MemoryTracker tracker) {
        var sealed = new Secrets(tracker.fingerprints).seal("a secret", "net/k1", tracker.random);
        var key = new SignatureRule.Key("k1", SignatureScheme.QUERY_HMAC, sealed, 0, null);
        secure(tracker, new Security(List.of(), List.of(), new SignatureRule(300, List.of(key))));
    }

    private static String signed(MemoryTracker tracker, String click) {
        var nonce = HexFormat.of().toHexDigits(tracker.random.nextLong());
        var query =
                "payout=1&clickid=%s&ts=%d&nonce=%s&kid=k1"
                        .formatted(click, tracker.now() / 1000, nonce);
        var text =
                SignedQuery.text(
                        new SignedRequest(
                                "GET", "localhost", "/postback", query, _ -> "", new byte[0]));
        return "/postback?" + query + "&sig=" + SignedQuery.sign(text, "a secret");
    }

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() {
        vertx.close().await();
        System.out.printf("%-34s %-10s %-9s %s%n", "reason", "decision", "answered", "by");
        TABLE.values().forEach(System.out::println);
        System.out.printf(
                "reasons: %d of %d, %d by requests, %d by events; later: %s%n",
                TABLE.size(),
                Reason.values().length,
                REQUESTS.size(),
                EVENTS.size(),
                LATER.stream().map(Reason::code).toList());
    }

    private static void row(Reason reason, String answered, String by) {
        var decision = reason.isWarning() ? "(warning)" : reason.decision().word();
        TABLE.put(reason, "%-34s %-10s %-9s %s".formatted(reason.code(), decision, answered, by));
    }

    static Stream<Reason> requested() {
        return REQUESTS.keySet().stream();
    }

    static Stream<Reason> happened() {
        return EVENTS.keySet().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requested")
    void a_request_is_answered_with_the_reason_and_its_status(Reason reason) {
        try (var tracker = new MemoryTracker(vertx, CONFIG)) {
            var answer = Objects.requireNonNull(REQUESTS.get(reason)).apply(tracker);

            var json = answer.json();
            if (reason.isWarning()) {
                assertThat(json.path("warnings").toString())
                        .as(json.toString())
                        .contains('"' + reason.code() + '"');
            } else {
                assertThat(json.path("reason").asText())
                        .as(json.toString())
                        .isEqualTo(reason.code());
                assertThat(json.path("decision").asText()).isEqualTo(reason.decision().word());
                assertThat(answer.status()).isEqualTo(reason.httpStatus());
            }
            assertThat(json.path("steps").findValuesAsText("code")).contains("decided");
            row(reason, Integer.toString(answer.status()), "request");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("happened")
    void an_event_comes_out_with_the_reason(Reason reason) {
        try (var tracker = new MemoryTracker(vertx, CONFIG)) {
            var found = Objects.requireNonNull(EVENTS.get(reason)).apply(tracker);

            assertThat(found).isEqualTo(reason);
            row(reason, "-", "event");
        }
    }

    @Test
    void every_reason_has_a_case() {
        var missing = EnumSet.allOf(Reason.class);

        missing.removeAll(REQUESTS.keySet());
        missing.removeAll(EVENTS.keySet());
        missing.removeAll(LATER);

        assertThat(missing).isEmpty();
    }
}
