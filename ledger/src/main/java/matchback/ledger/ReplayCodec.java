package matchback.ledger;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import matchback.ledger.Event.Redecided;
import matchback.ledger.Event.Settled;
import matchback.ledger.Fields.Reader;
import matchback.ledger.Fields.Writer;
import matchback.model.RecordId;
import matchback.model.Subject;
import org.jspecify.annotations.Nullable;

/// The events of a replay as bytes, behind the tags that all events have.
final class ReplayCodec {
    private ReplayCodec() {}

    static byte[] encode(Writer head, Redecided redecided) {
        head.record(10, recordId(redecided.replay()))
                .text(11, redecided.by())
                .text(12, redecided.note())
                .flag(13, redecided.deliver())
                .number(14, redecided.basedOnVersion())
                .number(15, redecided.leastFactVersion());
        redecided.inputs().forEach(input -> head.record(16, input(input)));
        new TreeMap<>(redecided.moved())
                .forEach((record, to) -> head.record(17, recordId(record).text(3, to.text())));
        var owners = new TreeMap<String, String>();
        redecided.owners().forEach((value, owner) -> owners.put(value.text(), owner.text()));
        head.map(18, owners);
        redecided.placeless().forEach(record -> head.record(19, recordId(record)));
        return head.toBytes();
    }

    static Redecided redecided(Reader in) {
        Map<RecordId, Subject> moved = new LinkedHashMap<>();
        for (var one : in.records(17)) {
            moved.put(EventCodec.recordId(one), EventCodec.subject(one, 3));
        }
        Map<Subject, Subject> owners = new LinkedHashMap<>();
        in.map(18).forEach((value, owner) -> owners.put(new Subject(value), new Subject(owner)));
        return new Redecided(
                EventCodec.recordId(in),
                in.number(3),
                in.number(4),
                EventCodec.subject(in, 5),
                EventCodec.recordId(in.records(10).getFirst()),
                in.text(11),
                in.text(12),
                in.flag(13),
                in.number(14),
                in.number(15),
                in.records(16).stream().map(ReplayCodec::input).toList(),
                moved,
                owners,
                recordIds(in, 19));
    }

    private static Writer input(Input input) {
        var first = input.first();
        return Writer.nested()
                .bytes(1, EventCodec.encode(input.event()))
                .number(2, input.bucket())
                .number(3, input.offset())
                .text(4, first == null ? "" : first.code());
    }

    private static Input input(Reader in) {
        return new Input(
                EventCodec.decode(in.bytes(1)),
                (int) in.number(2),
                in.number(3),
                in.has(4) ? EventCodec.reason(in.text(4)) : null);
    }

    static byte[] encode(Writer head, Settled settled) {
        head.record(10, recordId(settled.replay()))
                .text(11, text(settled.expected()))
                .text(12, text(settled.owner()));
        settled.released().forEach(record -> head.record(13, recordId(record)));
        settled.taken().forEach(record -> head.record(14, recordId(record)));
        return head.toBytes();
    }

    static Settled settled(Reader in) {
        return new Settled(
                EventCodec.recordId(in),
                in.number(3),
                in.number(4),
                EventCodec.subject(in, 5),
                EventCodec.recordId(in.records(10).getFirst()),
                in.has(11) ? EventCodec.subject(in, 11) : null,
                in.has(12) ? EventCodec.subject(in, 12) : null,
                recordIds(in, 13),
                recordIds(in, 14));
    }

    private static List<RecordId> recordIds(Reader in, int tag) {
        return in.records(tag).stream().map(EventCodec::recordId).toList();
    }

    private static String text(@Nullable Subject subject) {
        return subject == null ? "" : subject.text();
    }

    static Writer recordId(RecordId id) {
        return Writer.nested().number(1, id.high()).number(2, id.low());
    }
}
