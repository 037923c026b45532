package matchback.server.trial;

import java.util.ArrayList;
import java.util.List;
import matchback.console.templates.Template;
import matchback.ledger.state.ConversionState;
import matchback.server.trial.Trial.Arrived;

/// What arrived against what the template promises.
public final class Findings {
    private Findings() {}

    /// The differences, one line each; none when all is as promised.
    public static List<String> differences(Template template, Arrived arrived) {
        if (arrived.conversion().isEmpty()) {
            return List.of(
                    "no conversion: "
                            + arrived.outcome().reason().code()
                            + ", "
                            + arrived.outcome().message());
        }
        var expect = template.vector().expect();
        var found = arrived.conversion().get();
        var differences = new ArrayList<String>();
        compare(differences, "payout", expect.payout(), found.payout().plain());
        compare(
                differences,
                "currency",
                expect.currency().isEmpty() ? Trial.CURRENCY : expect.currency(),
                found.payout().currency());
        compare(differences, "txid", expect.txid(), found.txid());
        compare(differences, "event", expect.event(), found.eventType());
        compare(differences, "status", expect.status(), found.status().word());
        return differences;
    }

    private static void compare(
            List<String> differences, String field, String expected, String found) {
        if (!expected.equals(found)) {
            differences.add(field + ": expected '" + expected + "', found '" + found + '\'');
        }
    }

    /// A conversion in one line.
    public static String words(ConversionState conversion) {
        return conversion.eventType()
                + ' '
                + conversion.status().word()
                + ' '
                + conversion.payout().plain()
                + ' '
                + conversion.payout().currency()
                + (conversion.txid().isEmpty() ? "" : " txid " + conversion.txid());
    }
}
