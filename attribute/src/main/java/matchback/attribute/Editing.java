package matchback.attribute;

import java.util.ArrayList;
import java.util.List;
import matchback.ledger.Decider.Effects;
import matchback.ledger.Event.Check;
import matchback.ledger.Event.Edited;
import matchback.ledger.Fact;
import matchback.ledger.Intent;
import matchback.ledger.state.ClickState;
import matchback.ledger.state.ConversionEdit;
import matchback.ledger.state.ConversionState;
import matchback.ledger.state.Counters;
import matchback.ledger.state.SubjectState;
import matchback.model.Subject;
import matchback.model.catalog.Catalog;

/// Works a person's word into a conversion. It is above every rule: no transition, limit or cap
/// binds it; what comes later follows the usual rules from there. Whoever was to hear of such a
/// change from a report hears of it.
///
/// Under its earlier txid and type the conversion is still found, so that what its sender reports
/// once more is not counted anew. A txid that is new is claimed for the click; if it is another
/// click's already, the word stands all the same.
final class Editing {
    private final Edited edit;
    private final Catalog catalog;
    private final SubjectState state;
    private final List<Fact> facts = new ArrayList<>();
    private final List<Intent> intents = new ArrayList<>();

    Editing(Edited edit, Catalog catalog, SubjectState state) {
        this.edit = edit;
        this.catalog = catalog;
        this.state = state;
    }

    static boolean isPast(Edited edit, SubjectState state) {
        return state.edit(edit.recordId()).isPresent();
    }

    Effects effects() {
        var click = state.click();
        var before = state.conversionOf(edit.conversion());
        if (click.isEmpty() || before.isEmpty()) {
            return Effects.NONE;
        }
        return switch (ConversionEdit.of(before.get(), edit, catalog)) {
            case ConversionEdit.Changed(var after) ->
                    isTaken(after) ? Effects.NONE : changed(click.get(), before.get(), after);
            case ConversionEdit.Nothing _, ConversionEdit.NoRate _ -> Effects.NONE;
        };
    }

    /// Whether another conversion of the click has this type and txid.
    private boolean isTaken(ConversionState after) {
        return !after.txid().isEmpty()
                && state.byTransaction(after.eventType(), after.txid())
                        .filter(other -> other.number() != after.number())
                        .isPresent();
    }

    private Effects changed(ClickState click, ConversionState before, ConversionState after) {
        var counters = state.counters();
        relink(before, after);
        var announced =
                new Announcing(
                                catalog,
                                state,
                                edit.subject(),
                                click,
                                edit.recordId(),
                                edit.receivedAt(),
                                new Trace())
                        .announce(before, after, counters.deliveries());
        var rows = new Rows(edit.subject(), click, Filing.nextVersion(counters));
        state.save(announced.conversion());
        facts.addAll(rows.conversion(announced.conversion(), state));
        var reversal = before.reversal();
        if (reversal != null && after.reversal() == null) {
            facts.add(rows.withdrawn(reversal, Rows.REVERSAL, before.reversedAt()));
        }
        for (var delivery : announced.deliveries()) {
            facts.add(rows.delivery(delivery, after.sender()));
        }
        for (var delivery : announced.due()) {
            intents.add(new Intent.Schedule(Deliveries.entry(delivery, edit.subject())));
        }
        state.save(
                new Counters(
                        Filing.nextVersion(counters),
                        counters.conversions(),
                        counters.reports(),
                        counters.deliveries() + announced.deliveries().size()));
        state.save(edit);
        return new Effects(facts, intents, null);
    }

    private void relink(ConversionState before, ConversionState after) {
        boolean isSameType = after.eventType().equals(before.eventType());
        boolean isSameTxid = after.txid().equals(before.txid());
        if (isSameType && isSameTxid) {
            return;
        }
        if (!before.txid().isEmpty()) {
            state.unlinkTransaction(before.eventType(), before.txid());
            state.linkPart(before.eventType(), before.txid(), before.number());
        } else if (isSameType) {
            state.unlinkWithoutTransaction(before.eventType(), before.number());
        }
        if (after.txid().isEmpty()) {
            state.linkWithoutTransaction(after.eventType(), after.number());
        } else {
            state.linkTransaction(after.eventType(), after.txid(), after.number());
        }
        if (!isSameTxid && !before.sender().isEmpty()) {
            intents.add(new Intent.Append(claim(after)));
        }
    }

    private Check claim(ConversionState after) {
        return new Check(
                edit.recordId(),
                edit.receivedAt(),
                edit.catalogVersion(),
                Subject.transaction(after.sender(), after.txid()),
                edit.subject());
    }
}
