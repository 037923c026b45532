package matchback.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import matchback.console.testing.TestingConsole;
import matchback.console.testing.Traffic;
import matchback.ledger.state.SubjectState;
import matchback.model.ClickId;
import matchback.model.RecordId;
import matchback.model.Subject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Held postbacks that nobody has decided in time.
final class RuleReviewTest {
    private static final String SENDER = "/api/v1/senders/net";

    private final TestingConsole console = new TestingConsole();
    private final Traffic traffic = new Traffic(console);
    private final RuleReview reviews = new RuleReview(console.context());
    private final AtomicInteger made = new AtomicInteger();

    @AfterEach
    void close() {
        console.close();
    }

    private void rules(String rules) {
        var reply = console.put(SENDER, "{\"payoutLimit\":100,\"reviewRules\":[" + rules + "]}");
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    }

    /// A postback over the sender's limit.
    private RecordId held(ClickId click) {
        var record =
                traffic.postback(click, "payout=500&txid=T" + made.incrementAndGet()).recordId();
        console.awaitColumns();
        return record;
    }

    private int runAfter(Duration time) {
        console.clock.advance(time);
        int decided = reviews.run();
        console.awaitColumns();
        return decided;
    }

    private String reason(ClickId click, RecordId record) {
        try (var snapshot = console.ledger.snapshot()) {
            var subject = Subject.click(click);
            return new SubjectState(snapshot.state(subject), subject)
                    .report(record)
                    .orElseThrow()
                    .outcome()
                    .reason()
                    .code();
        }
    }

    private int deliveries(ClickId click) {
        return console.get("/api/v1/clicks/" + click).json().path("deliveries").size();
    }

    @Test
    void without_a_rule_they_wait_for_a_person() {
        rules("");
        var click = traffic.click();
        var record = held(click);

        assertThat(runAfter(Duration.ofDays(365))).isZero();
        assertThat(reason(click, record)).isEqualTo("amount_over_limit");
    }

    @Test
    void what_is_due_is_approved_and_told_and_not_before() {
        rules("{\"reason\":\"amount_over_limit\",\"afterHours\":24,\"verdict\":\"approve\"}");
        var click = traffic.click();
        var record = held(click);

        int early = runAfter(Duration.ofHours(24));
        int before = deliveries(click);
        int late = runAfter(Duration.ofMillis(1));

        assertThat(early).isZero();
        assertThat(before).isZero();
        assertThat(late).isEqualTo(1);
        assertThat(reason(click, record)).isEqualTo("new_conversion");
        assertThat(deliveries(click)).isEqualTo(1);
        assertThat(runAfter(Duration.ofDays(1))).isZero();
    }

    @Test
    void the_postbacks_story_says_that_the_rule_decided_it() {
        rules("{\"reason\":\"amount_over_limit\",\"afterHours\":48,\"verdict\":\"reject\"}");
        var click = traffic.click();
        var record = held(click);

        runAfter(Duration.ofDays(3));

        assertThat(reason(click, record)).isEqualTo("rejected_in_review");
        var review =
                console.get("/api/v1/postbacks/" + record + "?clickId=" + click)
                        .json()
                        .path("review");
        assertThat(review.path("by").asText()).isEqualTo("rule:net");
        assertThat(review.path("verdict").asText()).isEqualTo("reject");
        assertThat(review.path("note").asText())
                .isEqualTo("held as amount_over_limit for 48 hours");
    }

    @Test
    void a_rule_is_for_its_reason_alone() {
        rules("{\"reason\":\"amount_over_limit\",\"afterHours\":1,\"verdict\":\"reject\"}");
        var click = traffic.click();
        var other = traffic.postback(click, "payout=5&status=strange").recordId();
        console.awaitColumns();

        assertThat(runAfter(Duration.ofDays(1))).isZero();
        assertThat(reason(click, other)).isEqualTo("unknown_status");
    }

    @Test
    void what_must_be_known_first_is_tried_again_when_the_catalog_has_changed_and_not_before() {
        var rule = "{\"reason\":\"unknown_status\",\"afterHours\":1,\"verdict\":\"approve\"}";
        rules(rule);
        var click = traffic.click();
        var record = traffic.postback(click, "payout=5&status=strange").recordId();
        console.awaitColumns();

        int unknown = runAfter(Duration.ofDays(1));
        long records = ledgerRecords(click);
        runAfter(Duration.ofDays(1));
        long after = ledgerRecords(click);
        console.put(
                SENDER, "{\"statuses\":{\"strange\":\"approved\"},\"reviewRules\":[" + rule + "]}");
        int known = runAfter(Duration.ofDays(1));

        assertThat(unknown).isZero();
        assertThat(after).isEqualTo(records);
        assertThat(known).isEqualTo(1);
        assertThat(reason(click, record)).isEqualTo("new_conversion");
    }

    private long ledgerRecords(ClickId click) {
        try (var snapshot = console.ledger.snapshot()) {
            int bucket = Subject.click(click).bucket();
            return snapshot.entries(bucket, 0, Integer.MAX_VALUE).size();
        }
    }

    @Test
    void many_are_decided_in_one_run() {
        rules("{\"reason\":\"amount_over_limit\",\"afterHours\":1,\"verdict\":\"approve\"}");
        for (int i = 0; i < 620; i++) {
            traffic.postback(traffic.click(), "payout=500&txid=T" + i);
        }
        console.awaitColumns();

        assertThat(runAfter(Duration.ofHours(2))).isEqualTo(620);
        assertThat(runAfter(Duration.ofHours(2))).isZero();
    }
}
