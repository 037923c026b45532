package matchback.server;

import matchback.console.ValidationDesk;
import matchback.ledger.Ledger;
import matchback.model.catalog.Validation;
import matchback.validate.Suspicion;
import matchback.validate.Watch;
import matchback.validate.WhatIf;

/// Lets the console see into validation.
record ValidationRoom(Watch watch, Ledger ledger) implements ValidationDesk {
    @Override
    public Work work() {
        var work = watch.work();
        return new Work(work.conversions(), work.micros(), work.found());
    }

    @Override
    public Preview preview(Validation settings, long from, long to) {
        var result = WhatIf.of(ledger, settings, from, to);
        return new Preview(
                result.conversions(),
                result.suspected(),
                result.found(),
                result.first().stream().map(ValidationRoom::sign).toList(),
                result.isCut());
    }

    private static Sign sign(Suspicion suspicion) {
        var conversion = suspicion.conversion();
        return new Sign(
                conversion.click().text(),
                conversion.receivedAt(),
                conversion.source(),
                conversion.publisher(),
                suspicion.check(),
                suspicion.evidence());
    }
}
