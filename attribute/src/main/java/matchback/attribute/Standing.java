package matchback.attribute;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import matchback.attribute.Redeciding.FactId;
import matchback.ledger.state.ClickState;
import matchback.ledger.state.ConversionState;
import matchback.ledger.state.Counters;
import matchback.ledger.state.DeliveryState;
import matchback.ledger.state.ReportState;
import matchback.ledger.state.SubjectState;
import matchback.model.RecordId;
import org.jspecify.annotations.Nullable;

/// What was made of a subject's postbacks at one moment.
///
/// @param click null when there is none
record Standing(
        Counters counters,
        @Nullable ClickState click,
        List<ReportState> reports,
        List<ConversionState> conversions,
        List<DeliveryState> deliveries) {

    static Standing of(SubjectState state) {
        return new Standing(
                state.counters(),
                state.click().orElse(null),
                state.reports(),
                state.conversions(),
                state.deliveries());
    }

    Optional<ReportState> report(RecordId recordId) {
        return reports.stream().filter(report -> report.recordId().equals(recordId)).findFirst();
    }

    /// The facts about postbacks and conversions, with their times.
    Map<FactId, Long> facts() {
        var facts = new LinkedHashMap<FactId, Long>();
        for (var report : reports) {
            facts.put(new FactId(report.recordId(), Rows.POSTBACK), report.receivedAt());
        }
        for (var conversion : conversions) {
            facts.put(new FactId(conversion.recordId(), Rows.CONVERSION), conversion.receivedAt());
            var reversal = conversion.reversal();
            if (reversal != null) {
                facts.put(new FactId(reversal, Rows.REVERSAL), conversion.reversedAt());
            }
        }
        return facts;
    }
}
