package matchback.ledger;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.TreeMap;
import matchback.ledger.Fact.Kind;
import matchback.ledger.Fields.CorruptRecord;
import matchback.ledger.Fields.Reader;
import matchback.ledger.Fields.Writer;
import matchback.model.RecordId;

/// The facts of one event as bytes: the format version, then length-prefixed records.
public final class FactCodec {
    /// Tags of a fact's values start here: the column's tag plus this.
    private static final int COLUMNS = 10;

    private FactCodec() {}

    public static byte[] encode(List<Fact> facts) {
        var records = facts.stream().map(FactCodec::encode).toList();
        var out = ByteBuffer.allocate(1 + records.stream().mapToInt(r -> r.length + 4).sum());
        out.put((byte) Fields.FORMAT_VERSION);
        records.forEach(record -> out.putInt(record.length).put(record));
        return out.array();
    }

    public static List<Fact> decode(byte[] bytes) {
        if (bytes.length == 0 || bytes[0] != Fields.FORMAT_VERSION) {
            throw new CorruptRecord("facts of another format than " + Fields.FORMAT_VERSION);
        }
        var in = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
        var facts = new ArrayList<Fact>();
        while (in.hasRemaining()) {
            int length = in.remaining() < 4 ? -1 : in.getInt();
            if (length < 0 || length > in.remaining()) {
                throw new CorruptRecord(
                        "a fact of " + length + " bytes; " + in.remaining() + " left");
            }
            var record = new byte[length];
            in.get(record);
            facts.add(Fields.read(record, FactCodec::fact));
        }
        return facts;
    }

    private static byte[] encode(Fact fact) {
        var out =
                new Writer(fact.kind().number())
                        .number(1, fact.recordId().high())
                        .number(2, fact.recordId().low())
                        .number(3, fact.index())
                        .number(4, fact.version())
                        .number(5, fact.at());
        var columns = new TreeMap<Integer, Column>();
        fact.texts().keySet().forEach(column -> columns.put(column.tag(), column));
        fact.numbers().keySet().forEach(column -> columns.put(column.tag(), column));
        columns.forEach((tag, column) -> {
            var text = fact.texts().get(column);
            if (text != null) {
                out.text(COLUMNS + tag, text);
            } else {
                // Nested, so that a zero is kept apart from "no value".
                var number = fact.numbers().getOrDefault(column, 0L);
                out.record(COLUMNS + tag, Writer.nested().number(1, number));
            }
        });
        return out.toBytes();
    }

    private static Fact fact(Reader in) {
        var texts = new EnumMap<Column, String>(Column.class);
        var numbers = new EnumMap<Column, Long>(Column.class);
        in.forEach((tag, field) ->
                Column.ofTag(tag - COLUMNS)
                        .ifPresent(column -> {
                            if (column.type() == Column.Type.TEXT) {
                                texts.put(column, in.textAt(field));
                            } else {
                                var number = in.records(tag).getFirst().number(1);
                                numbers.put(column, number);
                            }
                        }));
        return new Fact(
                Kind.ofNumber(in.kind()),
                new RecordId(in.number(1), in.number(2)),
                (int) in.number(3),
                in.number(4),
                in.number(5),
                texts,
                numbers);
    }
}
