package matchback.console.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import matchback.console.ConsoleContext;
import matchback.ledger.state.ClickState;
import matchback.ledger.state.ConversionState;
import matchback.ledger.state.DeliveryState;
import matchback.ledger.state.SubjectState;
import matchback.model.RecordId;
import matchback.model.Subject;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.Destination;
import matchback.model.catalog.Destination.Moment;
import matchback.model.catalog.Silence;
import matchback.model.catalog.TrafficSource;

/// What each destination was told of one conversion, or why it was told nothing; by the rules of
/// the newest catalog.
public final class ConversionDestinations {
    private static final String LATER =
            "it was made, or changed so that it hears of this, after the conversion; a backfill"
                    + " tells it";

    private final ConsoleContext context;

    public ConversionDestinations(ConsoleContext context) {
        this.context = context;
    }

    /// Empty when the record made no conversion of this subject.
    Optional<ObjectNode> of(Subject subject, RecordId conversion) {
        try (var snapshot = context.ledger().snapshot()) {
            var state = new SubjectState(snapshot.state(subject), subject);
            var found =
                    state.conversions().stream()
                            .filter(made -> made.recordId().equals(conversion))
                            .findFirst();
            return found.flatMap(
                    made -> state.click().map(click -> of(state, click, made, subject)));
        }
    }

    /// The same of each conversion of a subject, the oldest first.
    public List<ObjectNode> all(Subject subject) {
        try (var snapshot = context.ledger().snapshot()) {
            var state = new SubjectState(snapshot.state(subject), subject);
            return state.click().stream()
                    .flatMap(click ->
                            state.conversions().stream()
                                    .map(made -> of(state, click, made, subject)))
                    .toList();
        }
    }

    private ObjectNode of(
            SubjectState state, ClickState click, ConversionState conversion, Subject subject) {
        var catalog = context.ledger().catalog();
        var node = Json.object();
        node.put("conversionId", conversion.id());
        node.put("clickId", subject.text());
        node.put("status", conversion.status().word());
        node.put("event", conversion.eventType());
        Json.putText(node, "txid", conversion.txid());
        var told = state.deliveriesOf(conversion.number());
        var items = node.putArray("items");
        source(catalog, click, conversion, told, items);
        for (var destination : catalog.destinationsInOrder()) {
            var heard =
                    told.stream()
                            .filter(d -> d.destination().equals(destination.address()))
                            .toList();
            if (!destination.archived() || !heard.isEmpty()) {
                destination(destination, click, conversion, heard, items);
            }
        }
        return node;
    }

    private static void source(
            Catalog catalog,
            ClickState click,
            ConversionState conversion,
            List<DeliveryState> told,
            ArrayNode items) {
        var source = catalog.source(click.source());
        var address = source.map(TrafficSource::address).orElse("source:" + click.source());
        var heard = told.stream().filter(d -> d.destination().equals(address)).toList();
        var item =
                item(items, address, source.map(TrafficSource::name).orElse(""), "source", heard);
        if (!heard.isEmpty()) {
            silent(item, "", "");
        } else if (source.isEmpty() || source.get().archived()) {
            silent(item, "archived", "the traffic source is archived");
        } else if (source.get().postback().isEmpty()) {
            silent(item, "no_postback", "the traffic source has no postbackUrl");
        } else if (Destination.momentOf(conversion.status()) != Moment.APPROVED) {
            silent(
                    item,
                    Silence.MOMENT.code(),
                    "a traffic source's own postback tells of approved conversions only");
        } else {
            silent(item, "later", "the source got its postbackUrl after the conversion");
        }
    }

    private static void destination(
            Destination destination,
            ClickState click,
            ConversionState conversion,
            List<DeliveryState> heard,
            ArrayNode items) {
        var item =
                item(items, destination.address(), destination.name(), destination.type(), heard);
        if (!heard.isEmpty()) {
            silent(item, "", "");
            return;
        }
        var candidate = conversion.candidate(click);
        var moment = Destination.momentOf(conversion.status());
        Silence.of(destination, candidate, moment, false)
                .ifPresentOrElse(
                        silence ->
                                silent(
                                        item,
                                        silence.code(),
                                        silence.sentence(destination, candidate, moment)),
                        () -> silent(item, "later", LATER));
    }

    private static ObjectNode item(
            ArrayNode items, String address, String name, String type, List<DeliveryState> heard) {
        var item = items.addObject();
        item.put("destination", address);
        Json.putText(item, "name", name);
        item.put("type", type);
        var deliveries = item.putArray("deliveries");
        heard.forEach(delivery -> deliveries.add(StoryJson.delivery(delivery)));
        return item;
    }

    /// @param why empty when it was told
    private static void silent(ObjectNode item, String why, String message) {
        Json.putText(item, "why", why);
        Json.putText(item, "message", message);
    }
}
