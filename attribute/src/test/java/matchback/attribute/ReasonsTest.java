package matchback.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import matchback.attribute.testing.Door;
import matchback.attribute.testing.Samples;
import matchback.ledger.Correction;
import matchback.ledger.Outcome;
import matchback.ledger.Verdict;
import matchback.model.Feed;
import matchback.model.FraudCheck;
import matchback.model.Params;
import matchback.model.Reason;
import matchback.model.RecordId;
import matchback.model.Subject;
import matchback.model.catalog.ConversionCap;
import matchback.model.catalog.OldTracker;
import matchback.model.catalog.Quarantine;
import matchback.model.catalog.Sender.Security;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every reason that can come about is brought about by a report as it may really arrive.
final class ReasonsTest {
    /// Reasons of parts that are not built yet.
    private static final Set<Reason> LATER = EnumSet.of(Reason.ERASED_CLICK);

    /// Reasons that show on the way or when something breaks; they have tests of their own.
    private static final Set<Reason> ELSEWHERE =
            EnumSet.of(
                    Reason.CHECK_PENDING,
                    Reason.INTERNAL_ERROR,
                    // EditsTest
                    Reason.EDITED,
                    // AppleTest
                    Reason.UNKNOWN_APP,
                    Reason.NOT_WON,
                    Reason.LATER_WINDOW,
                    Reason.TEST_POSTBACK,
                    // SignaturesTest
                    Reason.BAD_SIGNATURE,
                    Reason.STALE_SIGNATURE,
                    Reason.REPLAYED_SIGNATURE);

    private static final Map<Reason, Function<Door, Outcome>> WAYS = new EnumMap<>(Reason.class);

    static {
        counted();
        duplicates();
        held();
        reviewed();
        refusedByDoor();
        refused();
    }

    private static void counted() {
        WAYS.put(Reason.FORWARDED_FOREIGN, ReasonsTest::forwarded);
        WAYS.put(Reason.NEW_CONVERSION, door -> door.post(door.click(), "payout=12.50&txid=A1"));
        WAYS.put(Reason.ADDITIONAL_CONVERSION, door -> second(door, "txid=A1", "txid=A2"));
        WAYS.put(Reason.STATUS_CHANGED, door -> second(door, "txid=A1&status=lead", "txid=A1"));
        WAYS.put(
                Reason.PAYOUT_CHANGED,
                door -> second(door, "txid=A1&payout=1", "txid=A1&payout=2"));
        WAYS.put(Reason.COMPLETED, door -> second(door, "payout=1", "payout=1&txid=A1"));
    }

    private static Outcome forwarded(Door door) {
        door.set(
                new OldTracker(
                        "before",
                        "Before",
                        "https://old.example/postback",
                        "2026-12-31",
                        List.of(),
                        false));
        var postback =
                door.postback(Feed.S2S, "", Params.ofQuery("clickid=w1"), Reason.FOREIGN_CLICK_ID);
        return java.util.Objects.requireNonNull(door.submit(postback));
    }

    private static void duplicates() {
        WAYS.put(Reason.DUPLICATE_TRANSACTION, door -> second(door, "txid=A1", "txid=A1"));
        WAYS.put(
                Reason.DUPLICATE_TRANSACTION_OTHER_CLICK,
                door -> {
                    door.post(door.click(), "txid=A1");
                    return door.post(door.click(), "txid=A1");
                });
        WAYS.put(Reason.DUPLICATE_EVENT_ID, door -> second(door, "event_id=E1", "event_id=E1"));
        WAYS.put(Reason.DUPLICATE_REPORT, door -> second(door, "payout=1", "payout=1"));
        WAYS.put(Reason.STALE_STATUS, door -> second(door, "txid=A1", "txid=A1&status=pending"));
    }

    private static void held() {
        WAYS.put(
                Reason.AMBIGUOUS_CONVERSION,
                door -> {
                    var click = door.click();
                    door.post(click, "txid=A1");
                    door.post(click, "txid=A2");
                    return door.post(click, "payout=5");
                });
        for (var check : FraudCheck.values()) {
            WAYS.put(
                    check.reason(),
                    door -> {
                        door.set(
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
                        return door.post(door.click(), "txid=A1");
                    });
        }
        WAYS.put(Reason.UNKNOWN_STATUS, door -> door.post(door.click(), "status=foo"));
        WAYS.put(Reason.UNKNOWN_CURRENCY, door -> door.post(door.click(), "currency=ZZZ"));
        WAYS.put(Reason.UNKNOWN_EVENT, door -> door.post(door.click(), "event=moonshot"));
        WAYS.put(
                Reason.NO_PAYOUT,
                door -> {
                    door.set(Samples.offer("free", "net", null));
                    return door.post(door.click("free", "", false), "txid=A1");
                });
        WAYS.put(Reason.NO_RATE, door -> door.post(door.click(), "payout=5&currency=EUR"));
        WAYS.put(
                Reason.AMOUNT_OVER_LIMIT,
                door -> {
                    door.set(Samples.limited("net", 50_000_000));
                    return door.post(door.click(), "payout=50.01");
                });
        WAYS.put(
                Reason.BEFORE_CLICK,
                door -> door.post(door.click(), "event_time=" + (Door.START / 1000 - 301)));
        WAYS.put(
                Reason.IN_FUTURE,
                door -> door.post(door.click(), "event_time=" + (Door.START / 1000 + 301)));
        WAYS.put(Reason.CLICK_NOT_RECORDED, door -> door.post(door.id(true), "txid=A1"));
        WAYS.put(
                Reason.BOT_CLICK,
                door -> door.post(door.click("offer", "agent", false), "txid=A1"));
    }

    private static void reviewed() {
        WAYS.put(
                Reason.REJECTED_IN_REVIEW,
                door -> {
                    door.post(door.click(), "status=foo");
                    var held = door.postbacks().getLast();
                    return door.review(held, Verdict.REJECT, Correction.NONE);
                });
    }

    private static void refusedByDoor() {
        WAYS.put(Reason.MISSING_CLICK_ID, door -> door.post(Feed.S2S, "", "payout=1"));
        WAYS.put(Reason.UNRESOLVED_MACRO, door -> door.post(Feed.S2S, "", "clickid={CLICKID}"));
        WAYS.put(Reason.MALFORMED_CLICK_ID, door -> door.post(Feed.S2S, "", "clickid=hello"));
        WAYS.put(
                Reason.TRUNCATED_CLICK_ID,
                door -> door.post(Feed.S2S, "", "clickid=" + cut(door.click().text())));
        WAYS.put(
                Reason.FORGED_CLICK_ID,
                door -> door.post(Feed.S2S, "", "clickid=" + forged(door.click().text())));
        WAYS.put(
                Reason.FOREIGN_CLICK_ID,
                door -> door.post(Feed.S2S, "", "clickid=3f2504e0-4f89-11d3-9a0c-0305e82c3301"));
        WAYS.put(Reason.TOO_LARGE, door -> atDoor(door, Reason.TOO_LARGE));
        WAYS.put(Reason.RATE_LIMITED, door -> atDoor(door, Reason.RATE_LIMITED));
    }

    private static void refused() {
        WAYS.put(
                Reason.OVER_CAP,
                door -> {
                    var offer = Samples.offer("offer", "net");
                    door.set(offer.with(new ConversionCap(1, null), Map.of()));
                    door.post(door.click(), "");
                    return door.post(door.click(), "");
                });
        WAYS.put(Reason.MALFORMED_REQUEST, door -> door.post(door.click(), "payout=1&payout=2"));
        WAYS.put(
                Reason.BAD_TOKEN,
                door -> {
                    var token = door.fingerprints.of("secret");
                    door.set(Samples.secured("net", new Security(List.of(token), List.of())));
                    return door.post(door.click(), "token=wrong");
                });
        WAYS.put(
                Reason.ADDRESS_NOT_ALLOWED,
                door -> {
                    var network = List.of("192.0.2.0/24");
                    door.set(Samples.secured("net", new Security(List.of(), network)));
                    door.refuseAddressFor("net");
                    return door.post(door.click(), "txid=A1");
                });
        WAYS.put(
                Reason.WRONG_SENDER,
                door -> {
                    door.set(Samples.sender("other"));
                    return door.post(Feed.S2S, "other", "clickid=" + door.click());
                });
        WAYS.put(Reason.UNKNOWN_CLICK, door -> door.post(door.id(false), "txid=A1"));
        WAYS.put(
                Reason.EXPIRED_CLICK,
                door -> {
                    var click = door.click();
                    door.pass(Duration.ofDays(366));
                    return door.post(click, "txid=A1");
                });
        WAYS.put(
                Reason.TOO_LATE,
                door -> {
                    var click = door.click();
                    door.pass(Duration.ofDays(31));
                    return door.post(click, "txid=A1");
                });
        WAYS.put(
                Reason.UNKNOWN_SENDER,
                door -> door.post(Feed.S2S, "nobody", "clickid=" + door.click()));
        WAYS.put(
                Reason.IGNORED_STATUS,
                door -> {
                    door.set(Samples.mapped("net", Map.of("open", "ignore")));
                    return door.post(door.click(), "status=open");
                });
    }

    private static Outcome second(Door door, String first, String then) {
        var click = door.click();
        door.post(click, first);
        return door.post(click, then);
    }

    private static String cut(String id) {
        return id.substring(0, 20);
    }

    private static String forged(String id) {
        return id.substring(0, 31) + (id.charAt(31) == '0' ? '1' : '0');
    }

    private static Outcome atDoor(Door door, Reason refusal) {
        var postback = door.postback(Feed.S2S, "", Params.EMPTY, refusal);
        return Objects.requireNonNull(door.submit(postback));
    }

    static Stream<Reason> reasons() {
        return WAYS.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("reasons")
    void a_report_brings_about_its_reason(Reason reason) {
        var door = new Door();
        var way = Objects.requireNonNull(WAYS.get(reason));

        var outcome = way.apply(door);

        assertThat(outcome.reason()).isEqualTo(reason);
        var postback = door.postbacks().getLast();
        var report = door.state(postback.subject()).report(postback.recordId());
        assertThat(report.map(r -> r.outcome())).contains(outcome);
    }

    @Test
    void every_reason_that_decides_has_a_way_or_a_test_elsewhere() {
        var missing = EnumSet.allOf(Reason.class);

        missing.removeIf(Reason::isWarning);
        missing.removeAll(WAYS.keySet());

        missing.removeAll(LATER);
        missing.removeAll(ELSEWHERE);
        System.out.println("reasons brought about: " + WAYS.size() + ", later: " + LATER);
        assertThat(missing).isEmpty();
    }

    @Test
    void the_details_say_what_was_found() {
        var door = new Door();
        var click = door.click();

        var unknown = door.post(click, "status=foo");
        var twice = door.post(click, "payout=1&payout=2");
        var garbled = door.post(click, "payout=12,,5x&txid=A1");

        assertThat(unknown.detail()).isEqualTo("status 'foo' is not known");
        assertThat(twice.detail())
                .isEqualTo("parameter 'payout' is there twice with different values");
        assertThat(garbled.detail())
                .isEqualTo("payout '12,,5x' could not be read; the offer's 10.00 USD was taken");
        assertThat(garbled.warnings())
                .containsExactly(
                        Reason.MALFORMED_AMOUNT, Reason.PAYOUT_DEFAULTED, Reason.UNSIGNED_SENDER);
    }

    @Test
    void a_record_whose_deciding_fails_is_held_alone() {
        var door = new Door();
        var click = door.click();
        var good = door.postback(Feed.S2S, "", Params.ofQuery("clickid=" + click), null);
        var poisoned =
                new matchback.ledger.Event.PostbackReceived(
                        new RecordId(good.recordId().high(), 7),
                        good.receivedAt(),
                        999,
                        Subject.click(click),
                        Feed.S2S,
                        "",
                        click.text(),
                        "clickid",
                        "",
                        null,
                        "",
                        good.params(),
                        List.of(),
                        List.of(),
                        new byte[0]);

        var held = Objects.requireNonNull(door.submit(poisoned));
        var again = Objects.requireNonNull(door.submit(poisoned));
        var counted = Objects.requireNonNull(door.submit(good));

        assertThat(held.reason()).isEqualTo(Reason.INTERNAL_ERROR);
        assertThat(again).isEqualTo(held);
        assertThat(counted.reason()).isEqualTo(Reason.NEW_CONVERSION);
        assertThat(door.state(click).reports()).hasSize(2);
    }
}
