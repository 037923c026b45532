package matchback.console.bench;

import java.util.ArrayList;
import java.util.List;
import matchback.console.templates.Template;
import matchback.ledger.Outcome;
import matchback.ledger.state.ConversionState;
import org.jspecify.annotations.Nullable;

/// What came of a template's example against what the template promises.
public final class Expectations {
    private Expectations() {}

    /// The differences, one line each; none when all is as promised.
    ///
    /// @param conversion null when there is none
    /// @param currency of a template that names none
    public static List<String> differences(
            Template template,
            Outcome outcome,
            @Nullable ConversionState conversion,
            String currency) {
        if (conversion == null) {
            return List.of("no conversion: " + outcome.reason().code() + ", " + outcome.message());
        }
        var expect = template.vector().expect();
        var differences = new ArrayList<String>();
        compare(differences, "payout", expect.payout(), conversion.payout().plain());
        compare(
                differences,
                "currency",
                expect.currency().isEmpty() ? currency : expect.currency(),
                conversion.payout().currency());
        compare(differences, "txid", expect.txid(), conversion.txid());
        compare(differences, "event", expect.event(), conversion.eventType());
        compare(differences, "status", expect.status(), conversion.status().word());
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
