package matchback.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import matchback.attribute.testing.Door;
import matchback.attribute.testing.Samples;
import matchback.ledger.Event.AttemptResult;
import matchback.ledger.Event.DeliveryAsked;
import matchback.ledger.Event.DeliveryAttempted;
import matchback.ledger.Event.Wish;
import matchback.ledger.Intent.OutboxEntry;
import matchback.ledger.state.DeliveryState;
import matchback.ledger.state.DeliveryState.Progress;
import matchback.model.ClickId;
import matchback.model.Subject;
import matchback.model.catalog.Destination;
import matchback.model.catalog.Destination.Conditions;
import matchback.model.catalog.Destination.Moment;
import matchback.model.catalog.Destination.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who hears of what happens to a conversion.
final class AnnouncingTest {
    private final Door door = new Door();

    static Destination destination(String key, Moment... moments) {
        return destination(key, Scope.ALL, Conditions.NONE, moments);
    }

    private static Destination destination(
            String key, Scope scope, Conditions conditions, Moment... moments) {
        return new Destination(
                key,
                key,
                "hook",
                Map.of(),
                Map.of(),
                scope,
                conditions,
                moments.length == 0 ? Set.of(Moment.APPROVED) : Set.of(moments),
                Destination.Sum.PAYOUT,
                Map.of(),
                Destination.Pace.DEFAULT,
                false,
                false);
    }

    private List<DeliveryState> told(ClickId click, String key) {
        return door.state(click).deliveries().stream()
                .filter(delivery -> delivery.destination().equals("hook:" + key))
                .sorted(Comparator.comparingInt(DeliveryState::number))
                .toList();
    }

    private List<String> words(ClickId click, String key) {
        return told(click, key).stream()
                .map(d ->
                        d.moment().name().toLowerCase(java.util.Locale.ROOT)
                                + ' '
                                + d.values().get("payout"))
                .toList();
    }

    private List<OutboxEntry> outbox(String key) {
        var entries = new ArrayList<OutboxEntry>();
        door.ledger.snapshot().outbox("hook:" + key, entries::add);
        return entries;
    }

    private void attempt(ClickId click, int delivery, AttemptResult result) {
        door.submit(
                new DeliveryAttempted(
                        door.nextRecord(),
                        door.now(),
                        door.ledger.catalog().version(),
                        Subject.click(click),
                        delivery,
                        1,
                        result,
                        "https://hook.example/",
                        200,
                        "",
                        1,
                        result == AttemptResult.RETRY ? door.now() + 5_000 : 0));
    }

    /// What is heard of: pending with 10, 11; approved with 11; rejected; approved again with 12;
    /// reversed.
    @ParameterizedTest(name = "a destination for {0} hears {1}")
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "APPROVED, approved 11.00",
                "PENDING, pending 10.00",
                "PENDING APPROVED, pending 10.00 approved 11.00",
                "APPROVED REJECTED, approved 11.00 rejected 11.00",
                "APPROVED REVERSED, approved 11.00 reversed 12.00",
                "APPROVED CHANGED, approved 11.00 changed 12.00",
                "PENDING CHANGED, pending 10.00 changed 11.00 changed 12.00",
                "PENDING REJECTED, pending 10.00 rejected 11.00",
                "PENDING APPROVED CHANGED REJECTED REVERSED, pending 10.00 changed 11.00 approved"
                        + " 11.00 rejected 11.00 changed 12.00 reversed 12.00",
                "REJECTED REVERSED CHANGED, \"\"",
            })
    void each_hears_what_it_asks_for(String moments, String heard) {
        var asked = EnumSet.noneOf(Moment.class);
        for (var moment : moments.split(" ", -1)) {
            asked.add(Moment.valueOf(moment));
        }
        door.set(destination("d", asked.toArray(new Moment[0])));
        var click = door.click();

        door.post(click, "txid=A1&status=pending&payout=10");
        door.post(click, "txid=A1&status=pending&payout=11");
        door.post(click, "txid=A1&status=approved");
        door.post(click, "txid=A1&status=approved");
        door.post(click, "txid=A1&status=rejected");
        door.post(click, "txid=A1&status=approved&payout=12");
        door.post(click, "txid=A1&status=refund");

        assertThat(String.join(" ", words(click, "d"))).isEqualTo(heard);
        assertThat(told(click, "d"))
                .extracting(DeliveryState::eventId)
                .allMatch(id -> id.equals(told(click, "d").getFirst().conversionId()));
    }

    @Test
    void nobody_is_told_that_something_he_never_heard_of_is_rejected_or_refunded() {
        door.set(destination("d", Moment.APPROVED, Moment.REJECTED, Moment.REVERSED));
        var rejected = door.click();
        var refunded = door.click();

        door.post(rejected, "txid=A1&status=pending");
        door.post(rejected, "txid=A1&status=rejected");
        door.post(refunded, "txid=A2&status=refund");

        assertThat(told(rejected, "d")).isEmpty();
        assertThat(told(refunded, "d")).isEmpty();
    }

    @Test
    void a_destination_made_after_the_approval_hears_nothing_of_the_refund() {
        var click = door.click();
        door.post(click, "txid=A1");
        door.set(destination("d", Moment.APPROVED, Moment.REVERSED));

        door.post(click, "txid=A1&status=refund");

        assertThat(told(click, "d")).isEmpty();
    }

    @Test
    void what_was_refused_for_good_is_not_taken_back() {
        door.set(destination("d", Moment.APPROVED, Moment.REVERSED));
        var click = door.click();
        door.post(click, "txid=A1");
        attempt(click, told(click, "d").getFirst().number(), AttemptResult.DEAD);

        door.post(click, "txid=A1&status=refund");

        assertThat(words(click, "d")).containsExactly("approved 10.00");
    }

    @Test
    void what_happens_later_waits_until_what_happened_first_is_told() {
        door.set(destination("d", Moment.APPROVED, Moment.CHANGED, Moment.REVERSED));
        var click = door.click();
        door.post(click, "txid=A1");
        door.post(click, "txid=A1&payout=11");
        door.post(click, "txid=A1&status=refund");
        var told = told(click, "d");

        assertThat(outbox("d"))
                .extracting(OutboxEntry::delivery)
                .containsExactly(told.get(0).number());

        door.pass(Duration.ofHours(5));
        attempt(click, told.get(0).number(), AttemptResult.DELIVERED);
        assertThat(outbox("d"))
                .containsExactly(
                        new OutboxEntry(
                                "hook:d", door.now(), Subject.click(click), told.get(1).number()));

        attempt(click, told.get(1).number(), AttemptResult.DEAD);
        assertThat(outbox("d"))
                .extracting(OutboxEntry::delivery)
                .containsExactly(told.get(2).number());

        attempt(click, told.get(2).number(), AttemptResult.DELIVERED);
        assertThat(outbox("d")).isEmpty();
        assertThat(told(click, "d"))
                .extracting(DeliveryState::progress)
                .containsExactly(Progress.DELIVERED, Progress.DEAD, Progress.DELIVERED);
    }

    @Test
    void destinations_hear_beside_the_traffic_source_in_the_order_of_their_keys() {
        door.set(destination("b"));
        door.set(destination("a"));
        var click = door.click();

        var outcome = door.post(click, "txid=A1");

        assertThat(outcome.deliveries()).isEqualTo(3);
        assertThat(door.state(click).deliveries())
                .extracting(DeliveryState::destination)
                .containsExactly("source:src", "hook:a", "hook:b");
    }

    @Test
    void a_paused_destination_keeps_what_it_will_hear_and_an_archived_one_hears_nothing() {
        var paused = destination("paused");
        door.set(
                new Destination(
                        paused.key(),
                        "",
                        paused.type(),
                        Map.of(),
                        Map.of(),
                        paused.scope(),
                        paused.conditions(),
                        paused.moments(),
                        paused.sum(),
                        Map.of(),
                        paused.pace(),
                        true,
                        false));
        door.set(
                new Destination(
                        "archived",
                        "",
                        paused.type(),
                        Map.of(),
                        Map.of(),
                        paused.scope(),
                        paused.conditions(),
                        paused.moments(),
                        paused.sum(),
                        Map.of(),
                        paused.pace(),
                        false,
                        true));
        var click = door.click();

        door.post(click, "txid=A1");

        assertThat(told(click, "paused")).hasSize(1);
        assertThat(told(click, "archived")).isEmpty();
    }

    @Test
    void scope_and_conditions_choose() {
        var other = List.of("other");
        door.set(destination("campaign", new Scope(other, List.of(), List.of()), Conditions.NONE));
        door.set(destination("source", new Scope(List.of(), other, List.of()), Conditions.NONE));
        door.set(destination("offer", new Scope(List.of(), List.of(), other), Conditions.NONE));
        door.set(destination("type", Scope.ALL, new Conditions(other, 0, 100, 0)));
        door.set(destination("payout", Scope.ALL, new Conditions(List.of(), 10_000_001, 100, 0)));
        door.set(
                destination(
                        "fits",
                        new Scope(List.of("campaign1"), List.of("src"), List.of("offer")),
                        new Conditions(List.of("sale"), 10_000_000, 100, 0)));
        var click = door.click();

        door.post(click, "txid=A1&payout=10");

        assertThat(door.state(click).deliveries())
                .extracting(DeliveryState::destination)
                .containsExactly("source:src", "hook:fits");
    }

    @Test
    void whoever_was_told_is_told_of_the_refund_whatever_its_conditions_say_by_then() {
        door.set(destination("d", Moment.APPROVED, Moment.REVERSED));
        var click = door.click();
        door.post(click, "txid=A1");
        door.set(
                destination(
                        "d",
                        new Scope(List.of("other"), List.of(), List.of()),
                        Conditions.NONE,
                        Moment.APPROVED,
                        Moment.REVERSED));

        door.post(click, "txid=A1&status=refund");

        assertThat(words(click, "d")).containsExactly("approved 10.00", "reversed 10.00");
    }

    @Test
    void a_share_of_conversions_is_the_same_one_for_all_moments_and_destinations() {
        var third = new Conditions(List.of(), 0, 33, 0);
        door.set(destination("a", Scope.ALL, third, Moment.APPROVED, Moment.REVERSED));
        door.set(destination("b", Scope.ALL, third, Moment.APPROVED));
        int told = 0;
        for (int i = 0; i < 1_000; i++) {
            var click = door.click();
            door.post(click, "txid=A" + i);
            door.post(click, "txid=A" + i + "&status=refund");
            assertThat(told(click, "a")).hasSize(told(click, "b").size() * 2);
            told += told(click, "b").size();
        }

        assertThat(told).isBetween(280, 380);
    }

    @Test
    void a_delay_holds_back_what_is_told() {
        door.set(destination("d", Scope.ALL, new Conditions(List.of(), 0, 100, 3_600)));
        var click = door.click();

        door.post(click, "txid=A1");

        assertThat(outbox("d"))
                .extracting(OutboxEntry::dueAt)
                .containsExactly(Door.START + 3_600_000);
        assertThat(told(click, "d").getFirst().createdAt()).isEqualTo(Door.START);
    }

    @Test
    void folded_again_the_same_is_told() {
        door.set(destination("b", Moment.PENDING, Moment.APPROVED, Moment.CHANGED));
        door.set(destination("a", Moment.APPROVED, Moment.REVERSED));
        door.set(Samples.source("src", null));
        var other = new Door();
        for (var each : List.of(door, other)) {
            if (each == other) {
                other.set(destination("a", Moment.APPROVED, Moment.REVERSED));
                other.set(destination("b", Moment.PENDING, Moment.APPROVED, Moment.CHANGED));
                other.set(Samples.source("src", null));
            }
            var click = each.click();
            each.post(click, "txid=A1&status=pending");
            each.post(click, "txid=A1&payout=7");
            each.post(click, "txid=A1&status=refund");
        }

        assertThat(door.state(door.clicks().getFirst()).deliveries())
                .isEqualTo(other.state(other.clicks().getFirst()).deliveries());
    }

    private void ask(ClickId click, Wish wish, int number, String destination) {
        door.submit(
                new DeliveryAsked(
                        door.nextRecord(),
                        door.now(),
                        door.ledger.catalog().version(),
                        Subject.click(click),
                        wish,
                        number,
                        destination,
                        "tester"));
    }

    @Test
    void a_destination_made_later_is_told_when_somebody_asks_and_only_once() {
        var click = door.click();
        var conversion = door.post(click, "txid=A1").conversionId();
        door.set(destination("late", Moment.APPROVED, Moment.REVERSED));
        door.pass(Duration.ofDays(2));

        ask(click, Wish.TELL, 1, "hook:late");
        ask(click, Wish.TELL, 1, "hook:late");

        assertThat(words(click, "late")).containsExactly("approved 10.00");
        assertThat(outbox("late")).hasSize(1);
        var told = told(click, "late").getFirst();
        assertThat(told.createdAt()).isEqualTo(door.now());
        assertThat(told.cause().toString()).isEqualTo(conversion);
        assertThat(told.eventId()).isEqualTo(conversion);

        door.post(click, "txid=A1&status=refund");
        assertThat(words(click, "late")).containsExactly("approved 10.00", "reversed 10.00");
    }

    @Test
    void who_does_not_hear_of_a_conversion_is_not_told_for_asking() {
        door.set(
                destination(
                        "other", new Scope(List.of("x"), List.of(), List.of()), Conditions.NONE));
        var click = door.click();
        var refunded = door.click();
        door.post(click, "txid=A1");
        door.post(refunded, "txid=A2&status=refund");
        door.set(destination("late", Moment.APPROVED, Moment.REVERSED));

        ask(click, Wish.TELL, 1, "hook:other");
        ask(click, Wish.TELL, 1, "hook:nobody");
        ask(click, Wish.TELL, 7, "hook:late");
        ask(refunded, Wish.TELL, 1, "hook:late");

        assertThat(door.state(click).deliveries()).hasSize(1);
        assertThat(told(refunded, "late")).isEmpty();
    }

    @Test
    void a_source_that_got_its_postback_later_is_told_when_somebody_asks() {
        door.set(Samples.source("src", null));
        var click = door.click();
        door.post(click, "txid=A1");
        door.set(Samples.source("src", Samples.POSTBACK_URL));

        ask(click, Wish.TELL, 1, "source:src");
        ask(click, Wish.TELL, 1, "source:src");

        assertThat(door.state(click).deliveries())
                .extracting(DeliveryState::destination)
                .containsExactly("source:src");
    }

    @Test
    void a_dead_letter_is_sent_again_with_its_schedule_from_the_beginning() {
        door.set(destination("d"));
        var click = door.click();
        door.post(click, "txid=A1");
        int number = told(click, "d").getFirst().number();
        attempt(click, number, AttemptResult.DEAD);
        door.pass(Duration.ofHours(1));

        ask(click, Wish.RESEND, number, "");
        ask(click, Wish.RESEND, number, "");

        var again = told(click, "d").getFirst();
        assertThat(again.progress()).isEqualTo(Progress.WAITING);
        assertThat(again.attemptsMade()).isZero();
        assertThat(again.attempts()).hasSize(1);
        assertThat(outbox("d"))
                .containsExactly(
                        new OutboxEntry("hook:d", door.now(), Subject.click(click), number));

        attempt(click, number, AttemptResult.DELIVERED);
        ask(click, Wish.RESEND, number, "");
        assertThat(told(click, "d").getFirst().progress()).isEqualTo(Progress.DELIVERED);
        assertThat(outbox("d")).isEmpty();
    }

    @Test
    void old_news_is_not_sent_again_after_the_newer_was_heard() {
        door.set(destination("d", Moment.APPROVED, Moment.CHANGED));
        var click = door.click();
        door.post(click, "txid=A1");
        door.post(click, "txid=A1&payout=12");
        var told = told(click, "d");
        attempt(click, told.get(0).number(), AttemptResult.DEAD);
        attempt(click, told.get(1).number(), AttemptResult.DELIVERED);

        ask(click, Wish.RESEND, told.get(0).number(), "");

        assertThat(told(click, "d").getFirst().progress()).isEqualTo(Progress.DEAD);
        assertThat(outbox("d")).isEmpty();
    }

    @Test
    void no_entry_of_the_outbox_is_left_behind_whatever_the_order() {
        door.set(destination("d", Moment.APPROVED, Moment.CHANGED));
        var click = door.click();
        door.post(click, "txid=A1");
        door.post(click, "txid=A1&payout=12");
        var told = told(click, "d");
        attempt(click, told.get(0).number(), AttemptResult.DEAD);
        door.pass(Duration.ofHours(1));
        ask(click, Wish.RESEND, told.get(0).number(), "");
        door.pass(Duration.ofHours(1));
        attempt(click, told.get(0).number(), AttemptResult.DELIVERED);

        assertThat(outbox("d"))
                .containsExactly(
                        new OutboxEntry(
                                "hook:d",
                                told(click, "d").get(1).dueAt(),
                                Subject.click(click),
                                told.get(1).number()));
        attempt(click, told.get(1).number(), AttemptResult.DELIVERED);
        assertThat(outbox("d")).isEmpty();
    }
}
