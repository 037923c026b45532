package matchback.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import matchback.attribute.testing.Door;
import matchback.ledger.Column;
import matchback.ledger.Correction;
import matchback.ledger.Event.Suspected;
import matchback.ledger.Fact.Kind;
import matchback.ledger.Verdict;
import matchback.model.ClickId;
import matchback.model.FraudCheck;
import matchback.model.Reason;
import matchback.model.RecordId;
import matchback.model.Subject;
import matchback.model.catalog.Quarantine;
import matchback.model.catalog.Validation;
import matchback.model.catalog.Validation.Mode;
import matchback.model.catalog.Validation.Rule;
import org.junit.jupiter.api.Test;

/// What validation found, and publishers in quarantine, in the rules.
final class QuarantineTest {
    private static final String EVIDENCE = "41 of the last 64";

    private final Door door = new Door();

    static Quarantine quarantine() {
        return quarantine(0, Long.MAX_VALUE);
    }

    private static Quarantine quarantine(long from, long until) {
        return new Quarantine(
                "q", "Quarantine", "", "", "", "injection", EVIDENCE, from, until, false);
    }

    @Test
    void a_new_conversion_is_held_and_counts_once_a_person_lets_it() {
        door.set(quarantine());
        var click = door.click();

        var held = door.post(click, "payout=5&txid=A1");
        var report = door.postbacks().getLast();
        var released = door.review(report, Verdict.APPROVE, Correction.NONE);

        assertThat(held.reason()).isEqualTo(Reason.FRAUD_INJECTION);
        assertThat(held.detail()).isEqualTo(EVIDENCE);
        assertThat(held.deliveries()).isZero();
        assertThat(released.reason()).isEqualTo(Reason.NEW_CONVERSION);
        assertThat(door.facts())
                .filteredOn(fact -> fact.kind() == Kind.POSTBACK)
                .extracting(fact -> fact.texts().get(Column.HELD_AS))
                .contains("fraud_injection");
        HistoryTest.checkRebuild(door);
    }

    @Test
    void what_was_counted_before_goes_on_as_ever() {
        var click = door.click();
        door.post(click, "payout=5&txid=A1&status=lead");
        door.set(quarantine());

        var approved = door.post(click, "payout=5&txid=A1");

        assertThat(approved.reason()).isEqualTo(Reason.STATUS_CHANGED);
    }

    @Test
    void it_holds_from_its_beginning_to_its_end() {
        door.set(quarantine(door.now() + 1000, door.now() + 2000));

        var before = door.post(door.click(), "txid=A1");
        door.pass(Duration.ofSeconds(1));
        var within = door.post(door.click(), "txid=A2");
        door.pass(Duration.ofSeconds(1));
        var after = door.post(door.click(), "txid=A3");

        assertThat(before.reason()).isEqualTo(Reason.NEW_CONVERSION);
        assertThat(within.reason()).isEqualTo(Reason.FRAUD_INJECTION);
        assertThat(after.reason()).isEqualTo(Reason.NEW_CONVERSION);
    }

    @Test
    void within_two_seconds_of_the_click_it_is_held_only_where_that_is_wished() {
        var flagged = door.post(door.click(), "txid=A1");
        door.set(
                new Validation(
                        Validation.KEY,
                        "Validation",
                        "sub1",
                        Map.of("too_fast", new Rule(Mode.HOLD, 3, 1)),
                        24,
                        false));
        var fast = door.click();
        door.pass(Duration.ofMillis(1900));
        var held = door.post(fast, "payout=5&txid=A2");
        var slow = door.click();
        door.pass(Duration.ofSeconds(2));
        var counted = door.post(slow, "txid=A3");

        assertThat(flagged.reason()).isEqualTo(Reason.NEW_CONVERSION);
        assertThat(held.reason()).isEqualTo(Reason.FRAUD_TOO_FAST);
        assertThat(held.detail()).isEqualTo("it came 1.9 s after its click");
        assertThat(counted.reason()).isEqualTo(Reason.NEW_CONVERSION);
    }

    @Test
    void a_suspicion_stays_beside_the_conversion_whatever_becomes_of_it() {
        var click = door.click();
        door.post(click, "payout=5&txid=A1&status=lead");
        var made = door.postbacks().getLast().recordId();

        suspect(click, made, FraudCheck.RHYTHM);
        suspect(click, made, FraudCheck.INJECTION);
        suspect(click, made, FraudCheck.INJECTION);
        suspect(click, door.nextRecord(), FraudCheck.AMOUNT);
        door.post(click, "payout=6&txid=A1");

        assertThat(door.state(click).suspicions().of(made)).hasSize(2);
        var row =
                door.facts().stream()
                        .filter(fact -> fact.kind() == Kind.CONVERSION)
                        .reduce((_, later) -> later);
        assertThat(row).isPresent();
        assertThat(Objects.requireNonNull(row.get().texts().get(Column.STATUS)))
                .isEqualTo("approved");
        assertThat(row.get().texts().get(Column.SUSPICIONS)).isEqualTo("injection,rhythm");
        assertThat(row.get().texts().get(Column.EVIDENCE)).isEqualTo(EVIDENCE + "; " + EVIDENCE);
        HistoryTest.checkRebuild(door);
    }

    private void suspect(ClickId click, RecordId conversion, FraudCheck check) {
        door.submit(
                new Suspected(
                        door.nextRecord(),
                        door.now(),
                        door.ledger.catalog().version(),
                        Subject.click(click),
                        conversion,
                        check,
                        EVIDENCE));
    }
}
