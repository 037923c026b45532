package matchback.console.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import matchback.console.api.ClickStory.PostbackStory;
import matchback.ledger.Event.Edited;
import matchback.ledger.PersonalBlock;
import matchback.ledger.state.ClickState;
import matchback.ledger.state.ConversionState;
import matchback.ledger.state.DeliveryState;
import matchback.ledger.state.ReportState.Past;
import matchback.ledger.state.ReviewState;
import matchback.model.ClickId;
import matchback.model.Money;
import matchback.model.PlatformClickId;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.Entity;
import matchback.model.trace.Step;
import org.jspecify.annotations.Nullable;

/// The JSON form of a click's story.
final class StoryJson {
    private StoryJson() {}

    static ObjectNode click(ClickStory story, ClickState click, Catalog catalog) {
        var node = Json.object();
        node.put("id", story.subject().text());
        node.put("recordId", click.recordId().toString());
        Json.putTime(node, "clickedAt", click.clickedAt());
        putEntity(node, "campaign", click.campaign(), catalog.campaign(click.campaign()));
        putEntity(node, "source", click.source(), catalog.source(click.source()));
        putEntity(node, "offer", click.offer(), catalog.offer(click.offer()));
        putEntity(node, "sender", click.sender(), catalog.sender(click.sender()));
        Json.putText(node, "externalId", click.externalId());
        Json.putText(node, "creative", click.creative());
        node.put("cost", click.costMicros() < 0 ? null : Money.plain(click.costMicros()));
        node.put("currency", catalog.reportCurrency());
        putTexts(node, "subs", click.subs());
        putTexts(node, "traits", click.traits());
        node.put("unique", click.unique());
        Json.putText(node, "bot", click.bot());
        node.put("prefetch", !click.isVisit());
        node.put("recorded", click.recorded());
        node.put("test", click.test());
        Json.putTime(node, "windowEndsAt", click.windowEndsAt());
        Json.putTime(node, "convertedAt", click.convertedAt());
        var steps = node.putArray("landerClicks");
        for (var step : story.landerClicks()) {
            var entry = steps.addObject();
            Json.putTime(entry, "at", step.receivedAt());
            entry.put("button", step.button());
            putEntity(entry, "offer", step.offer(), catalog.offer(step.offer()));
        }
        node.set("platformClickIds", platformClickIds(story, click));
        node.set("personal", request(story.clickPersonal()));
        return node;
    }

    private static ArrayNode platformClickIds(ClickStory story, ClickState click) {
        var list = Json.array();
        var visitor = story.clickPersonal();
        if (visitor != null) {
            for (var seen : PlatformClickId.all(visitor.target())) {
                var node = list.addObject();
                node.put("parameter", seen.kind().parameter());
                node.put("platform", seen.kind().platform());
                node.put("value", seen.value());
                Json.putTime(node, "firstSeenAt", click.clickedAt());
            }
        }
        return list;
    }

    private static void putEntity(
            ObjectNode node, String field, String key, java.util.Optional<? extends Entity> found) {
        Json.putText(node, field, key);
        Json.putText(node, field + "Name", found.map(Entity::name).orElse(key));
    }

    private static void putTexts(ObjectNode node, String field, Map<String, String> texts) {
        var object = node.putObject(field);
        new TreeMap<>(texts).forEach(object::put);
    }

    static ArrayNode conversions(ClickStory story, Catalog catalog) {
        var list = Json.array();
        story.conversions().forEach(found -> list.add(conversion(story, found, catalog)));
        return list;
    }

    static ObjectNode conversion(ClickStory story, ConversionState conversion, Catalog catalog) {
        var node = Json.object();
        node.put("id", conversion.id());
        Json.putText(node, "event", conversion.eventType());
        node.put("status", conversion.status().word());
        node.put("payout", conversion.payout().plain());
        node.put("currency", conversion.payout().currency());
        node.put("revenue", Money.plain(conversion.revenueMicros()));
        node.put("revenueCurrency", catalog.reportCurrency());
        putMoney(node, "value", conversion.value());
        Json.putText(node, "txid", conversion.txid());
        Json.putText(node, "sender", conversion.sender());
        var feeds = node.putArray("feeds");
        conversion.feeds().forEach(feed -> feeds.add(feed.word()));
        putLegs(node, conversion);
        Json.putTime(node, "receivedAt", conversion.receivedAt());
        Json.putTime(node, "eventAt", conversion.eventAt());
        Json.putTime(node, "reversedAt", conversion.reversedAt());
        Json.putText(node, "outboundEventId", conversion.outboundEventId());
        Json.putText(node, "browserEventId", conversion.browserEventId());
        var history = node.putArray("history");
        for (var change : conversion.changes()) {
            var step = history.addObject();
            step.put("recordId", change.recordId().toString());
            Json.putTime(step, "at", change.at());
            step.put("feed", change.feed().word());
            step.put("reason", change.reason().code());
            step.put("status", change.status().word());
            step.put("payout", change.payout().plain());
            step.put("currency", change.payout().currency());
            step.set("review", review(story.review(change.recordId())));
            step.set("edit", edit(story.edits().get(change.recordId())));
        }
        return node;
    }

    private static void putLegs(ObjectNode node, ConversionState conversion) {
        var legs = node.putArray("legs");
        for (var leg : conversion.legs()) {
            var one = legs.addObject();
            one.put("feed", leg.feed().word());
            Json.putTime(one, "at", leg.at());
        }
        node.put("witnesses", conversion.witnesses().word());
        var gap = conversion.serverAfterBrowser();
        if (gap.isPresent()) {
            node.put("feedGap", gap.getAsLong());
        } else {
            node.putNull("feedGap");
        }
    }

    static ArrayNode browserEvents(ClickStory story) {
        var list = Json.array();
        for (var seen : story.seen()) {
            var node = list.addObject();
            node.put("recordId", seen.recordId().toString());
            Json.putTime(node, "at", seen.at());
            node.put("event", seen.sight().name());
            node.put("amount", seen.sight().amount() < 0 ? null : seen.sight().amount());
            Json.putText(node, "eventId", seen.sight().eventId());
        }
        return list;
    }

    /// Who changed it by hand, and why; null when it was a report.
    private static @Nullable ObjectNode edit(@Nullable Edited said) {
        if (said == null) {
            return null;
        }
        var node = Json.object();
        node.put("by", said.by());
        Json.putText(node, "note", said.note());
        return node;
    }

    private static void putMoney(ObjectNode node, String field, @Nullable Money money) {
        if (money == null) {
            node.putNull(field);
        } else {
            node.putObject(field).put("amount", money.plain()).put("currency", money.currency());
        }
    }

    static ArrayNode postbacks(ClickStory story) {
        var list = Json.array();
        story.postbacks().forEach(found -> list.add(postback(found)));
        return list;
    }

    static ObjectNode postback(PostbackStory story) {
        var report = story.report();
        var outcome = report.outcome();
        var reason = outcome.reason();
        var node = Json.object();
        node.put("recordId", report.recordId().toString());
        Json.putTime(node, "receivedAt", report.receivedAt());
        node.put("feed", report.feed().word());
        Json.putText(node, "sender", report.sender());
        node.put("decision", reason.decision().word());
        node.put("reason", reason.code());
        node.put("message", outcome.message());
        Json.putText(node, "detail", outcome.detail());
        node.put("advice", reason.advice());
        node.put("httpStatus", reason.httpStatus());
        var warnings = node.putArray("warnings");
        outcome.warnings().forEach(warning -> warnings.add(warning.code()));
        Json.putText(node, "clickId", outcome.clickId());
        Json.putText(node, "conversionId", outcome.conversionId());
        Json.putText(node, "event", outcome.event());
        var status = outcome.status();
        node.put("status", status == null ? null : status.word());
        putMoney(node, "payout", outcome.payout());
        Json.putText(node, "campaign", outcome.campaign());
        Json.putText(node, "source", outcome.source());
        node.put("deliveries", outcome.deliveries());
        steps(node, outcome.steps());
        node.putObject("receipt")
                .put("recordId", report.recordId().toString())
                .put("hash", HexFormat.of().formatHex(story.recordHash()));
        putReceived(node, story);
        node.set("request", request(story.personal()));
        node.set("review", review(story.review()));
        node.set("replayed", replayed(report.past()));
        return node;
    }

    private static @Nullable ObjectNode replayed(@Nullable Past past) {
        return past == null
                ? null
                : Json.object()
                        .put("replay", past.replay().toString())
                        .put("at", Json.time(past.at()))
                        .put("first", past.first().code());
    }

    /// In the words of the answer that a caller with a token gets.
    private static void steps(ObjectNode node, List<Step> steps) {
        var list = node.putArray("steps");
        for (var step : steps) {
            var entry = list.addObject();
            entry.put("code", step.kind().code());
            entry.put("text", step.text());
            var values = entry.putObject("values");
            step.named().forEach(values::put);
        }
    }

    /// Who said what of a held postback; null when nobody had to.
    private static @Nullable ObjectNode review(@Nullable ReviewState said) {
        if (said == null) {
            return null;
        }
        var review = said.review();
        var node = Json.object();
        node.put("recordId", review.recordId().toString());
        Json.putTime(node, "at", review.receivedAt());
        node.put("verdict", review.verdict().name().toLowerCase(java.util.Locale.ROOT));
        node.put("by", review.by());
        Json.putText(node, "note", review.note());
        return node.put("heldAs", said.heldAs().code());
    }

    private static void putReceived(ObjectNode node, PostbackStory story) {
        var received = story.received();
        var params = node.putArray("params");
        if (received == null) {
            return;
        }
        for (var param : received.params().list()) {
            params.addObject().put("name", param.name()).put("value", param.value());
        }
        Json.putText(node, "clickParameter", received.clickParameter());
        Json.putText(node, "clickValue", received.clickValue());
        node.put("catalogVersion", received.catalogVersion());
    }

    /// The raw request; null when there is none.
    private static @Nullable ObjectNode request(@Nullable PersonalBlock block) {
        if (block == null) {
            return null;
        }
        var node = Json.object();
        Json.putText(node, "address", block.address());
        Json.putText(node, "userAgent", block.userAgent());
        node.put("method", block.method());
        node.put("target", block.target());
        var headers = node.putArray("headers");
        block.headers().forEach(headers::add);
        node.put("body", new String(block.body(), StandardCharsets.UTF_8));
        return node;
    }

    static ArrayNode deliveries(ClickStory story) {
        var list = Json.array();
        story.deliveries().forEach(found -> list.add(delivery(found)));
        return list;
    }

    static ObjectNode delivery(DeliveryState delivery) {
        var node = Json.object();
        node.put("number", delivery.number());
        node.put("destination", delivery.destination());
        Json.putText(node, "conversionId", delivery.conversionId());
        Json.putText(node, "eventId", delivery.eventId());
        node.put("moment", delivery.moment().word());
        node.put("state", delivery.progress().word());
        Json.putTime(node, "createdAt", delivery.createdAt());
        Json.putTime(node, "nextAt", delivery.dueAt());
        node.put("attemptsMade", delivery.attemptsMade());
        putTexts(node, "values", delivery.values());
        var attempts = node.putArray("attempts");
        for (var attempt : delivery.attempts()) {
            var entry = attempts.addObject();
            entry.put("number", attempt.number());
            Json.putTime(entry, "at", attempt.at());
            entry.put("result", attempt.result().name().toLowerCase(java.util.Locale.ROOT));
            entry.put("httpStatus", attempt.httpStatus());
            Json.putText(entry, "note", attempt.note());
            entry.put("url", attempt.url());
            entry.put("durationMillis", attempt.durationMillis());
        }
        return node;
    }

    /// What an id tells of itself, also when its click is not stored.
    static ObjectNode idOnly(ClickId id) {
        var node = Json.object();
        node.put("id", id.text());
        Json.putTime(node, "clickedAt", id.millis());
        return node.put("campaignNumber", id.campaign()).put("unrecorded", id.isUnrecorded());
    }
}
