package matchback.ledger;

import java.util.List;
import java.util.Locale;
import matchback.model.Money;
import matchback.model.Reason;
import matchback.model.Status;
import matchback.model.trace.Step;
import org.jspecify.annotations.Nullable;

/// What was decided of a postback; what its sender is told.
///
/// @param detail what exactly was found, one sentence or empty
/// @param clickId empty when none was found
/// @param conversionId empty when there is none
/// @param event the event type; empty when it was not looked at
/// @param sender key of whoever sent it; empty when unknown
/// @param campaign and
/// @param source of the click; empty without one
/// @param deliveries how many deliveries it caused
/// @param steps how the decision came about, in order
public record Outcome(
        Reason reason,
        List<Reason> warnings,
        String detail,
        String clickId,
        String conversionId,
        String event,
        @Nullable Status status,
        @Nullable Money payout,
        String sender,
        String campaign,
        String source,
        int deliveries,
        List<Step> steps) {

    public Outcome {
        warnings = List.copyOf(warnings);
        steps = List.copyOf(steps);
    }

    /// An outcome that nobody took steps to.
    public Outcome(
            Reason reason,
            List<Reason> warnings,
            String detail,
            String clickId,
            String conversionId,
            String event,
            @Nullable Status status,
            @Nullable Money payout,
            String sender,
            String campaign,
            String source,
            int deliveries) {
        this(
                reason,
                warnings,
                detail,
                clickId,
                conversionId,
                event,
                status,
                payout,
                sender,
                campaign,
                source,
                deliveries,
                List.of());
    }

    /// What was decided, whatever the way to it and whoever was told.
    public Outcome bare() {
        return with(0, List.of());
    }

    /// The same with other deliveries and steps.
    public Outcome with(int otherDeliveries, List<Step> otherSteps) {
        return new Outcome(
                reason,
                warnings,
                detail,
                clickId,
                conversionId,
                event,
                status,
                payout,
                sender,
                campaign,
                source,
                otherDeliveries,
                otherSteps);
    }

    /// The reason's sentence, followed by what exactly was found.
    public String message() {
        return message(reason, detail);
    }

    /// A reason's sentence, followed by what exactly was found, if anything.
    public static String message(Reason reason, String detail) {
        if (detail.isEmpty()) {
            return reason.message();
        }
        return reason.message()
                + ' '
                + detail.substring(0, 1).toUpperCase(Locale.ROOT)
                + detail.substring(1)
                + (detail.endsWith(".") ? "" : ".");
    }
}
