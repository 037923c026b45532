package matchback.ledger;

import java.util.Map;
import matchback.ledger.Event.Suspected;
import matchback.ledger.catalog.CatalogChange;
import matchback.model.FraudCheck;
import matchback.model.RecordId;
import matchback.model.Subject;
import matchback.model.catalog.Quarantine;
import matchback.model.catalog.Validation;

/// Records of validation, one of each form.
final class ValidationSamples {
    private ValidationSamples() {}

    static void addTo(Map<String, CatalogChange> changes) {
        changes.put(
                "validation",
                Samples.change(
                        new Validation(
                                Validation.KEY,
                                "Validation",
                                "sub2",
                                Map.of(
                                        "injection",
                                        new Validation.Rule(Validation.Mode.HOLD, 9, 6)),
                                48,
                                false)));
        changes.put(
                "quarantine",
                Samples.change(
                        new Quarantine(
                                "push-77",
                                "Publisher 77",
                                "push",
                                "sub2",
                                "77",
                                "injection",
                                "within 10 s of the click: 41 of the last 64",
                                Samples.AT,
                                Samples.AT + 86_400_000,
                                false)));
    }

    static void addEventsTo(Map<String, Event> events) {
        events.put(
                "suspected-full",
                new Suspected(
                        Samples.ID,
                        Samples.AT,
                        7,
                        Samples.CLICK,
                        new RecordId(5, 6),
                        FraudCheck.INJECTION,
                        "within 10 s of the click: 41 of the last 64; of others it would be 1.3"));
        events.put(
                "suspected-empty",
                new Suspected(
                        Samples.ZERO,
                        0,
                        0,
                        new Subject("a"),
                        Samples.ZERO,
                        FraudCheck.TOO_FAST,
                        ""));
    }
}
