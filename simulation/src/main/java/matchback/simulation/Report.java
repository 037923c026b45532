package matchback.simulation;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// One report of a conversion. Texts are empty where the report is silent.
///
/// @param at when the report is sent
/// @param visit the number of the visit it is about; 0 when it is about none
/// @param guess the made-up click id of a report about no visit
/// @param conversion the true conversion it tells of, from 1: a retry, a change of status and a
///   refund have the number of their conversion, a rebill and a recycled transaction id have their
///   own
/// @param sender key of whoever sends it
/// @param happenedAt when the buyer did it; the report is late by the rest
/// @param payout what the operator earns, as decimal
/// @param value the order's value, as decimal
/// @param attempt 1, or more when the sender sends the same again
public record Report(
        Feed feed,
        Instant at,
        Label label,
        long visit,
        String guess,
        long conversion,
        String sender,
        String event,
        String status,
        String txid,
        String payout,
        String value,
        String currency,
        Instant happenedAt,
        int attempt)
        implements Act {

    /// By which way it comes.
    public enum Feed {
        /// The server of the sender.
        SERVER,
        /// The buyer's browser, with the address and the user agent of the visit; it has no sender.
        PIXEL
    }

    /// The postback's parameters.
    ///
    /// @param clickId that of the visit; a guessing report has its own
    public Map<String, String> parameters(String clickId) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("clickid", guess.isEmpty() ? clickId : guess);
        put(parameters, "event", event);
        put(parameters, "status", status);
        put(parameters, "txid", txid);
        put(parameters, "payout", payout);
        put(parameters, "value", value);
        put(parameters, "currency", currency);
        parameters.put("event_time", Long.toString(happenedAt.toEpochMilli()));
        return parameters;
    }

    /// The same report, sent again.
    Report again(Instant later) {
        return sent(later, attempt + 1);
    }

    /// The same report, sent at another time.
    Report at(Instant other) {
        return sent(other, attempt);
    }

    private Report sent(Instant at, int attempt) {
        return new Report(
                feed,
                at,
                label,
                visit,
                guess,
                conversion,
                sender,
                event,
                status,
                txid,
                payout,
                value,
                currency,
                happenedAt,
                attempt);
    }

    private static void put(Map<String, String> parameters, String name, String text) {
        if (!text.isEmpty()) {
            parameters.put(name, text);
        }
    }
}
