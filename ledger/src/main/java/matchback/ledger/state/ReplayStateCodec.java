package matchback.ledger.state;

import matchback.ledger.Fields.Reader;
import matchback.ledger.Fields.Writer;
import matchback.ledger.state.ReportState.Past;
import matchback.model.Subject;

/// What replays leave in the state, as bytes; see [StateCodec].
final class ReplayStateCodec {
    private static final int MOVED = 10;
    private static final int REPLAY = 11;

    private ReplayStateCodec() {}

    static Writer past(Past past) {
        return StateCodec.recordId(Writer.nested(), past.replay())
                .number(3, past.at())
                .text(4, past.first().code())
                .number(5, past.bucket());
    }

    static Past past(Reader in) {
        return new Past(
                StateCodec.recordId(in),
                in.number(3),
                StateCodec.reason(in.text(4)),
                (int) in.number(5));
    }

    static byte[] encode(MovedState moved) {
        return new Writer(MOVED)
                .text(1, moved.to().text())
                .record(2, StateCodec.outcome(moved.outcome()))
                .number(3, moved.bucket())
                .number(4, moved.offset())
                .text(5, moved.first().code())
                .toBytes();
    }

    static MovedState moved(byte[] bytes) {
        return StateCodec.read(
                bytes,
                MOVED,
                in ->
                        new MovedState(
                                new Subject(in.text(1)),
                                StateCodec.outcome(in.records(2).getFirst()),
                                (int) in.number(3),
                                in.number(4),
                                StateCodec.reason(in.text(5))));
    }

    static byte[] encode(ReplayState replay) {
        return StateCodec.recordId(new Writer(REPLAY), replay.recordId())
                .record(3, StateCodec.recordId(Writer.nested(), replay.replay()))
                .number(4, replay.at())
                .number(5, replay.catalogVersion())
                .text(6, replay.by())
                .text(7, replay.note())
                .toBytes();
    }

    static ReplayState replay(byte[] bytes) {
        return StateCodec.read(
                bytes,
                REPLAY,
                in ->
                        new ReplayState(
                                StateCodec.recordId(in),
                                StateCodec.recordId(in.records(3).getFirst()),
                                in.number(4),
                                in.number(5),
                                in.text(6),
                                in.text(7)));
    }
}
