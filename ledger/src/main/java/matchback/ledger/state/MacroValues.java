package matchback.ledger.state;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import matchback.model.Macros;
import matchback.model.Money;
import matchback.model.Subject;

/// What destinations are told of a conversion, by the names of [Macros#CONVERSION].
public final class MacroValues {
    private MacroValues() {}

    /// A value for every macro of a destination's URL; empty where there is none.
    public static Map<String, String> of(
            Subject subject, ClickState click, ConversionState conversion) {
        var values = of(subject, click);
        values.put("payout", conversion.payout().plain());
        values.put("currency", conversion.payout().currency());
        values.put("value", Optional.ofNullable(conversion.value()).map(Money::plain).orElse(""));
        values.put("txid", conversion.txid());
        values.put("event", conversion.eventType());
        values.put("status", conversion.status().word());
        values.put("event_id", conversion.outboundEventId());
        values.put("conversion_id", conversion.id());
        values.put("conversion_time", seconds(conversion.eventAt()));
        return values;
    }

    /// The same of something that happened after a click and is no conversion.
    ///
    /// @param event its name
    /// @param at epoch milliseconds
    public static Map<String, String> of(
            Subject subject, ClickState click, String event, String eventId, long at) {
        var values = of(subject, click);
        values.put("event", event);
        values.put("event_id", eventId);
        values.put("conversion_time", seconds(at));
        return values;
    }

    private static Map<String, String> of(Subject subject, ClickState click) {
        var values = new HashMap<String, String>();
        Macros.CONVERSION.forEach(macro -> values.put(macro, click.subs().getOrDefault(macro, "")));
        values.put("clickid", subject.text());
        values.put("externalid", click.externalId());
        values.put("campaign", click.campaign());
        values.put("source", click.source());
        values.put("offer", click.offer());
        values.put("creative", click.creative());
        values.put("cost", click.costMicros() < 0 ? "" : Money.plain(click.costMicros()));
        values.put("click_time", seconds(click.clickedAt()));
        return values;
    }

    private static String seconds(long millis) {
        return Long.toString(Math.floorDiv(millis, 1000L));
    }
}
