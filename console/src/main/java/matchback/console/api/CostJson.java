package matchback.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import matchback.console.cost.CostTally;
import matchback.ledger.state.StatementState;
import matchback.model.Money;
import matchback.report.Item.CostItem;

/// The JSON form of stated costs.
final class CostJson {
    private CostJson() {}

    static ObjectNode statement(StatementState statement) {
        var stated = statement.stated();
        return item(
                new CostItem(
                        stated.recordId(),
                        Instant.ofEpochMilli(stated.receivedAt()),
                        new TreeMap<>(stated.slice().values()),
                        Instant.ofEpochMilli(stated.from()),
                        Instant.ofEpochMilli(stated.to()),
                        stated.zone(),
                        BigDecimal.valueOf(stated.amountMicros(), 6),
                        stated.currency(),
                        BigDecimal.valueOf(stated.reportMicros(), 6),
                        stated.rate(),
                        stated.isAddition() ? "add" : "replace",
                        statement.phase().word(),
                        stated.by(),
                        stated.note()));
    }

    static ObjectNode item(CostItem item) {
        var node = Json.object().put("id", item.recordId().toString());
        var slice = node.putObject("slice");
        item.slice().forEach(slice::put);
        var zone = ZoneId.of(item.zone());
        node.put("from", time(item.from(), zone));
        node.put("to", time(item.to(), zone));
        node.put("tz", item.zone());
        node.put("amount", plain(item.amount()));
        node.put("currency", item.currency());
        node.put("cost", plain(item.cost()));
        node.put("rate", item.rate().isEmpty() ? null : item.rate());
        node.put("mode", item.mode());
        node.put("state", item.state());
        node.put("statedAt", time(item.statedAt(), ZoneId.of("UTC")));
        node.put("by", item.by());
        return node.put("note", item.note());
    }

    private static String time(Instant at, ZoneId zone) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(at.atZone(zone));
    }

    private static String plain(BigDecimal amount) {
        return Money.plain(amount.movePointRight(6).longValueExact());
    }

    static ObjectNode tally(CostTally tally, boolean isDry) {
        var node = Json.object().put("dryRun", isDry);
        node.put("rows", tally.rows());
        node.put("refused", tally.refused());
        node.put("statements", tally.statements());
        node.put("known", tally.known());
        node.put("replaced", tally.replaced());
        var amounts = node.putArray("amounts");
        tally.amounts()
                .forEach((currency, micros) ->
                        amounts.addObject()
                                .put("amount", Money.plain(micros))
                                .put("currency", currency));
        node.put("cost", Money.plain(tally.reportMicros()));
        var unread = node.putArray("unreadColumns");
        tally.unread().forEach(unread::add);
        var items = node.putArray("items");
        for (var sample : tally.samples()) {
            items.addObject()
                    .put("line", sample.line())
                    .put("result", sample.fate().name().toLowerCase(Locale.ROOT))
                    .put("slice", sample.slice())
                    .put("message", sample.message());
        }
        return node;
    }

    private static ObjectNode schema() {
        return Schema.object(
                "A stated cost",
                List.of(
                        FieldSpec.required("id", Schema.text("Of the statement")),
                        FieldSpec.required(
                                "slice",
                                Schema.map("Values of its clicks, by dimension", Schema.text(""))),
                        FieldSpec.required("from", Schema.time("Inclusive")),
                        FieldSpec.required("to", Schema.time("Exclusive")),
                        FieldSpec.required("tz", Schema.text("Zone of the days")),
                        FieldSpec.required("amount", Schema.decimal("As stated")),
                        FieldSpec.required("currency", Schema.text("ISO 4217")),
                        FieldSpec.required("cost", Schema.decimal("In the report currency")),
                        FieldSpec.required(
                                "rate",
                                Schema.orNull(Schema.text("That was used; null without one"))),
                        FieldSpec.required("mode", Schema.words("", List.of("replace", "add"))),
                        FieldSpec.required(
                                "state",
                                Schema.words("", List.of("in_force", "replaced", "undone"))),
                        FieldSpec.required("statedAt", Schema.time("When")),
                        FieldSpec.required("by", Schema.text("Who stated it")),
                        FieldSpec.required("note", Schema.text("Why")),
                        FieldSpec.optional(
                                "replaced",
                                Schema.integer(
                                        "Statements whose place it took", 0, Integer.MAX_VALUE))));
    }

    static Map<String, ObjectNode> schemas() {
        var count = Schema.integer("", 0, Long.MAX_VALUE);
        var money = Schema.map("amount and currency", Schema.text(""));
        var row = Schema.map("line, result, slice, message", Json.object());
        return Map.of(
                "Cost", schema(),
                "CostList",
                        Schema.object(
                                "A page of stated costs",
                                List.of(
                                        FieldSpec.required(
                                                "items", Schema.list("", Schema.ref("Cost"))),
                                        FieldSpec.required(
                                                "next",
                                                Schema.orNull(
                                                        Schema.text("cursor of the next page"))))),
                "CostsFileTaken",
                        Schema.object(
                                "What became of a file with costs",
                                List.of(
                                        FieldSpec.required("dryRun", Schema.flag("As asked")),
                                        FieldSpec.required("rows", count),
                                        FieldSpec.required("refused", count),
                                        FieldSpec.required("statements", count),
                                        FieldSpec.required("known", count),
                                        FieldSpec.required("replaced", count),
                                        FieldSpec.required("amounts", Schema.list("", money)),
                                        FieldSpec.required(
                                                "cost", Schema.decimal("In the report currency")),
                                        FieldSpec.required(
                                                "unreadColumns", Schema.list("", Schema.text(""))),
                                        FieldSpec.required("items", Schema.list("", row)))));
    }
}
