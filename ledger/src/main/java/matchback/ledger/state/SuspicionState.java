package matchback.ledger.state;

import matchback.ledger.Fields;
import matchback.ledger.Fields.CorruptRecord;
import matchback.ledger.Fields.Writer;
import matchback.model.FraudCheck;

/// What a check found about a conversion.
///
/// @param at when, in epoch milliseconds
/// @param evidence one sentence without a full stop
public record SuspicionState(FraudCheck check, long at, String evidence) {
    private static final int KIND = 60;

    byte[] encode() {
        return new Writer(KIND).text(1, check.word()).number(2, at).text(3, evidence).toBytes();
    }

    static SuspicionState decode(byte[] bytes) {
        return Fields.read(
                bytes,
                in -> {
                    if (in.kind() != KIND) {
                        throw new CorruptRecord("suspicion of kind " + in.kind());
                    }
                    return new SuspicionState(
                            FraudCheck.ofWord(in.text(1))
                                    .orElseThrow(
                                            () -> new CorruptRecord("check '" + in.text(1) + "'")),
                            in.number(2),
                            in.text(3));
                });
    }
}
