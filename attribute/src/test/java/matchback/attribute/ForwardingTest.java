package matchback.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import matchback.attribute.testing.Door;
import matchback.attribute.testing.Samples;
import matchback.attribute.testing.Sums;
import matchback.ledger.Event.PostbackReceived;
import matchback.ledger.Fact.Kind;
import matchback.ledger.Intent.OutboxEntry;
import matchback.model.Feed;
import matchback.model.Params;
import matchback.model.Reason;
import matchback.model.catalog.OldTracker;
import matchback.model.catalog.Sender;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Reports of clicks of the tracker that was used before.
final class ForwardingTest {
    private final Door door = new Door();

    private void oldTracker(String... senders) {
        door.set(
                new OldTracker(
                        "before",
                        "The one before",
                        "https://old.example/postback",
                        "2026-03-05",
                        List.of(senders),
                        false));
    }

    private PostbackReceived refused(String sender, Reason reason, String query) {
        return door.postback(Feed.S2S, sender, Params.ofQuery(query), reason);
    }

    private Reason reason(PostbackReceived postback) {
        return Objects.requireNonNull(door.submit(postback)).reason();
    }

    private List<OutboxEntry> outbox() {
        var entries = new ArrayList<OutboxEntry>();
        try (var snapshot = door.ledger.snapshot()) {
            snapshot.outbox("forward:before", entries::add);
        }
        return entries;
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {"FOREIGN_CLICK_ID", "MALFORMED_CLICK_ID", "TRUNCATED_CLICK_ID"})
    void are_stored_and_wait_for_it(Reason refusal) {
        oldTracker();
        var postback = refused("", refusal, "clickid=w123");

        assertThat(reason(postback)).isEqualTo(Reason.FORWARDED_FOREIGN);

        assertThat(outbox())
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.subject()).isEqualTo(postback.subject());
                    assertThat(entry.dueAt()).isEqualTo(postback.receivedAt());
                });
        assertThat(Sums.of(door.facts()).kind(Kind.DELIVERY)).hasSize(1);
        assertThat(door.state(postback.subject()).delivery(1).orElseThrow().cause())
                .isEqualTo(postback.recordId());
    }

    @Test
    void the_same_record_again_is_handed_on_once() {
        oldTracker();
        var postback = refused("", Reason.FOREIGN_CLICK_ID, "clickid=w123");
        reason(postback);

        assertThat(reason(postback)).isEqualTo(Reason.FORWARDED_FOREIGN);
        assertThat(outbox()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {"MISSING_CLICK_ID", "UNRESOLVED_MACRO", "FORGED_CLICK_ID", "RATE_LIMITED"})
    void what_is_wrong_in_another_way_is_not(Reason refusal) {
        oldTracker();

        assertThat(reason(refused("", refusal, ""))).isEqualTo(refusal);
        assertThat(outbox()).isEmpty();
    }

    @Test
    void it_ends_with_the_last_day() {
        oldTracker();
        door.pass(Duration.ofDays(5).minusHours(12).minusMillis(1));
        assertThat(reason(refused("", Reason.FOREIGN_CLICK_ID, "clickid=w1")))
                .isEqualTo(Reason.FORWARDED_FOREIGN);

        door.pass(Duration.ofMillis(1));
        assertThat(reason(refused("", Reason.FOREIGN_CLICK_ID, "clickid=w2")))
                .isEqualTo(Reason.FOREIGN_CLICK_ID);
    }

    @Test
    void only_of_the_senders_that_are_named() {
        door.set(Samples.sender("other"));
        oldTracker("net");

        assertThat(reason(refused("net", Reason.FOREIGN_CLICK_ID, "clickid=w1")))
                .isEqualTo(Reason.FORWARDED_FOREIGN);
        assertThat(reason(refused("other", Reason.FOREIGN_CLICK_ID, "clickid=w1")))
                .isEqualTo(Reason.FOREIGN_CLICK_ID);
        assertThat(reason(refused("", Reason.FOREIGN_CLICK_ID, "clickid=w1")))
                .isEqualTo(Reason.FOREIGN_CLICK_ID);
    }

    @Test
    void who_does_not_prove_itself_has_nothing_handed_on() {
        oldTracker();
        var right = door.fingerprints.of("secret-word");
        door.set(Samples.secured("net", new Sender.Security(List.of(right), List.of(), null)));

        assertThat(reason(refused("net", Reason.FOREIGN_CLICK_ID, "clickid=w1&token=guess")))
                .isEqualTo(Reason.FOREIGN_CLICK_ID);
        assertThat(reason(refused("nobody", Reason.FOREIGN_CLICK_ID, "clickid=w1")))
                .isEqualTo(Reason.FOREIGN_CLICK_ID);
        assertThat(outbox()).isEmpty();
        assertThat(reason(refused("net", Reason.FOREIGN_CLICK_ID, "clickid=w1&token=secret-word")))
                .isEqualTo(Reason.FORWARDED_FOREIGN);
    }
}
