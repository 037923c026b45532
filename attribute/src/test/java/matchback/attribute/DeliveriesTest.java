package matchback.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import matchback.attribute.testing.Door;
import matchback.attribute.testing.Samples;
import matchback.attribute.testing.Sums;
import matchback.ledger.Column;
import matchback.ledger.Event.AttemptResult;
import matchback.ledger.Event.DeliveryAttempted;
import matchback.ledger.Fact.Kind;
import matchback.ledger.Intent.OutboxEntry;
import matchback.ledger.state.DeliveryState;
import matchback.ledger.state.DeliveryState.Progress;
import matchback.model.ClickId;
import matchback.model.Macros;
import matchback.model.Subject;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class DeliveriesTest {
    private final Door door = new Door();

    private List<OutboxEntry> outbox() {
        var entries = new ArrayList<OutboxEntry>();
        door.ledger.snapshot().outbox("source:src", entries::add);
        return entries;
    }

    private DeliveryState delivery(ClickId click) {
        return door.state(click).delivery(1).orElseThrow();
    }

    @Test
    void a_counted_conversion_is_due_at_once_at_its_source() {
        var click = door.click();

        var outcome =
                door.post(
                        click,
                        "txid=A1&payout=12.5&value=99.999&event=deposit&event_time="
                                + (Door.START / 1000 - 60));

        assertThat(outcome.deliveries()).isEqualTo(1);
        assertThat(outbox())
                .containsExactly(
                        new OutboxEntry("source:src", Door.START, Subject.click(click), 1));
        var delivery = delivery(click);
        assertThat(delivery.progress()).isEqualTo(Progress.WAITING);
        assertThat(delivery.values().keySet()).isEqualTo(Macros.CONVERSION);
        assertThat(delivery.values())
                .containsEntry("clickid", click.text())
                .containsEntry("externalid", "ext-1")
                .containsEntry("campaign", "campaign1")
                .containsEntry("source", "src")
                .containsEntry("offer", "offer")
                .containsEntry("creative", "cr-1")
                .containsEntry("cost", "0.25")
                .containsEntry("sub1", "zone 7")
                .containsEntry("sub2", "")
                .containsEntry("payout", "12.50")
                .containsEntry("currency", "USD")
                .containsEntry("value", "99.999")
                .containsEntry("txid", "A1")
                .containsEntry("event", "deposit")
                .containsEntry("status", "approved")
                .containsEntry("event_id", outcome.conversionId())
                .containsEntry("conversion_id", outcome.conversionId())
                .containsEntry("click_time", Long.toString(Door.START / 1000))
                .containsEntry("conversion_time", Long.toString(Door.START / 1000 - 60));
        var row = Sums.of(door.facts()).kind(Kind.DELIVERY).getFirst();
        assertThat(row.texts())
                .containsEntry(Column.DESTINATION, "source:src")
                .containsEntry(Column.DELIVERY_STATE, "waiting")
                .containsEntry(Column.CAMPAIGN, "campaign1");
        assertThat(row.index()).isEqualTo(11);
    }

    @Test
    void pending_held_rejected_and_reversed_conversions_are_not_sent() {
        door.post(door.click(), "txid=A1&status=pending");
        door.post(door.click(), "txid=A2&status=foo");
        door.post(door.click(), "txid=A3&status=rejected");
        door.post(door.click(), "txid=A4&status=refund");

        assertThat(outbox()).isEmpty();
    }

    @Test
    void only_the_first_approval_is_sent() {
        var click = door.click();
        door.post(click, "txid=A1&status=pending");
        var approved = door.post(click, "txid=A1&status=approved");
        door.post(click, "txid=A1&status=rejected");
        var again = door.post(click, "txid=A1&status=approved");

        assertThat(approved.deliveries()).isEqualTo(1);
        assertThat(again.deliveries()).isZero();
        assertThat(outbox()).hasSize(1);
    }

    @Test
    void each_conversion_of_a_click_is_sent() {
        var click = door.click();
        door.post(click, "txid=A1");
        door.post(click, "txid=A2");

        assertThat(outbox()).hasSize(2);
        assertThat(door.state(click).deliveries()).hasSize(2);
    }

    @Test
    void a_source_without_a_postback_hears_nothing() {
        door.set(Samples.source("src", null));

        var outcome = door.post(door.click(), "txid=A1");

        assertThat(outcome.deliveries()).isZero();
        assertThat(door.ledger.snapshot().outboxDestinations()).isEmpty();
    }

    @Test
    void the_browsers_event_id_is_sent_when_it_is_known_and_then_stays() {
        var click = door.click();
        door.post(click, "txid=A1&status=lead&event_id=S1");
        door.pixel(click, "event_id=B1");

        door.post(click, "txid=A1&status=sale");
        door.pixel(click, "event_id=B2");

        assertThat(delivery(click).eventId()).isEqualTo("B1");
        assertThat(door.state(click).conversions().getFirst().outboundEventId()).isEqualTo("B1");
    }

    @Nested
    class An_attempt {
        private final ClickId click = door.click();
        private final DeliveryAttempted retry;

        An_attempt() {
            door.post(click, "txid=A1");
            retry = attempt(1, AttemptResult.RETRY, Duration.ofSeconds(5));
        }

        private DeliveryAttempted attempt(int number, AttemptResult result, Duration next) {
            return new DeliveryAttempted(
                    door.nextRecord(),
                    door.now(),
                    door.ledger.catalog().version(),
                    Subject.click(click),
                    1,
                    number,
                    result,
                    "https://source.example/pb",
                    result == AttemptResult.DELIVERED ? 200 : 503,
                    "answer",
                    12,
                    next.isZero() ? 0 : door.now() + next.toMillis());
        }

        @Test
        void that_is_retried_moves_the_delivery_in_the_outbox() {
            door.submit(retry);

            assertThat(outbox())
                    .containsExactly(
                            new OutboxEntry(
                                    "source:src", Door.START + 5000, Subject.click(click), 1));
            assertThat(delivery(click).attemptsMade()).isEqualTo(1);
            assertThat(delivery(click).dueAt()).isEqualTo(Door.START + 5000);
        }

        @Test
        void that_succeeds_ends_it() {
            door.submit(retry);
            door.pass(Duration.ofSeconds(5));
            door.submit(attempt(2, AttemptResult.DELIVERED, Duration.ZERO));

            assertThat(outbox()).isEmpty();
            assertThat(delivery(click).progress()).isEqualTo(Progress.DELIVERED);
            assertThat(delivery(click).dueAt()).isZero();
            assertThat(delivery(click).attempts()).hasSize(2);
            var row = Sums.of(door.facts()).kind(Kind.DELIVERY).getFirst();
            assertThat(row.texts()).containsEntry(Column.DELIVERY_STATE, "delivered");
            assertThat(row.numbers())
                    .containsEntry(Column.ATTEMPTS, 2L)
                    .containsEntry(Column.HTTP_STATUS, 200L)
                    .doesNotContainKey(Column.NEXT_AT);
        }

        @Test
        void that_is_the_last_ends_it_as_a_dead_letter() {
            door.submit(attempt(1, AttemptResult.DEAD, Duration.ZERO));

            assertThat(outbox()).isEmpty();
            assertThat(delivery(click).progress()).isEqualTo(Progress.DEAD);
        }

        @Test
        void that_finds_the_destination_parked_burns_no_try() {
            door.submit(attempt(1, AttemptResult.PARKED, Duration.ofMinutes(5)));

            assertThat(delivery(click).attemptsMade()).isZero();
            assertThat(delivery(click).attempts()).hasSize(1);
            assertThat(outbox())
                    .extracting(OutboxEntry::dueAt)
                    .containsExactly(Door.START + 300_000);
        }

        @Test
        void that_is_told_twice_counts_once() {
            door.submit(retry);
            int facts = door.facts().size();

            door.submit(retry);
            door.submit(attempt(1, AttemptResult.DEAD, Duration.ZERO));

            assertThat(door.facts()).hasSize(facts);
            assertThat(delivery(click).attempts()).hasSize(1);
            assertThat(delivery(click).progress()).isEqualTo(Progress.WAITING);
        }

        @Test
        void after_the_end_changes_nothing() {
            door.submit(attempt(1, AttemptResult.DELIVERED, Duration.ZERO));
            door.submit(attempt(2, AttemptResult.RETRY, Duration.ofSeconds(5)));

            assertThat(outbox()).isEmpty();
            assertThat(delivery(click).progress()).isEqualTo(Progress.DELIVERED);
        }

        @Test
        void is_one_of_the_thirty_that_are_kept() {
            for (int i = 0; i < 40; i++) {
                door.pass(Duration.ofMinutes(5));
                door.submit(attempt(1, AttemptResult.PARKED, Duration.ofMinutes(5)));
            }

            assertThat(delivery(click).attempts()).hasSize(30);
            assertThat(outbox()).hasSize(1);
        }
    }
}
