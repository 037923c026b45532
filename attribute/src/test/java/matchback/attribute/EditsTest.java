package matchback.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import matchback.attribute.testing.Door;
import matchback.attribute.testing.Samples;
import matchback.attribute.testing.Sums;
import matchback.ledger.Correction;
import matchback.ledger.replay.ReplayProgress;
import matchback.ledger.replay.ReplayRequest;
import matchback.ledger.state.ConversionState;
import matchback.model.ClickId;
import matchback.model.Money;
import matchback.model.Reason;
import matchback.model.RecordId;
import matchback.model.Status;
import matchback.model.Subject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A person's word on a conversion.
final class EditsTest {
    private final Door door = new Door();
    private final ClickId click = door.click();

    /// Whatever was edited, folding all of it again gives the same.
    @AfterEach
    void rebuild() {
        HistoryTest.checkRebuild(door);
    }

    private ConversionState conversion() {
        return door.state(click).conversions().getFirst();
    }

    private RecordId reported(String query) {
        door.post(click, query);
        return conversion().recordId();
    }

    private static Correction status(Status status) {
        return new Correction(status, "", null, "", "");
    }

    private static Correction payout(long micros) {
        return new Correction(null, "", micros, "", "");
    }

    private static Correction transaction(String eventType, String txid) {
        return new Correction(null, eventType, null, "", txid);
    }

    private long revenue() {
        return Sums.of(door.facts()).revenue();
    }

    @Test
    void changes_what_it_names_leaves_the_rest_and_stands_in_the_history() {
        var id = reported("txid=A1&payout=5&status=pending");
        var correction = new Correction(Status.APPROVED, "deposit", 7_000_000L, "", "B1");
        var edit = door.edited(click, id, correction, 70_000_000L);

        door.submit(edit);

        var after = conversion();
        assertThat(after.id()).isEqualTo(id.toString());
        assertThat(after.status()).isEqualTo(Status.APPROVED);
        assertThat(after.eventType()).isEqualTo("deposit");
        assertThat(after.payout()).isEqualTo(new Money(7_000_000, "USD"));
        assertThat(after.value()).isEqualTo(new Money(70_000_000, "USD"));
        assertThat(after.txid()).isEqualTo("B1");
        assertThat(after.changes()).hasSize(2);
        assertThat(after.changes().getLast().reason()).isEqualTo(Reason.EDITED);
        assertThat(after.changes().getLast().recordId()).isEqualTo(edit.recordId());
        assertThat(door.state(click).edit(edit.recordId())).contains(edit);
        assertThat(revenue()).isEqualTo(7_000_000);
        assertThat(Sums.of(door.facts()).decisions()).isEqualTo(Map.of("counted", 1L));
    }

    @Test
    void the_same_record_again_changes_nothing_more() {
        var id = reported("txid=A1&payout=5");
        var edit = door.edited(click, id, payout(7_000_000), null);
        door.submit(edit);
        door.post(click, "txid=A1&payout=6");

        door.submit(edit);

        assertThat(conversion().payout().micros()).isEqualTo(6_000_000);
        assertThat(conversion().changes()).hasSize(3);
    }

    @Test
    void what_is_so_already_leaves_no_trace() {
        var id = reported("txid=A1&payout=5");
        var before = door.facts();

        door.edit(click, id, new Correction(Status.APPROVED, "sale", 5_000_000L, "USD", "A1"));
        door.edit(click, id, Correction.NONE);
        door.edit(click, new RecordId(1, 2), payout(1));

        assertThat(conversion().changes()).hasSize(1);
        assertThat(door.facts()).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void a_later_report_follows_the_usual_transitions_from_there() {
        var id = reported("txid=A1&payout=5");
        door.edit(click, id, status(Status.PENDING));

        var approved = door.post(click, "txid=A1&payout=5").reason();
        door.edit(click, id, status(Status.REJECTED));
        var pending = door.post(click, "txid=A1&payout=5&status=pending").reason();
        var again = door.post(click, "txid=A1&payout=5").reason();

        assertThat(approved).isEqualTo(Reason.STATUS_CHANGED);
        assertThat(pending).isEqualTo(Reason.STALE_STATUS);
        assertThat(again).isEqualTo(Reason.STATUS_CHANGED);
    }

    @Test
    void a_reversal_of_an_edited_one_takes_back_the_edited_payout() {
        var id = reported("txid=A1&payout=5");
        door.edit(click, id, payout(7_000_000));
        var edited = revenue();

        door.post(click, "txid=A1&status=chargeback");

        assertThat(edited).isEqualTo(7_000_000);
        assertThat(revenue()).isZero();
    }

    @Test
    void a_person_may_reverse_it_correct_the_amount_of_what_is_reversed_and_undo_it() {
        var id = reported("txid=A1&payout=5");
        door.pass(Duration.ofDays(3));
        door.edit(click, id, status(Status.REVERSED));
        var reversed = conversion();
        door.edit(click, id, payout(7_000_000));
        long taken = revenue();
        door.edit(click, id, status(Status.APPROVED));

        assertThat(reversed.reversedAt()).isEqualTo(door.now());
        assertThat(taken).isZero();
        assertThat(revenue()).isEqualTo(7_000_000);
        assertThat(conversion().reversal()).isNull();
        var again = door.post(click, "txid=A1&status=chargeback");
        assertThat(again.reason()).isEqualTo(Reason.STATUS_CHANGED);
        assertThat(revenue()).isZero();
    }

    @Test
    void a_replay_keeps_what_a_person_said() {
        var id = reported("txid=A1&payout=5&status=pending");
        door.pass(Duration.ofMinutes(1));
        door.edit(click, id, new Correction(Status.APPROVED, "", 7_000_000L, "", "B1"));
        door.pass(Duration.ofMinutes(1));
        door.post(click, "txid=B1&value=70");
        var before = conversion();
        door.set(Samples.mapped("net", Map.of("pending", "rejected")));

        replay();

        var after = conversion();
        assertThat(after.status()).isEqualTo(Status.APPROVED);
        assertThat(after.payout()).isEqualTo(before.payout());
        assertThat(after.value()).isEqualTo(before.value());
        assertThat(after.txid()).isEqualTo("B1");
        assertThat(after.changes().getFirst().status()).isEqualTo(Status.REJECTED);
        assertThat(after.changes().get(1).reason()).isEqualTo(Reason.EDITED);
        assertThat(revenue()).isEqualTo(7_000_000);
    }

    private void replay() {
        var replay = door.replay(new Rules(RulesConfig.DEFAULT));
        var request = new ReplayRequest(0, Long.MAX_VALUE, Set.of(), Set.of(), false, "tester", "");
        var preview = replay.preview(replay.newId(), request, new ReplayProgress());
        assertThat(replay.apply(preview, new ReplayProgress()).left()).isEmpty();
    }

    @Test
    void a_rejection_takes_it_out_of_the_sums_and_an_approval_brings_it_back() {
        var id = reported("txid=A1&payout=5");

        door.edit(click, id, status(Status.REJECTED));
        var rejected = Sums.of(door.facts());
        door.edit(click, id, status(Status.APPROVED));

        assertThat(rejected.conversions()).isZero();
        assertThat(rejected.revenue()).isZero();
        assertThat(revenue()).isEqualTo(5_000_000);
    }

    @Test
    void a_first_approval_by_a_person_is_told_to_the_source_and_a_further_one_is_not() {
        var id = reported("txid=A1&payout=5&status=pending");
        int before = door.state(click).deliveries().size();

        door.edit(click, id, status(Status.APPROVED));
        var told = door.state(click).deliveries();
        door.edit(click, id, status(Status.REJECTED));
        door.edit(click, id, status(Status.APPROVED));

        assertThat(before).isZero();
        assertThat(told).hasSize(1);
        assertThat(told.getFirst().values()).containsEntry("payout", "5.00");
        assertThat(door.state(click).deliveries()).hasSize(1);
    }

    @Test
    void another_currency_is_worth_what_its_rate_says_and_without_a_rate_nothing_changes() {
        door.set(Samples.rate("EUR", "1.1"));
        var id = reported("txid=A1&payout=5");

        door.edit(click, id, new Correction(null, "", 10_000_000L, "EUR", ""));
        var inEuro = conversion();
        door.edit(click, id, new Correction(null, "", 10_000_000L, "GBP", ""));

        assertThat(inEuro.payout()).isEqualTo(new Money(10_000_000, "EUR"));
        assertThat(inEuro.revenueMicros()).isEqualTo(11_000_000);
        assertThat(conversion()).isEqualTo(inEuro);
    }

    @Test
    void its_earlier_txid_still_leads_to_it() {
        var id = reported("txid=A1&payout=5&status=pending");
        door.edit(click, id, transaction("", "B1"));

        var byOld = door.post(click, "txid=A1&payout=5&status=approved").reason();
        var byNew = door.post(click, "txid=B1&payout=5&status=rejected").reason();

        assertThat(byOld).isEqualTo(Reason.STATUS_CHANGED);
        assertThat(byNew).isEqualTo(Reason.STATUS_CHANGED);
        assertThat(door.state(click).conversions()).hasSize(1);
    }

    @Test
    void its_earlier_type_still_leads_to_it() {
        var withId = reported("txid=A1&payout=5");
        door.edit(click, withId, transaction("deposit", ""));

        var resent = door.post(click, "txid=A1&payout=5").reason();
        var asEdited = door.post(click, "txid=A1&payout=5&event=deposit").reason();

        assertThat(resent).isEqualTo(Reason.DUPLICATE_TRANSACTION);
        assertThat(asEdited).isEqualTo(Reason.DUPLICATE_TRANSACTION);
        assertThat(door.state(click).conversions()).hasSize(1);
    }

    @Test
    void without_any_txid_its_earlier_type_still_leads_to_it() {
        var id = reported("payout=5");
        door.edit(click, id, transaction("deposit", ""));

        var resent = door.post(click, "payout=5").reason();
        var asEdited = door.post(click, "payout=5&event=deposit").reason();

        assertThat(resent).isEqualTo(Reason.DUPLICATE_REPORT);
        assertThat(asEdited).isEqualTo(Reason.DUPLICATE_REPORT);
    }

    @Test
    void a_txid_that_another_conversion_of_the_click_has_is_not_taken() {
        var id = reported("txid=A1&payout=5");
        door.post(click, "txid=A2&payout=5");

        door.edit(click, id, transaction("", "A2"));

        assertThat(conversion().txid()).isEqualTo("A1");
    }

    @Test
    void a_new_txid_is_the_clicks_from_then_on() {
        var id = reported("txid=A1&payout=5");
        door.edit(click, id, transaction("", "B1"));

        var other = door.post(door.click(), "txid=B1");

        assertThat(other.reason()).isEqualTo(Reason.DUPLICATE_TRANSACTION_OTHER_CLICK);
        assertThat(owner("B1")).isEqualTo(Subject.click(click));
    }

    private @Nullable Subject owner(String txid) {
        return door.state(Subject.transaction("net", txid)).owner().orElse(null);
    }

    @Test
    void a_value_alone_can_be_edited() {
        var id = reported("txid=A1&payout=5&value=50");

        door.submit(door.edited(click, id, Correction.NONE, 0L));

        assertThat(Objects.requireNonNull(conversion().value()).micros()).isZero();
        assertThat(conversion().payout().micros()).isEqualTo(5_000_000);
    }
}
