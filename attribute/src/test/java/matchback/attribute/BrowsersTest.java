package matchback.attribute;

import static matchback.attribute.AnnouncingTest.destination;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import matchback.attribute.testing.Door;
import matchback.attribute.testing.Samples;
import matchback.ledger.Column;
import matchback.ledger.Event.BrowserReported;
import matchback.ledger.Fact;
import matchback.ledger.Fact.Kind;
import matchback.ledger.Intent.OutboxEntry;
import matchback.ledger.Sight;
import matchback.ledger.state.BrowserTrail;
import matchback.ledger.state.DeliveryState;
import matchback.model.ClickId;
import matchback.model.Money;
import matchback.model.Reason;
import matchback.model.Subject;
import matchback.model.catalog.BrowserRule;
import matchback.model.catalog.Sender;
import org.junit.jupiter.api.Test;

/// What is made of what browsers see, and how far their word about conversions goes.
final class BrowsersTest {
    private final Door door = new Door();

    private BrowserReported report(ClickId click, Sight... sights) {
        return new BrowserReported(
                door.nextRecord(),
                door.now(),
                door.ledger.catalog().version(),
                Subject.click(click),
                List.of(sights),
                new byte[0]);
    }

    private static Sight sight(String name) {
        return new Sight(name, -1, "");
    }

    private List<Fact> facts(Kind kind) {
        return door.facts().stream().filter(fact -> fact.kind() == kind).toList();
    }

    private BrowserTrail trail(ClickId click) {
        var subject = Subject.click(click);
        return new BrowserTrail(door.ledger.snapshot().state(subject), subject);
    }

    private List<OutboxEntry> outbox() {
        var entries = new ArrayList<OutboxEntry>();
        door.ledger.snapshot().outbox("hook:d", entries::add);
        return entries;
    }

    @Test
    void each_sight_is_a_fact_with_its_clicks_dimensions() {
        var click = door.click();

        door.submit(report(click, sight(Sight.PAGE_VIEW), new Sight(Sight.SCROLL, 80, "")));

        assertThat(facts(Kind.BROWSER_EVENT))
                .extracting(
                        fact -> fact.texts().get(Column.EVENT_TYPE),
                        fact -> fact.texts().get(Column.CAMPAIGN),
                        fact -> fact.numbers().get(Column.AMOUNT))
                .containsExactlyInAnyOrder(
                        tuple("page_view", "campaign1", null), tuple("scroll", "campaign1", 80L));
    }

    @Test
    void the_same_report_again_changes_nothing() {
        var click = door.click();
        var report = report(click, sight(Sight.PAGE_VIEW));
        door.submit(report);
        door.submit(report(click, sight("other")));

        door.submit(report);

        assertThat(trail(click).sights()).hasSize(2);
        assertThat(facts(Kind.BROWSER_EVENT)).hasSize(2);
    }

    @Test
    void nothing_is_kept_of_a_click_that_is_not_there() {
        var click = door.id(false);

        door.submit(report(click, sight(Sight.PAGE_VIEW)));

        assertThat(trail(click).summary()).isEmpty();
        assertThat(facts(Kind.BROWSER_EVENT)).isEmpty();
    }

    @Test
    void a_click_fetched_ahead_is_a_visit_once_its_page_was_seen() {
        var click = door.click("offer", "", true);
        assertThat(door.state(click).click().orElseThrow().isVisit()).isFalse();

        door.submit(report(click, sight(Sight.PAGE_VIEW)));
        door.submit(report(click, sight(Sight.PAGE_VIEW)));

        assertThat(door.state(click).click().orElseThrow().isVisit()).isTrue();
        assertThat(facts(Kind.CLICK))
                .filteredOn(fact -> fact.version() > 1)
                .singleElement()
                .satisfies(fact -> assertThat(fact.numbers()).containsEntry(Column.IS_BOT, 0L));
    }

    @Test
    void beyond_the_limit_of_a_click_there_are_no_more_facts() {
        var click = door.click();
        for (int i = 0; i < BrowserTrail.SIGHTS_MAX / 20 + 3; i++) {
            var many = new Sight[20];
            Arrays.setAll(many, n -> sight("n" + n));
            door.submit(report(click, many));
        }

        assertThat(facts(Kind.BROWSER_EVENT)).hasSize(BrowserTrail.SIGHTS_MAX);
        assertThat(trail(click).summary().orElseThrow().leftOut()).isEqualTo(60);
    }

    @Test
    void a_destination_hears_of_the_sights_it_asks_for_one_after_the_other() {
        door.set(destination("d").with(Set.of("signup")));
        var click = door.click();

        door.submit(
                report(
                        click,
                        sight(Sight.PAGE_VIEW),
                        new Sight("signup", -1, "e-1"),
                        sight("signup")));

        var told = door.state(click).deliveries();
        assertThat(told).extracting(DeliveryState::destination).containsOnly("hook:d");
        assertThat(told).hasSize(2);
        assertThat(told.getFirst().eventId()).isEqualTo("e-1");
        assertThat(told.getFirst().values())
                .containsEntry("event", "signup")
                .containsEntry("campaign", "campaign1")
                .containsEntry("payout", "");
        assertThat(outbox()).extracting(OutboxEntry::delivery).containsExactly(1);
        assertThat(facts(Kind.DELIVERY))
                .allSatisfy(fact ->
                        assertThat(fact.texts()).containsEntry(Column.CLICK_ID, click.text()));
    }

    @Test
    void by_default_and_about_bots_nobody_hears_of_sights() {
        door.set(destination("d"));
        var person = door.click();
        door.submit(report(person, sight(Sight.PAGE_VIEW)));
        door.set(destination("d").with(Set.of(Sight.PAGE_VIEW)));
        var bot = door.click("offer", "user_agent", false);

        door.submit(report(bot, sight(Sight.PAGE_VIEW)));

        assertThat(door.state(person).deliveries()).isEmpty();
        assertThat(door.state(bot).deliveries()).isEmpty();
    }

    private Sender secured(BrowserRule rule) {
        return Samples.secured(
                        "net", new Sender.Security(List.of(door.fingerprints.of("t")), List.of()))
                .with(rule);
    }

    @Test
    void where_a_sender_asks_for_proof_a_browser_has_none() {
        door.set(secured(BrowserRule.STRICT));

        var outcome = door.pixel(door.click(), "txid=1");

        assertThat(outcome.reason()).isEqualTo(Reason.BAD_TOKEN);
        assertThat(outcome.detail()).contains("a browser cannot prove");
    }

    @Test
    void unless_the_sender_takes_its_word() {
        door.set(secured(new BrowserRule(true, false)));

        var outcome = door.pixel(door.click(), "txid=1&payout=99");

        assertThat(outcome.reason()).isEqualTo(Reason.NEW_CONVERSION);
        assertThat(outcome.payout()).isNotEqualTo(new Money(99_000_000, "USD"));
        assertThat(door.post(door.click(), "txid=2").reason()).isEqualTo(Reason.BAD_TOKEN);
    }

    @Test
    void a_payout_that_a_browser_names_counts_where_the_sender_says_so() {
        door.set(Samples.sender("net").with(new BrowserRule(false, true)));

        var outcome = door.pixel(door.click(), "txid=1&payout=99");

        assertThat(outcome.payout()).isEqualTo(new Money(99_000_000, "USD"));
    }
}
