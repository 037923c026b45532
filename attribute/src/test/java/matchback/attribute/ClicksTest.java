package matchback.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import matchback.attribute.testing.Door;
import matchback.attribute.testing.Samples;
import matchback.attribute.testing.Sums;
import matchback.ledger.Column;
import matchback.ledger.Fact.Kind;
import matchback.ledger.state.ClickState;
import matchback.model.Reason;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class ClicksTest {
    private final Door door = new Door();

    private ClickState click(matchback.model.ClickId id) {
        return door.state(id).click().orElseThrow();
    }

    @Test
    void a_click_keeps_the_window_of_its_offer_as_of_then() {
        var id = door.click();
        door.set(Samples.offer("offer", null));

        assertThat(click(id).windowEndsAt()).isEqualTo(Door.START + Duration.ofDays(30).toMillis());
        assertThat(click(id).sender()).isEqualTo("net");
    }

    @Test
    void a_click_of_an_unknown_offer_is_kept_with_the_usual_window() {
        var id = door.click("nothing", "", false);

        assertThat(click(id).windowEndsAt()).isEqualTo(Door.START + Duration.ofDays(30).toMillis());
        assertThat(door.post(id, "payout=1").reason()).isEqualTo(Reason.NEW_CONVERSION);
    }

    @Test
    void a_click_that_is_sent_again_changes_nothing() {
        var id = door.id(false);
        var event = door.click(id, "offer", "", false);
        door.submit(event);
        door.post(id, "txid=A1");
        var before = click(id);

        door.submit(event);

        assertThat(click(id)).isEqualTo(before);
        assertThat(Sums.of(door.facts()).clicks()).isEqualTo(1);
        assertThat(door.facts().stream().filter(f -> f.kind() == Kind.CLICK)).hasSize(1);
    }

    @Nested
    class A_prefetch {

        @Test
        void is_no_click_until_it_converts() {
            var id = door.click("offer", "", true);

            assertThat(Sums.of(door.facts()).clicks()).isZero();

            var outcome = door.post(id, "payout=1");
            assertThat(outcome.reason()).isEqualTo(Reason.NEW_CONVERSION);
            var clicks = Sums.of(door.facts()).kind(Kind.CLICK);
            assertThat(clicks).hasSize(1);
            assertThat(clicks.getFirst().version()).isGreaterThan(1);
            assertThat(clicks.getFirst().numbers())
                    .containsEntry(Column.IS_BOT, 0L)
                    .containsEntry(Column.IS_UNIQUE, 1L)
                    .containsEntry(Column.COST, 250_000L)
                    .containsEntry(Column.CLICK_AT, Door.START);
            assertThat(click(id).isVisit()).isTrue();
        }

        @Test
        void stays_none_when_its_report_is_held() {
            var id = door.click("offer", "", true);

            door.post(id, "status=foo");

            assertThat(Sums.of(door.facts()).clicks()).isZero();
            assertThat(click(id).isVisit()).isFalse();
        }

        @Test
        void turns_into_the_very_click_fact_a_visit_has() {
            var visited = door.id(false);
            var visit = door.click(visited, "offer", "", false);
            var ahead = door.click("offer", "", true);
            door.post(ahead, "txid=A1");

            var expected = matchback.ledger.Fact.ofClick(visit);

            var found = Sums.of(door.facts()).kind(Kind.CLICK).getFirst();
            assertThat(found.numbers()).isEqualTo(expected.numbers());
            var texts = new java.util.EnumMap<Column, String>(expected.texts());
            texts.put(Column.CLICK_ID, ahead.text());
            assertThat(found.texts()).isEqualTo(texts);
        }
    }

    @Nested
    class A_click_of_a_bot {

        @Test
        void has_all_its_reports_held() {
            var id = door.click("offer", "agent", false);

            var first = door.post(id, "txid=A1");
            var second = door.post(id, "txid=A1");

            assertThat(first.reason()).isEqualTo(Reason.BOT_CLICK);
            assertThat(second.reason()).isEqualTo(Reason.BOT_CLICK);
            assertThat(door.state(id).conversions()).isEmpty();
            assertThat(door.ledger.snapshot().outboxDestinations()).isEmpty();
        }

        @Test
        void still_refuses_what_cannot_be_read() {
            var id = door.click("offer", "agent", false);

            assertThat(door.post(id, "payout=1&payout=2").reason())
                    .isEqualTo(Reason.MALFORMED_REQUEST);
        }
    }

    @Nested
    class An_unrecorded_click {

        @Test
        void is_held_with_its_campaign_and_kept_for_a_person() {
            var id = door.id(true);

            var outcome = door.post(id, "txid=A1&payout=3");

            assertThat(outcome.reason()).isEqualTo(Reason.CLICK_NOT_RECORDED);
            assertThat(outcome.campaign()).isEqualTo("campaign1");
            assertThat(outcome.source()).isEqualTo("src");
            assertThat(outcome.sender()).isEqualTo("net");
            var kept = click(id);
            assertThat(kept.recorded()).isFalse();
            assertThat(kept.clickedAt()).isEqualTo(Door.START);
            assertThat(kept.offer()).isEqualTo("offer");
            assertThat(Sums.of(door.facts()).conversions()).isZero();
            assertThat(door.post(id, "txid=A1").reason()).isEqualTo(Reason.CLICK_NOT_RECORDED);
        }

        @Test
        void of_a_campaign_with_offers_of_two_senders_names_neither() {
            door.set(Samples.sender("other"));
            door.set(Samples.offer("theirs", "other"));
            door.set(Samples.campaign(1, "src", "offer", "theirs"));
            var id = door.id(true);

            var outcome = door.post(id, "txid=A1");

            assertThat(outcome.reason()).isEqualTo(Reason.CLICK_NOT_RECORDED);
            assertThat(outcome.sender()).isEmpty();
            assertThat(click(id).offer()).isEmpty();
        }

        @Test
        void is_kept_nowhere_when_its_report_is_refused() {
            var id = door.id(true);

            door.post(id, "payout=1&payout=2");

            assertThat(door.state(id).click()).isEmpty();
        }

        @Test
        void is_too_late_after_the_window_of_its_campaign() {
            var id = door.id(true);
            door.pass(Duration.ofDays(31));

            assertThat(door.post(id, "txid=A1").reason()).isEqualTo(Reason.TOO_LATE);
        }

        @Test
        void becomes_a_click_when_its_record_comes_after_all() {
            var id = door.id(true);
            door.post(id, "txid=A1");

            door.submit(door.click(id, "offer", "", false));

            assertThat(click(id).recorded()).isTrue();
            assertThat(door.post(id, "txid=A1").reason()).isEqualTo(Reason.NEW_CONVERSION);
        }
    }
}
