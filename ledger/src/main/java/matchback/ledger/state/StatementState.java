package matchback.ledger.state;

import java.util.List;
import java.util.Locale;
import matchback.ledger.Event.CostStated;
import matchback.ledger.EventCodec;
import matchback.ledger.Fields;
import matchback.ledger.Fields.CorruptRecord;
import matchback.ledger.Fields.Reader;
import matchback.ledger.Fields.Writer;
import matchback.model.RecordId;

/// A cost that was stated, and what became of it.
///
/// @param version of its fact
/// @param replaced statements whose place it took, oldest first
public record StatementState(
        CostStated stated, Phase phase, long version, List<RecordId> replaced) {
    private static final int STATEMENT = 1;

    public enum Phase {
        IN_FORCE,
        /// Another one stands in its place.
        REPLACED,
        /// Somebody took it back.
        UNDONE;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public StatementState {
        replaced = List.copyOf(replaced);
    }

    public boolean isInForce() {
        return phase == Phase.IN_FORCE;
    }

    StatementState as(Phase newPhase, List<RecordId> nowReplaced) {
        return new StatementState(stated, newPhase, version + 1, nowReplaced);
    }

    byte[] encode() {
        var out =
                new Writer(STATEMENT)
                        .bytes(1, EventCodec.encode(stated))
                        .text(2, phase.word())
                        .number(3, version);
        replaced.forEach(
                id -> out.record(4, Writer.nested().number(1, id.high()).number(2, id.low())));
        return out.toBytes();
    }

    static StatementState decode(byte[] bytes) {
        return Fields.read(bytes, StatementState::read);
    }

    private static StatementState read(Reader in) {
        if (in.kind() != STATEMENT
                || !(EventCodec.decode(in.bytes(1)) instanceof CostStated stated)) {
            throw new CorruptRecord("a stated cost that is none");
        }
        return new StatementState(
                stated,
                phase(in.text(2)),
                in.number(3),
                in.records(4).stream()
                        .map(id -> new RecordId(id.number(1), id.number(2)))
                        .toList());
    }

    private static Phase phase(String word) {
        for (var phase : Phase.values()) {
            if (phase.word().equals(word)) {
                return phase;
            }
        }
        throw new CorruptRecord("a stated cost that is '" + word + "'");
    }
}
