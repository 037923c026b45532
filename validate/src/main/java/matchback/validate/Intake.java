package matchback.validate;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import matchback.ledger.Column;
import matchback.ledger.Event;
import matchback.ledger.Event.ClickRecorded;
import matchback.ledger.Fact;
import matchback.ledger.PersonalBlock;
import matchback.ledger.Snapshot;
import matchback.ledger.Snapshot.Entry;
import matchback.ledger.state.ClickState;
import matchback.ledger.state.SubjectState;
import matchback.model.RecordId;
import matchback.model.Status;
import matchback.model.Subject;

/// Tells a detector what the ledger's entries say: clicks as they are, conversions when they are
/// counted first. Tests, bots, what is only fetched ahead, and conversions without a click are left
/// out.
final class Intake {
    private static final int KNOWN_MAX = 200_000;

    private final String parameter;

    /// Conversions that were told already: each change of one is a fact of it again.
    private final Map<RecordId, Boolean> known =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<RecordId, Boolean> eldest) {
                    return size() > KNOWN_MAX;
                }
            };

    interface Listener {
        void clicked(String source, String publisher, long at);

        void converted(Converted conversion);
    }

    /// @param parameter in which clicks name the publisher
    Intake(String parameter) {
        this.parameter = parameter;
    }

    void take(Entry entry, Snapshot snapshot, Listener listener) {
        if (entry.event() instanceof ClickRecorded click) {
            if (!click.test() && click.bot().isEmpty() && !click.prefetch()) {
                listener.clicked(
                        click.source(),
                        click.subs().getOrDefault(parameter, ""),
                        click.receivedAt());
            }
            return;
        }
        if (entry.event() instanceof Event.Suspected) {
            return;
        }
        for (var fact : snapshot.facts(entry)) {
            boolean isCounted =
                    fact.kind() == Fact.Kind.CONVERSION
                            && fact.numbers().containsKey(Column.CLICK_AT)
                            && isGood(fact.texts().getOrDefault(Column.STATUS, ""));
            if (isCounted && known.putIfAbsent(fact.recordId(), true) == null) {
                listener.converted(converted(fact, entry.event().subject(), snapshot));
            }
        }
    }

    private static boolean isGood(String status) {
        return status.equals(Status.APPROVED.word()) || status.equals(Status.PENDING.word());
    }

    private Converted converted(Fact fact, Subject subject, Snapshot snapshot) {
        var state = new SubjectState(snapshot.state(subject), subject);
        var address =
                state.click()
                        .map(ClickState::recordId)
                        .flatMap(snapshot::personal)
                        .map(PersonalBlock::address)
                        .orElse("");
        var first = state.conversion(1).map(conversion -> conversion.recordId());
        long clickedAt = number(fact, Column.CLICK_AT).orElse(fact.at());
        return new Converted(
                fact.recordId(),
                subject,
                clickedAt,
                number(fact, Column.EVENT_AT).orElse(fact.at()),
                fact.at(),
                first.isPresent() && !first.get().equals(fact.recordId()),
                text(fact, Column.SOURCE),
                Column.ofWord(parameter).map(column -> text(fact, column)).orElse(""),
                text(fact, Column.OFFER),
                text(fact, Column.SENDER),
                text(fact, Column.EVENT_TYPE),
                text(fact, Column.TXID),
                number(fact, Column.REVENUE).orElse(0L),
                number(fact, Column.ORDER_VALUE).orElse(0L),
                address,
                Network.of(address));
    }

    private static String text(Fact fact, Column column) {
        return fact.texts().getOrDefault(column, "");
    }

    private static Optional<Long> number(Fact fact, Column column) {
        return Optional.ofNullable(fact.numbers().get(column));
    }
}
