package matchback.deliver.google;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import matchback.deliver.Afterwards;

/// What Google found out about a request that it had taken
/// ([guide](https://developers.google.com/data-manager/api/devguides/diagnostics),
/// [definition](https://github.com/googleapis/googleapis/blob/master/google/ads/datamanager/v1/request_status_per_destination.proto)).
final class RequestStatus {
    private static final String REASON_PREFIX = "PROCESSING_ERROR_(REASON_)?";

    /// A request that came twice, after an answer was lost: the conversion is there.
    private static final String TOLD_BEFORE = "DUPLICATE_TRANSACTION_ID";

    private static final String UNNAMED = "UNNAMED";

    private RequestStatus() {}

    static Afterwards read(JsonNode answer) {
        var statuses = answer.path("requestStatusPerDestination");
        if (statuses.isEmpty()) {
            return new Afterwards.Unknown();
        }
        long succeeded = 0;
        var failed = new TreeMap<String, Long>();
        for (var status : statuses) {
            var word = status.path("requestStatus").asText();
            boolean isSettled =
                    switch (word) {
                        // The guide says FAILURE where the definition says FAILED.
                        case "SUCCESS", "PARTIAL_SUCCESS", "FAILED", "FAILURE" -> true;
                        default -> false;
                    };
            if (!isSettled) {
                return new Afterwards.Open();
            }
            long all = status.path("eventsIngestionStatus").path("recordCount").asLong();
            long bad = errors(status.path("errorInfo").path("errorCounts"), failed);
            boolean isUnnamed =
                    word.startsWith("FAIL") && status.at("/errorInfo/errorCounts").isEmpty();
            if (isUnnamed) {
                failed.merge(UNNAMED, all, Long::sum);
            }
            succeeded += isUnnamed ? 0 : Math.max(0, all - bad);
        }
        return new Afterwards.Settled(succeeded, failed);
    }

    /// @return how many failed
    private static long errors(JsonNode counts, Map<String, Long> failed) {
        long all = 0;
        for (var error : counts) {
            var reason = error.path("reason").asText().replaceFirst(REASON_PREFIX, "");
            long count = error.path("recordCount").asLong();
            if (!reason.equals(TOLD_BEFORE)) {
                failed.merge(reason.isEmpty() ? UNNAMED : reason, count, Long::sum);
                all += count;
            }
        }
        return all;
    }
}
