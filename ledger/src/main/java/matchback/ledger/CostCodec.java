package matchback.ledger;

import matchback.ledger.Event.CostStated;
import matchback.ledger.Fields.Reader;
import matchback.ledger.Fields.Writer;

/// A stated cost as bytes, behind the tags that all events have.
final class CostCodec {
    private CostCodec() {}

    static byte[] encode(Writer head, CostStated stated) {
        head.text(10, stated.by())
                .text(11, stated.note())
                .map(12, stated.slice().values())
                .number(13, stated.from())
                .number(14, stated.to())
                .number(15, stated.amountMicros())
                .text(16, stated.currency())
                .number(17, stated.reportMicros())
                .text(18, stated.rate())
                .flag(19, stated.isAddition());
        var undone = stated.undoes();
        if (undone != null) {
            head.record(20, ReplayCodec.recordId(undone));
        }
        return head.text(21, stated.zone()).toBytes();
    }

    static CostStated stated(Reader in) {
        return new CostStated(
                EventCodec.recordId(in),
                in.number(3),
                in.number(4),
                EventCodec.subject(in, 5),
                in.text(10),
                in.text(11),
                new CostSlice(in.map(12)),
                in.number(13),
                in.number(14),
                in.text(21),
                in.number(15),
                in.text(16),
                in.number(17),
                in.text(18),
                in.flag(19),
                in.has(20) ? EventCodec.recordId(in.records(20).getFirst()) : null);
    }
}
