package matchback.console.testing;

import java.util.Map;
import matchback.console.ValidationDesk;
import matchback.ledger.Ledger;
import matchback.model.catalog.Validation;
import matchback.validate.WhatIf;

/// Validation that nobody started: it judged nothing, but can be asked what it would find.
record TestingValidation(Ledger ledger) implements ValidationDesk {
    @Override
    public Work work() {
        return new Work(0, 0, Map.of());
    }

    @Override
    public Preview preview(Validation settings, long from, long to) {
        var result = WhatIf.of(ledger, settings, from, to);
        return new Preview(
                result.conversions(),
                result.suspected(),
                result.found(),
                result.first().stream()
                        .map(suspicion ->
                                new Sign(
                                        suspicion.conversion().click().text(),
                                        suspicion.conversion().receivedAt(),
                                        suspicion.conversion().source(),
                                        suspicion.conversion().publisher(),
                                        suspicion.check(),
                                        suspicion.evidence()))
                        .toList(),
                result.isCut());
    }
}
