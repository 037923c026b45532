package matchback.deliver;

import java.util.List;
import matchback.ledger.Event.AttemptResult;
import org.jspecify.annotations.Nullable;

/// What came of sending a made-up event to a destination. Secrets are masked everywhere.
///
/// @param result what would become of a delivery
/// @param note the answer's beginning, the trouble, or why nothing was sent
/// @param request as it was sent; null when nothing was
/// @param answer null when there was none
public record Trial(
        AttemptResult result,
        String note,
        @Nullable Message request,
        @Nullable Message answer,
        long millis) {

    /// One side of an exchange.
    ///
    /// @param line method and URL, or the status
    /// @param headers as `name: value`
    public record Message(String line, List<String> headers, String body) {
        public Message {
            headers = List.copyOf(headers);
        }
    }
}
