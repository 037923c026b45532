package matchback.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import matchback.attribute.testing.Door;
import matchback.attribute.testing.LooseHost;
import matchback.attribute.testing.Sums;
import matchback.ledger.Event.PostbackReceived;
import matchback.ledger.Outcome;
import matchback.model.ClickId;
import matchback.model.Feed;
import matchback.model.Params;
import matchback.model.Reason;
import matchback.model.Subject;
import matchback.model.trace.Step;
import matchback.model.trace.StepKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The answer to a check may take its time, and other reports come in between.
final class ChecksTest {
    private final Door door = new Door();
    private final LooseHost host =
            new LooseHost(new Rules(RulesConfig.DEFAULT), door.ledger::catalog);

    private ClickId click() {
        var id = door.id(false);
        host.fold(door.click(id, "offer", "", false));
        return id;
    }

    private PostbackReceived postback(ClickId click, String query) {
        return door.postback(Feed.S2S, "", Params.ofQuery("clickid=" + click + '&' + query), null);
    }

    private Outcome fold(PostbackReceived postback) {
        return Objects.requireNonNull(host.fold(postback));
    }

    private Outcome current(PostbackReceived postback) {
        return host.state(postback.subject()).report(postback.recordId()).orElseThrow().outcome();
    }

    @Test
    void a_new_txid_is_pending_until_the_answer_comes() {
        var report = postback(click(), "txid=A1&payout=3");

        var first = fold(report);
        var asked = current(report);
        host.settle();

        assertThat(first.reason()).isEqualTo(Reason.CHECK_PENDING);
        assertThat(asked).isEqualTo(first);
        assertThat(current(report).reason()).isEqualTo(Reason.NEW_CONVERSION);
        assertThat(host.state(report.subject()).pending(report.recordId())).isEmpty();
        assertThat(Sums.of(host.facts()).decisions()).isEqualTo(Map.of("counted", 1L));
    }

    @Test
    void the_same_report_twice_while_pending_counts_once() {
        var click = click();
        var one = postback(click, "txid=A1");
        var two = postback(click, "txid=A1");

        fold(one);
        fold(two);
        host.settle();

        assertThat(current(one).reason()).isEqualTo(Reason.NEW_CONVERSION);
        assertThat(current(two).reason()).isEqualTo(Reason.DUPLICATE_TRANSACTION);
        assertThat(host.state(Subject.click(click)).conversions()).hasSize(1);
    }

    @Test
    void a_pixel_that_comes_while_pending_is_adopted() {
        var click = click();
        var withTxid = postback(click, "txid=A1&payout=3");
        var pixel = door.postback(Feed.PIXEL, "", Params.ofQuery("clickid=" + click), null);

        fold(withTxid);
        door.pass(Duration.ofSeconds(1));
        var counted = fold(pixel);
        host.settle();

        assertThat(counted.reason()).isEqualTo(Reason.NEW_CONVERSION);
        assertThat(current(withTxid).reason()).isEqualTo(Reason.COMPLETED);
        assertThat(host.state(Subject.click(click)).conversions()).hasSize(1);
    }

    @Test
    void of_two_clicks_at_once_one_gets_the_txid() {
        var one = postback(click(), "txid=A1");
        var two = postback(click(), "txid=A1");

        fold(one);
        fold(two);
        host.settle();

        assertThat(current(one).reason()).isEqualTo(Reason.NEW_CONVERSION);
        assertThat(current(two).reason()).isEqualTo(Reason.DUPLICATE_TRANSACTION_OTHER_CLICK);
    }

    @Test
    void checks_and_answers_that_come_twice_change_nothing() {
        var report = postback(click(), "txid=A1");
        fold(report);
        var check = host.waiting().getFirst();
        host.fold(check);
        var checked = host.waiting().getLast();
        host.settle();
        int facts = host.facts().size();

        host.fold(checked);
        host.fold(check);
        host.settle();
        host.fold(report);
        host.settle();

        assertThat(host.facts()).hasSize(facts);
        assertThat(current(report).reason()).isEqualTo(Reason.NEW_CONVERSION);
    }

    @Test
    void a_report_sent_again_while_pending_gets_the_same_answer() {
        var report = postback(click(), "txid=A1");
        var first = fold(report);

        var again = fold(report);

        assertThat(again).isEqualTo(first);
        assertThat(host.waiting()).hasSize(1);
    }

    @Test
    void a_pending_report_whose_deciding_fails_waits_for_a_person_whole() {
        var report = postback(click(), "txid=A1");
        fold(report);
        host.fold(host.waiting().removeFirst());
        var checked = host.waiting().removeFirst();

        var held = host.poison(checked);

        assertThat(held.reason()).isEqualTo(Reason.INTERNAL_ERROR);
        assertThat(held.steps()).containsExactly(Step.of(StepKind.FAILED));
        assertThat(current(report)).isEqualTo(held);
        assertThat(host.state(report.subject()).pending(report.recordId())).isEmpty();
        assertThat(host.state(report.subject()).held(report.recordId())).isPresent();
        assertThat(Sums.of(host.facts()).decisions()).isEqualTo(Map.of("held", 1L));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void in_any_order_of_answers_a_txid_is_counted_on_one_click(long seed) {
        var random = new SplittableRandom(seed);
        var clicks = List.of(click(), click(), click());
        var reports = new ArrayList<PostbackReceived>();

        for (int i = 0; i < 60; i++) {
            door.pass(Duration.ofMinutes(random.nextInt(10)));
            var click = clicks.get(random.nextInt(clicks.size()));
            int txid = random.nextInt(5);
            reports.add(postback(click, txid == 0 ? "" : "txid=T" + txid));
            host.fold(reports.getLast());
            for (int answers = random.nextInt(3); answers > 0; answers--) {
                answerOne(random);
            }
        }
        while (!host.waiting().isEmpty()) {
            answerOne(random);
        }

        var txids = new ArrayList<String>();
        for (var click : clicks) {
            for (var conversion : host.state(Subject.click(click)).conversions()) {
                txids.add(conversion.txid().isEmpty() ? "none " + click : conversion.txid());
            }
        }
        assertThat(txids).doesNotHaveDuplicates();
        assertThat(reports.stream().map(report -> current(report).reason()))
                .doesNotContain(Reason.CHECK_PENDING);
        assertThat(Sums.of(host.facts()).decisions().values().stream().mapToLong(n -> n).sum())
                .isEqualTo(reports.size());
        assertThat(Sums.of(host.facts()).conversions()).isEqualTo(txids.size());
    }

    static LongStream seeds() {
        var only = Long.getLong("seed");
        return only == null ? LongStream.rangeClosed(1, 100) : LongStream.of(only);
    }

    private void answerOne(SplittableRandom random) {
        if (!host.waiting().isEmpty()) {
            host.fold(host.waiting().remove(random.nextInt(host.waiting().size())));
        }
    }
}
