package matchback.attribute;

import java.util.ArrayList;
import java.util.List;
import matchback.ledger.Decider.Effects;
import matchback.ledger.Event.LanderClicked;
import matchback.ledger.Fact;
import matchback.ledger.State;
import matchback.ledger.state.ClickState;
import matchback.ledger.state.Counters;
import matchback.ledger.state.LanderState;
import matchback.ledger.state.SubjectState;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.Offer;

/// Keeps a visitor's step from a lander to an offer. By the last offer they went on to their
/// conversions are judged, until the first one.
final class LanderClicks {
    private LanderClicks() {}

    static boolean isPast(LanderClicked went, State state) {
        return new LanderState(state, went.subject()).click(went.recordId()).isPresent();
    }

    static Effects recorded(LanderClicked went, Catalog catalog, State state) {
        var subject = new SubjectState(state, went.subject());
        var landers = new LanderState(state, went.subject());
        var known = subject.click().filter(ClickState::recorded);
        if (known.isEmpty() || landers.isFull()) {
            return Effects.NONE;
        }
        boolean isFirst = landers.clicks().isEmpty();
        landers.save(went);
        var before = known.get();
        var after = after(before, went, catalog);
        if (!after.equals(before)) {
            subject.save(after);
        }
        return after.test()
                ? Effects.NONE
                : new Effects(facts(went, before, after, isFirst, subject), List.of(), null);
    }

    private static ClickState after(ClickState click, LanderClicked went, Catalog catalog) {
        var offer = catalog.offer(went.offer());
        boolean isOther = !went.offer().equals(click.offer());
        return offer.isPresent() && isOther && click.convertedAt() == 0
                ? click.wentOn(
                        went.offer(),
                        offer.flatMap(Offer::senderKey).orElse(""),
                        click.clickedAt() + offer.get().window().toMillis())
                : click.wentOn(click.offer(), click.sender(), click.windowEndsAt());
    }

    /// The step itself, and the click where it is another one now.
    private static List<Fact> facts(
            LanderClicked went,
            ClickState before,
            ClickState after,
            boolean isFirst,
            SubjectState subject) {
        var counters = subject.counters();
        long version = Filing.nextVersion(counters);
        var rows = new Rows(went.subject(), after, version);
        var facts = new ArrayList<Fact>();
        facts.add(rows.landerClick(went, after, isFirst));
        if (before.isVisit() != after.isVisit() || !before.offer().equals(after.offer())) {
            facts.add(rows.click(after));
        }
        subject.save(
                new Counters(
                        version,
                        counters.conversions(),
                        counters.reports(),
                        counters.deliveries()));
        return facts;
    }
}
