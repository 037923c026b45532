package matchback.console.api;

import static matchback.console.api.AnswerSchemas.put;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/// What answers about destinations look like, besides the entity itself.
final class DestinationSchemas {
    private DestinationSchemas() {}

    static void addTo(Map<String, ObjectNode> schemas) {
        types(schemas);
        health(schemas);
        trials(schemas);
        conversions(schemas);
        asked(schemas);
    }

    private static void types(Map<String, ObjectNode> schemas) {
        put(
                schemas,
                "DestinationSetting",
                "One thing a kind of destination must know",
                "name:text label:text hint:text required:flag secret:flag standard:text?"
                        + " lines:flag choices:text*");
        put(
                schemas,
                "DestinationType",
                "A kind of destination",
                "type:text name:text summary:text settings:DestinationSetting* eventNames:map"
                        + " moments:text* page:text");
        schemas.put("DestinationTypeList", CatalogApi.list("DestinationType"));
    }

    private static void health(Map<String, ObjectNode> schemas) {
        put(
                schemas,
                "LastAttempt",
                "The last attempt since the start",
                "at:time result:text httpStatus:integer note:text?");
        put(
                schemas,
                "FailureReason",
                "Why deliveries that were taken do not count",
                "reason:text count:integer");
        put(
                schemas,
                "Afterwards",
                "What the destination says became of what it took, counted since the start",
                "open:integer succeeded:integer failed:integer reasons:FailureReason*"
                        + " untold:integer");
        put(
                schemas,
                "LastDay",
                "What came of the deliveries of the last 24 hours",
                "delivered:integer dead:integer waiting:integer acceptedPercent:integer?");
        put(
                schemas,
                "DeadReason",
                "Why letters are dead",
                "httpStatus:integer note:text? count:integer");
        put(
                schemas,
                "DeadLetters",
                "Those of the last 30 days, with the reasons of the newest",
                "count:integer reasons:DeadReason*");
        put(schemas, "FieldCoverage", "How often a field is known", "field:text percent:integer");
        put(
                schemas,
                "Coverage",
                "What is known of the people behind the newest deliveries",
                "deliveries:integer fields:FieldCoverage*");
        put(
                schemas,
                "DestinationHealth",
                "How a destination is doing",
                "destination:text standing:text nextAt:time? underWay:integer waiting:integer"
                        + " moreWaiting:flag oldestAt:time? tokenUntil:time?"
                        + " afterwards:Afterwards? last:LastAttempt?"
                        + " lastDay:LastDay dead:DeadLetters coverage:Coverage");
    }

    private static void trials(Map<String, ObjectNode> schemas) {
        put(
                schemas,
                "Message",
                "One side of an exchange; secrets are masked",
                "line:text headers:text* body:text");
        put(
                schemas,
                "DestinationTrial",
                "What came of a test event",
                "result:text note:text? request:Message? answer:Message? millis:integer");
    }

    private static void conversions(Map<String, ObjectNode> schemas) {
        put(
                schemas,
                "ConversionDestination",
                "What one destination was told, or why not",
                "destination:text name:text? type:text deliveries:DeliveryStory* why:text?"
                        + " message:text?");
        put(
                schemas,
                "ConversionDestinations",
                "What destinations were told of a conversion",
                "conversionId:text clickId:text status:text event:text txid:text?"
                        + " items:ConversionDestination*");
    }

    private static void asked(Map<String, ObjectNode> schemas) {
        schemas.putAll(DeliveriesApi.schemas());
        put(
                schemas,
                "ResendDone",
                "What became of dead letters; left says how many wait for the next call",
                "dryRun:flag matched:integer resent:integer superseded:integer left:integer"
                        + " reasons:DeadReason*");
        put(
                schemas,
                "Untold",
                "Why so many conversions are not told",
                "why:text message:text count:integer");
        put(
                schemas,
                "BackfillDone",
                "What became of earlier conversions; next goes on where this call ended",
                "dryRun:flag matched:integer told:integer untold:Untold* next:text?");
    }
}
