package matchback.attribute;

import java.util.List;
import matchback.ledger.Decider.Effects;
import matchback.ledger.Event.Suspected;
import matchback.ledger.state.Counters;
import matchback.ledger.state.SubjectState;
import matchback.ledger.state.SuspicionState;

/// Keeps what validation found about a conversion and shows it beside the conversion. Nothing else
/// comes of it: the conversion stays counted, and nobody hears of it.
final class Suspecting {
    private Suspecting() {}

    static boolean isPast(Suspected suspected, SubjectState subject) {
        return subject.suspicions().has(suspected.conversion(), suspected.check());
    }

    static Effects suspect(Suspected suspected, SubjectState subject) {
        var click = subject.click();
        var conversion = subject.conversionOf(suspected.conversion());
        if (click.isEmpty() || conversion.isEmpty() || click.get().test()) {
            return Effects.NONE;
        }
        subject.suspicions()
                .save(
                        suspected.conversion(),
                        new SuspicionState(
                                suspected.check(), suspected.receivedAt(), suspected.evidence()));
        var counters = subject.counters();
        long version = Filing.nextVersion(counters);
        subject.save(
                new Counters(
                        version,
                        counters.conversions(),
                        counters.reports(),
                        counters.deliveries()));
        var rows = new Rows(suspected.subject(), click.get(), version);
        return new Effects(rows.conversion(conversion.get(), subject), List.of(), null);
    }
}
