package matchback.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What answers look like, besides the catalog's entities.
///
/// Fields are written `name:type`; a question mark says that null stands where there is nothing, an
/// asterisk makes a list, and a type in capitals is another schema.
final class AnswerSchemas {
    private AnswerSchemas() {}

    static Map<String, ObjectNode> all() {
        var schemas = new TreeMap<String, ObjectNode>();
        schemas.put("Text", Schema.text("Plain text"));
        problem(schemas);
        put(schemas, "Money", "An amount with its currency", "amount:decimal currency:text");
        health(schemas);
        reasons(schemas);
        schemas.putAll(TemplatesApi.schemas());
        schemas.putAll(SourceTemplatesApi.schemas());
        schemas.putAll(OfferTemplatesApi.schemas());
        story(schemas);
        lists(schemas);
        schemas.putAll(ReportApi.schemas());
        schemas.putAll(CostsApi.schemas());
        schemas.putAll(FeedsApi.schemas());
        reviews(schemas);
        DestinationSchemas.addTo(schemas);
        tests(schemas);
        schemas.putAll(ConversionsApi.schemas());
        schemas.putAll(RecoveriesApi.schemas());
        recovered(schemas);
        oldLinks(schemas);
        handed(schemas);
        schemas.putAll(ReplayJson.schemas());
        schemas.putAll(ValidationApi.schemas());
        schemas.putAll(AppleAdsApi.schemas());
        return schemas;
    }

    private static void problem(Map<String, ObjectNode> schemas) {
        put(schemas, "FieldProblem", "What is wrong with one field", "field:text message:text");
        schemas.put(
                "Problem",
                Schema.object(
                                "A problem (RFC 9457)",
                                List.of(
                                        FieldSpec.required("type", Schema.text("What kind")),
                                        FieldSpec.required("title", Schema.text("In short")),
                                        FieldSpec.required(
                                                "status", Schema.integer("Of HTTP", 400, 599)),
                                        FieldSpec.required("detail", Schema.text("In full")),
                                        FieldSpec.optional(
                                                "errors",
                                                Schema.list("Fields", Schema.ref("FieldProblem")))))
                        .put("additionalProperties", true));
    }

    private static void health(Map<String, ObjectNode> schemas) {
        put(schemas, "Live", "It runs", "status:text");
        put(schemas, "Check", "One part of it", "name:text ok:flag detail:text");
        put(schemas, "Ready", "Whether it works", "status:text checks:Check*");
        put(
                schemas,
                "Alert",
                "Something that is or was wrong",
                "id:text kind:text about:text headline:text evidence:text* since:time raisedAt:time"
                        + " clearedAt:time?");
        schemas.put("AlertList", CatalogApi.list("Alert"));
    }

    private static void reasons(Map<String, ObjectNode> schemas) {
        put(
                schemas,
                "Reason",
                "Why a postback was decided so",
                "code:text decision:text httpStatus:integer message:text advice:text");
        schemas.put("ReasonList", CatalogApi.list("Reason"));
    }

    private static void story(Map<String, ObjectNode> schemas) {
        put(
                schemas,
                "Request",
                "The raw request; secrets are hidden",
                "address:text? userAgent:text? method:text target:text headers:text* body:text");
        put(
                schemas,
                "PlatformClickId",
                "The id of the click that an ad platform hung on the link, and since when it is known",
                "parameter:text platform:text value:text firstSeenAt:time");
        put(
                schemas,
                "Click",
                "A click",
                "id:text recordId:text clickedAt:time campaign:text? campaignName:text?"
                        + " source:text? sourceName:text? offer:text? offerName:text? sender:text?"
                        + " senderName:text? externalId:text? creative:text? cost:decimal?"
                        + " currency:text subs:map traits:map unique:flag bot:text? prefetch:flag"
                        + " recorded:flag test:flag windowEndsAt:time? convertedAt:time?"
                        + " landerClicks:LanderClick* platformClickIds:PlatformClickId*"
                        + " personal:Request?");
        put(
                schemas,
                "LanderClick",
                "A step from a lander to an offer",
                "at:time button:integer offer:text? offerName:text?");
        conversionStory(schemas);
        postbackStory(schemas);
        deliveryStory(schemas);
        browserEvent(schemas);
        put(
                schemas,
                "ClickStory",
                "All of one click",
                "click:Click conversions:ConversionStory* postbacks:PostbackStory*"
                        + " deliveries:DeliveryStory* browserEvents:BrowserEvent*"
                        + " browserEventsLeftOut:integer");
    }

    private static void conversionStory(Map<String, ObjectNode> schemas) {
        put(
                schemas,
                "ConversionChange",
                "A step of a conversion's history",
                "recordId:text at:time feed:text reason:text status:text payout:decimal"
                        + " currency:text review:ReviewSaid? edit:EditSaid?");
        put(schemas, "EditSaid", "Who changed it by hand, and why", "by:text note:text?");
        put(
                schemas,
                "EditDone",
                "What an edit changed, or would",
                "dryRun:flag before:ConversionStory conversion:ConversionStory");
        put(
                schemas,
                "Leg",
                "A feed's first report of a conversion; when is not known of old ones",
                "feed:text at:time?");
        put(
                schemas,
                "ConversionStory",
                "A conversion with its history",
                "id:text event:text? status:text payout:decimal currency:text revenue:decimal"
                        + " revenueCurrency:text value:Money? txid:text? sender:text? feeds:text*"
                        + " legs:Leg* witnesses:text feedGap:integer?"
                        + " receivedAt:time eventAt:time reversedAt:time? outboundEventId:text?"
                        + " browserEventId:text? history:ConversionChange*");
    }

    private static void browserEvent(Map<String, ObjectNode> schemas) {
        put(
                schemas,
                "BrowserEvent",
                "What the visitor's browser saw; the amount is percent for scroll, seconds for"
                        + " engaged",
                "recordId:text at:time event:text amount:integer? eventId:text?");
    }

    private static void postbackStory(Map<String, ObjectNode> schemas) {
        put(schemas, "Receipt", "Proof of a record", "recordId:text hash:text");
        put(
                schemas,
                "Step",
                "A step on the way to the decision, in order",
                "code:text text:text values:map");
        put(schemas, "Param", "A parameter", "name:text value:text");
        put(
                schemas,
                "PostbackStory",
                "A postback, what was decided and why",
                "recordId:text receivedAt:time feed:text sender:text? decision:text reason:text"
                        + " message:text detail:text? advice:text httpStatus:integer warnings:text*"
                        + " clickId:text? conversionId:text? event:text? status:text? payout:Money?"
                        + " campaign:text? source:text? deliveries:integer steps:Step* receipt:Receipt"
                        + " params:Param* clickParameter:text? clickValue:text? catalogVersion:integer"
                        + " request:Request? review:ReviewSaid? replayed:Replayed?");
        put(
                schemas,
                "Replayed",
                "The last replay that changed the decision, and the reason of the first one",
                "replay:text at:time first:text");
    }

    private static void tests(Map<String, ObjectNode> schemas) {
        schemas.putAll(SenderTestApi.schemas());
        put(
                schemas,
                "TestClick",
                "A click that counts for nothing",
                "id:text offer:text? offerUrl:text?");
        put(schemas, "TestAnswer", "What the listener answered", "status:integer body:text");
        put(
                schemas,
                "TestParameter",
                "A parameter of the template and what arrived: as_meant, missing, unfilled or extra",
                "name:text template:text? arrived:text? found:text");
        put(
                schemas,
                "RecentParameter",
                "In how many of the real postbacks a parameter was not as the template has it",
                "name:text template:text? missing:integer unfilled:integer extra:integer");
        put(
                schemas,
                "RecentPostbacks",
                "The sender's last real postbacks against the template",
                "postbacks:integer parameters:RecentParameter*");
        put(
                schemas,
                "SenderTestResult",
                "A test and what became of it",
                "postbackTemplate:text postbackUrl:text click:TestClick answer:TestAnswer"
                        + " parameters:TestParameter* remarks:text* postback:PostbackStory"
                        + " recent:RecentPostbacks");
    }

    private static void reviews(Map<String, ObjectNode> schemas) {
        schemas.putAll(ReviewsApi.schemas());
        schemas.putAll(EditsApi.schemas());
        put(
                schemas,
                "ReviewSaid",
                "What a person last said of a held postback",
                "recordId:text at:time verdict:text by:text note:text? heldAs:text");
        put(
                schemas,
                "BulkReviewItem",
                "What became of one of them",
                "recordId:text clickId:text? heldAs:text result:text reason:text message:text?");
        put(
                schemas,
                "BulkReviewDone",
                "What became of them; left says how many wait for the next call",
                "dryRun:flag verdict:text matched:integer taken:integer ready:integer"
                        + " needsValue:integer decided:integer stillHeld:integer notHeld:integer"
                        + " left:integer items:BulkReviewItem*");
    }

    private static void oldLinks(Map<String, ObjectNode> schemas) {
        put(schemas, "OldLink", "A link of another tracker", "link:text campaign:text");
        schemas.put("OldLinkList", CatalogApi.list("OldLink"));
        put(
                schemas,
                "OldLinkError",
                "A row of which nothing was taken",
                "line:integer link:text campaign:text message:text");
        put(
                schemas,
                "OldLinksTaken",
                "What became of a table of links",
                "dryRun:flag rows:integer added:integer unchanged:integer errors:OldLinkError*");
    }

    private static void recovered(Map<String, ObjectNode> schemas) {
        put(
                schemas,
                "RecoveredReason",
                "How many postbacks ended so",
                "reason:text decision:text requests:integer message:text");
        put(
                schemas,
                "RecoveredPostbacks",
                "What became of postbacks; those that were taken before are in no count",
                "takenBefore:integer counts:HandedCounts reasons:RecoveredReason*");
        put(
                schemas,
                "RecoveredClicks",
                "What became of clicks",
                "recorded:integer takenBefore:integer withoutCampaign:integer");
        put(
                schemas,
                "Recovered",
                "What became of requests; others are neither postbacks nor clicks",
                "dryRun:flag postbacks:RecoveredPostbacks clicks:RecoveredClicks others:integer");
    }

    private static void handed(Map<String, ObjectNode> schemas) {
        var fields =
                "decision:text reason:text message:text warnings:text* clickId:text?"
                        + " conversionId:text? event:text? status:text? payout:Money?"
                        + " receipt:Receipt campaign:text? source:text? deliveries:integer";
        put(schemas, "Handed", "What became of a conversion that was handed in", fields);
        put(schemas, "HandedItem", "What became of one of several", "index:integer " + fields);
        put(
                schemas,
                "HandedCounts",
                "How many there are of each decision",
                "counted:integer updated:integer duplicate:integer held:integer refused:integer");
        put(
                schemas,
                "HandedList",
                "What became of several, in the order they were sent",
                "counts:HandedCounts items:HandedItem*");
        put(
                schemas,
                "FileReason",
                "How many rows of a file ended so",
                "reason:text decision:text rows:integer message:text advice:text");
        put(
                schemas,
                "FileRow",
                "One of the first rows that ended so; unread is one that is no row",
                "line:integer takenBefore:flag decision:text reason:text? message:text"
                        + " warnings:text* clickId:text? conversionId:text?");
        put(
                schemas,
                "FileTaken",
                "What became of a file; rows that were taken before are in no count",
                "dryRun:flag rows:integer takenBefore:integer unread:integer counts:HandedCounts"
                        + " reasons:FileReason* payouts:Money* items:FileRow*");
    }

    private static void deliveryStory(Map<String, ObjectNode> schemas) {
        put(
                schemas,
                "Attempt",
                "One attempt to deliver",
                "number:integer at:time result:text httpStatus:integer note:text? url:text"
                        + " durationMillis:integer");
        put(
                schemas,
                "DeliveryStory",
                "A conversion on its way to a destination",
                "number:integer destination:text conversionId:text? eventId:text? moment:text"
                        + " state:text"
                        + " createdAt:time nextAt:time? attemptsMade:integer values:map"
                        + " attempts:Attempt*");
    }

    private static void lists(Map<String, ObjectNode> schemas) {
        put(
                schemas,
                "Postback",
                "A postback with its current decision",
                "recordId:text at:time decision:text reason:text warnings:text* detail:text?"
                        + " sender:text? feed:text clickId:text? conversionId:text? campaign:text?"
                        + " source:text? offer:text? event:text? status:text? txid:text?"
                        + " payout:decimal? currency:text?");
        put(
                schemas,
                "Conversion",
                "A conversion in its current state",
                "id:text at:time eventAt:time? clickAt:time? clickId:text? campaign:text?"
                        + " source:text? offer:text? creative:text? sender:text? externalId:text?"
                        + " event:text? status:text? txid:text? feed:text payout:decimal?"
                        + " currency:text? revenue:decimal value:decimal? suspicions:text*"
                        + " evidence:text?");
        put(
                schemas,
                "Delivery",
                "A conversion on its way to a destination",
                "recordId:text number:integer at:time destination:text state:text attempts:integer"
                        + " httpStatus:integer detail:text? nextAt:time? clickId:text?"
                        + " conversionId:text? campaign:text? source:text? event:text? status:text?"
                        + " txid:text?");
        put(
                schemas,
                "ClickItem",
                "A click",
                "id:text recordId:text at:time campaign:text? source:text? offer:text?"
                        + " creative:text? externalId:text? traits:map cost:decimal? unique:flag"
                        + " bot:flag");
        for (var item : List.of("Postback", "Conversion", "Delivery", "ClickItem")) {
            schemas.put(item + "List", CatalogApi.list(item));
        }
    }

    static void put(
            Map<String, ObjectNode> schemas, String name, String description, String fields) {
        var specs = new ArrayList<FieldSpec>();
        for (var field : List.of(fields.split(" ", -1))) {
            int colon = field.indexOf(':');
            specs.add(
                    FieldSpec.optional(
                            field.substring(0, colon), schema(field.substring(colon + 1))));
        }
        schemas.put(name, Schema.object(description, specs));
    }

    private static ObjectNode schema(String type) {
        if (type.endsWith("?")) {
            return Schema.orNull(schema(type.substring(0, type.length() - 1)));
        }
        if (type.endsWith("*")) {
            return Schema.list("", schema(type.substring(0, type.length() - 1)));
        }
        return switch (type) {
            case "text" -> Schema.text("");
            case "time" -> Schema.time("");
            case "decimal" -> Schema.decimal("");
            case "integer" -> Schema.integer("", Integer.MIN_VALUE, Integer.MAX_VALUE);
            case "flag" -> Schema.flag("");
            case "map" -> Schema.map("", Schema.text(""));
            default -> Schema.ref(type);
        };
    }
}
