package matchback.console.pages;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import matchback.console.api.ConversionDestinations;
import matchback.model.Subject;

/// Tells who was told of the conversions of a click, and why others were not.
final class Hearings {
    private Hearings() {}

    /// @param conversion id of the only one that is asked for; empty for all
    static List<Told> of(Visit visit, Subject subject, String conversion) {
        return new ConversionDestinations(visit.site().context())
                .all(subject).stream()
                        .filter(node ->
                                conversion.isEmpty()
                                        || node.path("conversionId").asText().equals(conversion))
                        .map(node -> told(visit, subject, node))
                        .toList();
    }

    private static Told told(Visit visit, Subject subject, JsonNode node) {
        var hearers = new ArrayList<Told.Hearer>();
        node.path("items").forEach(item -> hearers.add(hearer(visit, subject, item)));
        var txid = Documents.text(node, "txid");
        var event = Documents.text(node, "event");
        return new Told(
                txid.isEmpty() ? event : event + ' ' + txid, node.path("status").asText(), hearers);
    }

    private static Told.Hearer hearer(Visit visit, Subject subject, JsonNode item) {
        var address = item.path("destination").asText();
        var names = new Names(visit.catalog());
        var words = new ArrayList<Told.Word>();
        for (var delivery : item.path("deliveries")) {
            var moment = delivery.path("moment").asText();
            words.add(
                    new Told.Word(
                            visit.texts().orElse("word." + moment, moment),
                            delivery.path("state").asText(),
                            DeliveryPages.href(subject.text(), delivery.path("number").asInt())));
        }
        return new Told.Hearer(
                names.destination(address),
                names.destinationHref(address),
                words,
                Documents.text(item, "message"));
    }
}
