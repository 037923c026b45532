package matchback.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import matchback.attribute.testing.Door;
import matchback.attribute.testing.Samples;
import matchback.ledger.Correction;
import matchback.ledger.Outcome;
import matchback.ledger.Verdict;
import matchback.model.Feed;
import matchback.model.Params;
import matchback.model.Reason;
import matchback.model.Status;
import matchback.model.catalog.BrowserRule;
import matchback.model.catalog.ConversionCap;
import matchback.model.catalog.Destination;
import matchback.model.catalog.DuplicateRule;
import matchback.model.catalog.PayoutRule;
import matchback.model.catalog.SecretPath;
import matchback.model.catalog.Sender.Security;
import matchback.model.trace.Step;
import matchback.model.trace.StepKind;
import org.junit.jupiter.api.Test;

/// The steps a decision tells of are those it was made by.
final class StepsTest {
    private final Door door = new Door();

    private static List<String> texts(Outcome outcome) {
        return outcome.steps().stream().map(Step::text).toList();
    }

    private static List<StepKind> kinds(Outcome outcome) {
        return outcome.steps().stream().map(Step::kind).toList();
    }

    @Test
    void a_sale_tells_the_whole_way_from_click_id_to_delivery() {
        door.set(Samples.mapped("net", Map.of("1", "approved")));
        var click = door.click();
        door.pass(Duration.ofMinutes(192));

        var outcome = door.post(click, "payout=12.50&txid=A1&status=1");

        assertThat(texts(outcome))
                .containsExactly(
                        "Click id read from parameter 'clickid'",
                        "Sender 'net', because it reports the click's offer 'offer'",
                        "No proof asked for: no secret, no token, no signature, no address list",
                        "Click found: campaign 'campaign1', offer 'offer', 3 h 12 min old",
                        "Status '1' (parameter 'status') is approved, by the sender's mapping",
                        "No event type, so sale",
                        "No currency, so USD: the offer's",
                        "Payout '12.50' (parameter 'payout')",
                        "Transaction id 'A1' (parameter 'txid')",
                        "No earlier conversion of type sale with txid 'A1'",
                        "Payout 12.50 USD, as sent",
                        "No other click has txid 'A1' of this sender",
                        "Decision: counted, new_conversion",
                        "Delivery queued to source:src (approved)");
    }

    @Test
    void the_steps_of_a_stored_postback_are_those_it_was_answered_with() {
        var click = door.click();

        var outcome = door.post(click, "payout=12.50&txid=A1");

        var stored = door.state(click).reports().getFirst().outcome();
        assertThat(stored.steps()).isNotEmpty().isEqualTo(outcome.steps());
        HistoryTest.checkRebuild(door);
    }

    @Test
    void a_refused_proof_ends_the_way() {
        door.set(
                Samples.secured(
                        "net", new Security(List.of(door.fingerprints.of("secret")), List.of())));

        var outcome = door.post(door.click(), "token=guess");

        assertThat(texts(outcome))
                .containsExactly(
                        "Click id read from parameter 'clickid'",
                        "Sender 'net', because it reports the click's offer 'offer'",
                        "Decision: refused, bad_token: the token is not that of sender 'net'");
    }

    @Test
    void a_report_without_a_click_id_tells_what_was_there() {
        var missing = door.post(Feed.S2S, "net", "payout=1");
        var macro = door.post(Feed.S2S, "net", "clickid={sub1}");

        assertThat(texts(missing))
                .containsExactly(
                        "No parameter holds a click id",
                        "Sender 'net', named in the address",
                        "Decision: refused, missing_click_id");
        assertThat(texts(macro).getFirst())
                .isEqualTo("Parameter 'clickid' holds no click id of this installation");
    }

    @Test
    void a_review_tells_who_said_what_and_what_followed() {
        door.post(door.click(), "payout=12.50&txid=A1&status=frozen");
        var held = door.postbacks().getLast();

        var outcome =
                door.review(
                        held,
                        Verdict.APPROVE,
                        new Correction(Status.APPROVED, "", 7_000_000L, "", ""));

        assertThat(texts(outcome))
                .startsWith(
                        "Held as unknown_status, then approved by tester",
                        "The reviewer gave status: approved",
                        "The reviewer gave payout: 7.00")
                .contains(
                        "Sender and click were found right when it came; not judged again",
                        "Payout 7.00 USD, as a person said",
                        "Decision: counted, new_conversion")
                .endsWith("Delivery queued to source:src (approved)");
    }

    @Test
    void hostile_values_stay_within_bounds() {
        var long2000 = "x".repeat(2000);
        var many = IntStream.range(0, 100).mapToObj(i -> "&p" + i + "=1");

        var outcome =
                door.post(
                        door.click(),
                        "payout="
                                + long2000
                                + "&value="
                                + long2000
                                + "&event_id="
                                + "y".repeat(250)
                                + "&event_time="
                                + long2000
                                + many.collect(Collectors.joining()));

        assertThat(outcome.steps()).hasSizeLessThanOrEqualTo(Trace.STEPS_MAX);
        assertThat(outcome.steps())
                .allSatisfy(step ->
                        assertThat(step.values())
                                .allMatch(v -> v.length() <= Step.VALUE_CHARS_MAX));
    }

    /// Each way brings at least one step about that no other one does.
    private static final List<Function<Door, Outcome>> WAYS =
            List.of(
                    door -> door.post(door.click(), "payout=1&txid=A1"),
                    door -> twice(door, "txid=A1", "txid=A1&status=pending"),
                    door -> twice(door, "txid=A1&status=lead&payout=1", "txid=A1&payout=2"),
                    door -> twice(door, "payout=1", "payout=1&txid=A1&event_id=E1"),
                    door -> {
                        door.post(door.click(), "txid=A1");
                        return door.post(door.click(), "txid=A1");
                    },
                    door -> door.post(door.click(), "reject_reason=bots"),
                    door -> {
                        door.set(QuarantineTest.quarantine());
                        return door.post(door.click(), "txid=A1");
                    },
                    StepsTest::unrecorded,
                    StepsTest::ambiguous,
                    StepsTest::browserFirst,
                    StepsTest::browserLate,
                    StepsTest::limited,
                    StepsTest::secured,
                    StepsTest::secretPath,
                    StepsTest::browserWithoutProof,
                    door -> capped(door, 1),
                    door -> capped(door, 2),
                    StepsTest::withoutSender,
                    StepsTest::reviewed,
                    StepsTest::mapped,
                    StepsTest::shared,
                    StepsTest::silent,
                    door -> door.post(Feed.API, "net", "payout=1&clickid=" + door.click()),
                    door -> door.post(door.id(false), "payout=1"),
                    door -> door.post(Feed.S2S, "nobody", "clickid=" + door.click()),
                    door -> door.post(Feed.S2S, "net", "payout=1"),
                    door -> door.post(Feed.S2S, "net", "clickid={x}"),
                    door ->
                            door.submit(
                                    door.postback(
                                            Feed.S2S,
                                            "net",
                                            Params.ofQuery("clickid=" + door.click()),
                                            Reason.TOO_LARGE)));

    private static Outcome twice(Door door, String first, String second) {
        var click = door.click();
        door.post(click, first);
        return door.post(click, second);
    }

    private static Outcome unrecorded(Door door) {
        return door.post(door.id(true), "payout=1");
    }

    private static Outcome ambiguous(Door door) {
        var click = door.click();
        door.post(click, "txid=A1");
        door.post(click, "txid=A2");
        return door.post(click, "payout=1&currency=EUR&event_time=2026-03-01T12:00:00Z");
    }

    private static Outcome browserFirst(Door door) {
        var click = door.click();
        door.pixel(click, "payout=1");
        return door.post(click, "payout=1");
    }

    private static Outcome browserLate(Door door) {
        var click = door.click();
        door.post(click, "payout=1");
        return door.pixel(click, "payout=1");
    }

    private static Outcome limited(Door door) {
        door.set(Samples.limited("net", 100_000_000));
        door.set(Samples.rate("EUR", "1.08"));
        return door.post(door.click(), "payout=1&currency=EUR&event=ftd");
    }

    private static Outcome secured(Door door) {
        door.set(
                Samples.secured(
                        "net",
                        new Security(
                                List.of(door.fingerprints.of("secret")), List.of("10.0.0.0/8"))));
        return door.post(door.click(), "token=secret");
    }

    private static Outcome browserWithoutProof(Door door) {
        var secured =
                Samples.secured(
                        "net", new Security(List.of(door.fingerprints.of("secret")), List.of()));
        door.set(secured.with(new BrowserRule(true, false)));
        return door.pixel(door.click(), "payout=1");
    }

    private static Outcome secretPath(Door door) {
        var key = new SecretPath.Key(door.fingerprints.of("secret"), 0, null);
        door.set(
                Samples.secured(
                        "net",
                        new Security(List.of(), List.of(), null, new SecretPath(List.of(key)))));
        return door.post(door.click(), "token=secret");
    }

    private static Outcome capped(Door door, int perDay) {
        door.set(Samples.offer("offer", "net").with(new ConversionCap(perDay, null), Map.of()));
        door.post(door.click(), "payout=1");
        return door.post(door.click(), "payout=1");
    }

    @Test
    void a_cap_tells_whether_a_place_was_left() {
        assertThat(texts(capped(door, 1)))
                .contains("No place is left of offer 'offer' on 2026-03-01");
        assertThat(texts(capped(new Door(), 2)))
                .contains("It has a place of offer 'offer' on 2026-03-01");
    }

    private static Outcome withoutSender(Door door) {
        door.set(Samples.offer("offer", null));
        return door.post(door.click(), "payout=1");
    }

    private static Outcome reviewed(Door door) {
        door.post(door.click(), "payout=1&status=frozen");
        return door.review(
                door.postbacks().getLast(),
                Verdict.APPROVE,
                new Correction(Status.APPROVED, "", null, "", ""));
    }

    private static Outcome mapped(Door door) {
        door.set(Samples.mapped("net", Map.of("ftd", "event:deposit")));
        return door.post(door.click(), "status=ftd&payout=abc");
    }

    private static Outcome shared(Door door) {
        var share = new PayoutRule(PayoutRule.Kind.SHARE_OF_PAYOUT, 50_000_000);
        door.set(Samples.sender("net").with(share, DuplicateRule.ADD_UP));
        return twice(door, "txid=A1&payout=10", "txid=A2&payout=20");
    }

    private static Outcome silent(Door door) {
        door.set(AnnouncingTest.destination("shop", Destination.Moment.REVERSED));
        return door.post(door.click(), "payout=1&status=pending");
    }

    @Test
    void who_is_not_told_is_named_with_why() {
        assertThat(texts(silent(door)))
                .endsWith(
                        "Decision: counted, new_conversion",
                        "The traffic source is not told: it hears of a first approval alone",
                        "hook:shop is not told: it does not hear of this");
    }

    @Test
    void a_share_and_a_sum_are_told_of() {
        assertThat(texts(shared(door)))
                .contains(
                        "Duplicate rule of the sender: add_up",
                        "10.00 USD is 50 % of 20.00 USD",
                        "Payout 10.00 USD, a share by the sender's rule",
                        "Added to what it earned before: from 5.00 USD to 15.00 USD");
    }

    @Test
    void every_kind_of_step_is_taken_by_some_way() {
        Set<StepKind> taken = EnumSet.noneOf(StepKind.class);
        for (var way : WAYS) {
            var fresh = new Door();
            taken.addAll(kinds(way.apply(fresh)));
        }
        // Those of signatures, failures, replays and tests have tests of their own; a check that
        // nobody has answered yet is seen in no outcome of a host that decides at once.
        taken.addAll(
                EnumSet.of(
                        StepKind.SIGNATURE_RIGHT,
                        StepKind.FAILED,
                        StepKind.TXID_ASKED,
                        StepKind.CAP_ASKED,
                        StepKind.DECIDED_AGAIN,
                        StepKind.PROOF_KEPT,
                        StepKind.DELIVERY_KEPT_BACK,
                        StepKind.TEST,
                        StepKind.PROOF_NOT_TESTED));
        // AppleTest
        taken.addAll(AppleTest.STEPS);

        assertThat(taken).isEqualTo(EnumSet.allOf(StepKind.class));
    }
}
