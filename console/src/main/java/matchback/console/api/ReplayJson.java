package matchback.console.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import matchback.ledger.Outcome;
import matchback.ledger.replay.ReplayChange;
import matchback.ledger.replay.ReplayRequest;
import matchback.ledger.replay.ReplayResult;
import matchback.ledger.replay.ReplaySummary;
import matchback.ledger.replay.ReplaySummary.ReasonChange;
import matchback.model.Money;

/// Replays as the API tells of them, and the command line too.
public final class ReplayJson {
    /// Of what is left out, this many are named.
    private static final int NAMED_MAX = 100;

    private ReplayJson() {}

    static Map<String, ObjectNode> schemas() {
        var schemas = new TreeMap<String, ObjectNode>();
        schemas.put("ReplayRequest", ReplayForm.schema());
        AnswerSchemas.put(
                schemas,
                "ReplayAsked",
                "What is decided again",
                "from:time to:time senders:text* reasons:text* deliver:flag by:text note:text?");
        AnswerSchemas.put(
                schemas, "ReplayProgress", "How far it is", "step:text done:integer of:integer");
        AnswerSchemas.put(
                schemas,
                "ReplayReason",
                "How many decisions change so",
                "before:text after:text postbacks:integer");
        AnswerSchemas.put(
                schemas, "ReplaySkipped", "What is left as it is", "clickId:text why:text");
        AnswerSchemas.put(
                schemas,
                "ReplaySummary",
                "What a replay comes to; the sums are of all clicks it touches",
                "catalogVersion:integer postbacks:integer clicks:integer changedPostbacks:integer"
                        + " changedClicks:integer reasons:ReplayReason* currency:text"
                        + " conversionsBefore:integer conversionsAfter:integer"
                        + " revenueBefore:decimal revenueAfter:decimal deliveriesWanted:integer"
                        + " deliveriesCancelled:integer notRetractable:integer"
                        + " skippedClicks:integer skipped:ReplaySkipped*");
        AnswerSchemas.put(
                schemas,
                "ReplayResult",
                "What a replay wrote",
                "clicks:integer transactions:integer leftClicks:integer left:text*");
        AnswerSchemas.put(
                schemas,
                "Replay",
                "A replay: previewing, ready, applying, applied, cancelled or failed",
                "id:text state:text startedAt:time request:ReplayAsked progress:ReplayProgress"
                        + " summary:ReplaySummary? result:ReplayResult? trouble:text?");
        AnswerSchemas.put(
                schemas,
                "ReplayDecision",
                "What is decided of a postback",
                "decision:text reason:text clickId:text? event:text? status:text? payout:Money?");
        AnswerSchemas.put(
                schemas,
                "ReplayChange",
                "A postback whose decision changes",
                "recordId:text receivedAt:time sender:text? before:ReplayDecision"
                        + " after:ReplayDecision");
        schemas.put("ReplayList", CatalogApi.list("Replay"));
        schemas.put("ReplayChangeList", CatalogApi.list("ReplayChange"));
        return schemas;
    }

    public static ObjectNode job(ReplayJob job) {
        var now = job.now();
        var node = Json.object();
        node.put("id", job.id().toString());
        node.put("state", now.state().word());
        node.put("startedAt", Json.time(job.startedAt()));
        node.set("request", request(job.request()));
        var at = job.progress().at();
        node.putObject("progress")
                .put("step", at.step().word())
                .put("done", at.done())
                .put("of", at.of());
        var preview = now.preview();
        node.set("summary", preview == null ? null : summary(preview.summary()));
        var result = now.result();
        node.set("result", result == null ? null : result(result));
        Json.putText(node, "trouble", now.trouble());
        return node;
    }

    private static ObjectNode request(ReplayRequest request) {
        var node = Json.object();
        node.put("from", Json.time(request.from()));
        node.put("to", Json.time(request.to()));
        request.senders().stream().sorted().forEach(node.putArray("senders")::add);
        request.reasons().stream()
                .map(reason -> reason.code())
                .sorted()
                .forEach(node.putArray("reasons")::add);
        node.put("deliver", request.deliver());
        node.put("by", request.by());
        Json.putText(node, "note", request.note());
        return node;
    }

    private static ObjectNode summary(ReplaySummary summary) {
        var node = Json.object();
        node.put("catalogVersion", summary.catalogVersion());
        node.put("postbacks", summary.records());
        node.put("clicks", summary.subjects());
        node.put("changedPostbacks", summary.changedRecords());
        node.put("changedClicks", summary.changedSubjects());
        var reasons = node.putArray("reasons");
        summary.reasons().entrySet().stream()
                .sorted(
                        Comparator.comparing(entry ->
                                entry.getKey().before().code() + ' ' + entry.getKey().after()))
                .forEach(entry -> reason(reasons, entry.getKey(), entry.getValue()));
        node.put("currency", summary.currency());
        node.put("conversionsBefore", summary.conversionsBefore());
        node.put("conversionsAfter", summary.conversionsAfter());
        node.put("revenueBefore", Money.plain(summary.revenueBefore()));
        node.put("revenueAfter", Money.plain(summary.revenueAfter()));
        node.put("deliveriesWanted", summary.deliveriesWanted());
        node.put("deliveriesCancelled", summary.cancelled());
        node.put("notRetractable", summary.notRetractable());
        node.put("skippedClicks", summary.skipped().size());
        var skipped = node.putArray("skipped");
        summary.skipped().stream()
                .limit(NAMED_MAX)
                .forEach(one ->
                        skipped.addObject()
                                .put("clickId", one.subject().text())
                                .put("why", one.why()));
        return node;
    }

    private static void reason(ArrayNode reasons, ReasonChange change, long count) {
        reasons.addObject()
                .put("before", change.before().code())
                .put("after", change.after().code())
                .put("postbacks", count);
    }

    private static ObjectNode result(ReplayResult result) {
        var node = Json.object();
        node.put("clicks", result.subjects());
        node.put("transactions", result.settled());
        node.put("leftClicks", result.left().size());
        result.left().stream().limit(NAMED_MAX).forEach(node.putArray("left")::add);
        return node;
    }

    static ObjectNode change(ReplayChange change) {
        var node = Json.object();
        node.put("recordId", change.recordId().toString());
        node.put("receivedAt", Json.time(change.receivedAt()));
        Json.putText(node, "sender", change.after().sender());
        node.set("before", outcome(change.before()));
        node.set("after", outcome(change.after()));
        return node;
    }

    private static ObjectNode outcome(Outcome outcome) {
        var node = Json.object();
        node.put("decision", outcome.reason().decision().word());
        node.put("reason", outcome.reason().code());
        Json.putText(node, "clickId", outcome.clickId());
        Json.putText(node, "event", outcome.event());
        var status = outcome.status();
        Json.putText(node, "status", status == null ? "" : status.word());
        var payout = outcome.payout();
        node.set(
                "payout",
                payout == null
                        ? null
                        : Json.object()
                                .put("amount", payout.plain())
                                .put("currency", payout.currency()));
        return node;
    }
}
