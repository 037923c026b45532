package matchback.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.TreeMap;
import matchback.report.Item.ClickItem;
import matchback.report.Item.ConversionItem;
import matchback.report.Item.DeliveryItem;
import matchback.report.Item.PostbackItem;
import org.jspecify.annotations.Nullable;

/// The JSON form of the items of lists.
final class ListJson {
    private static final int PLACES_MIN = 2;

    private ListJson() {}

    static ObjectNode click(ClickItem item) {
        var node = Json.object();
        node.put("id", item.clickId());
        node.put("recordId", item.recordId().toString());
        putTime(node, "at", item.at());
        Json.putText(node, "campaign", item.campaign());
        Json.putText(node, "source", item.source());
        Json.putText(node, "offer", item.offer());
        Json.putText(node, "creative", item.creative());
        Json.putText(node, "externalId", item.externalId());
        var traits = node.putObject("traits");
        new TreeMap<>(item.traits()).forEach(traits::put);
        node.put("cost", decimal(item.cost()));
        node.put("unique", item.unique());
        return node.put("bot", item.bot());
    }

    static ObjectNode postback(PostbackItem item) {
        var node = Json.object();
        node.put("recordId", item.recordId().toString());
        putTime(node, "at", item.at());
        node.put("decision", item.decision());
        node.put("reason", item.reason());
        var warnings = node.putArray("warnings");
        item.warnings().forEach(warnings::add);
        Json.putText(node, "detail", item.detail());
        Json.putText(node, "sender", item.sender());
        node.put("feed", item.feed());
        Json.putText(node, "clickId", item.clickId());
        Json.putText(node, "conversionId", item.conversionId());
        Json.putText(node, "campaign", item.campaign());
        Json.putText(node, "source", item.source());
        Json.putText(node, "offer", item.offer());
        Json.putText(node, "event", item.event());
        Json.putText(node, "status", item.status());
        Json.putText(node, "txid", item.txid());
        node.put("payout", decimal(item.payout()));
        Json.putText(node, "currency", item.currency());
        return node;
    }

    static ObjectNode conversion(ConversionItem item) {
        var node = Json.object();
        node.put("id", item.conversionId());
        putTime(node, "at", item.at());
        putTime(node, "eventAt", item.eventAt());
        putTime(node, "clickAt", item.clickAt());
        Json.putText(node, "clickId", item.clickId());
        Json.putText(node, "campaign", item.campaign());
        Json.putText(node, "source", item.source());
        Json.putText(node, "offer", item.offer());
        Json.putText(node, "creative", item.creative());
        Json.putText(node, "sender", item.sender());
        Json.putText(node, "externalId", item.externalId());
        Json.putText(node, "event", item.event());
        Json.putText(node, "status", item.status());
        Json.putText(node, "txid", item.txid());
        node.put("feed", item.feed());
        node.put("payout", decimal(item.payout()));
        Json.putText(node, "currency", item.currency());
        node.put("revenue", decimal(item.revenue()));
        node.put("value", decimal(item.value()));
        var suspicions = node.putArray("suspicions");
        item.doubt().checks().forEach(suspicions::add);
        Json.putText(node, "evidence", item.doubt().evidence());
        return node;
    }

    static ObjectNode delivery(DeliveryItem item) {
        var node = Json.object();
        node.put("recordId", item.recordId().toString());
        node.put("number", item.number());
        putTime(node, "at", item.at());
        node.put("destination", item.destination());
        node.put("state", item.state());
        node.put("attempts", item.attempts());
        node.put("httpStatus", item.httpStatus());
        Json.putText(node, "detail", item.detail());
        putTime(node, "nextAt", item.nextAt());
        Json.putText(node, "clickId", item.clickId());
        Json.putText(node, "conversionId", item.conversionId());
        Json.putText(node, "campaign", item.campaign());
        Json.putText(node, "source", item.source());
        Json.putText(node, "event", item.event());
        Json.putText(node, "status", item.status());
        Json.putText(node, "txid", item.txid());
        return node;
    }

    private static void putTime(ObjectNode node, String field, @Nullable Instant time) {
        node.put(field, time == null ? null : time.toString());
    }

    /// A decimal with at least two places.
    private static @Nullable String decimal(@Nullable BigDecimal value) {
        if (value == null) {
            return null;
        }
        var plain = value.stripTrailingZeros();
        return plain.setScale(Math.max(PLACES_MIN, plain.scale())).toPlainString();
    }
}
