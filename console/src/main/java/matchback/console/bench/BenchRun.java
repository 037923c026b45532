package matchback.console.bench;

import java.util.List;
import java.util.Optional;
import matchback.console.bench.TestGround.Reply;
import matchback.console.bench.TestGround.TestClick;
import matchback.console.templates.PostbackForm;
import matchback.ledger.Outcome;
import matchback.ledger.state.ConversionState;
import matchback.model.RecordId;
import matchback.model.catalog.Offer;

/// What came of one test.
///
/// @param form what was to be sent
/// @param offer that the click was for, if the sender has one
/// @param target what was sent, path and query
/// @param comparison of the form with what arrived
/// @param remarks what is wrong around it, each a sentence
/// @param recordId of the postback
/// @param conversion that the postback is about, if it is about one
public record BenchRun(
        PostbackForm form,
        TestClick click,
        Optional<Offer> offer,
        String target,
        Reply reply,
        Comparison comparison,
        List<String> remarks,
        RecordId recordId,
        Outcome outcome,
        Optional<ConversionState> conversion) {

    public BenchRun {
        remarks = List.copyOf(remarks);
    }
}
