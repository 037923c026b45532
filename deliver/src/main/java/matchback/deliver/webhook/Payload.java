package matchback.deliver.webhook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import matchback.deliver.platform.Json;
import matchback.deliver.platform.Telling;
import matchback.model.Field;
import matchback.model.Macros;

/// The document of a message; its schema is `conversion.schema.json` beside this class. Fields are
/// only added to it, never renamed or taken away.
final class Payload {
    private Payload() {}

    /// @param person what is said of the person, by field
    static String of(Telling telling, Map<String, String> person) {
        var delivery = telling.shipment().delivery();
        var document = Json.object();
        document.put("type", "conversion." + delivery.moment().name().toLowerCase(Locale.ROOT));
        document.put("timestamp", Instant.ofEpochMilli(delivery.createdAt()).toString());
        if (telling.shipment().isTest()) {
            document.put("test", true);
        }
        var data = document.putObject("data");
        data.put("conversionId", delivery.conversionId());
        data.put("eventId", telling.eventId());
        put(data, telling, "clickId", "clickid");
        data.put("event", telling.eventName());
        put(data, telling, "status", "status");
        put(data, telling, "txid", "txid");
        money(data, telling, "payout");
        money(data, telling, "value");
        data.put("convertedAt", telling.happenedAt().toString());
        telling.clickedAt().ifPresent(at -> data.put("clickedAt", at.toString()));
        put(data, telling, "campaign", "campaign");
        put(data, telling, "source", "source");
        put(data, telling, "offer", "offer");
        put(data, telling, "creative", "creative");
        put(data, telling, "externalId", "externalid");
        put(data, telling, "cost", "cost");
        subs(data, telling);
        if (!person.isEmpty()) {
            var user = data.putObject("user");
            new TreeMap<>(person).forEach(user::put);
        }
        return Json.text(document);
    }

    private static void put(ObjectNode data, Telling telling, String name, String macro) {
        var value = telling.shipment().value(macro);
        if (!value.isEmpty()) {
            data.put(name, value);
        }
    }

    private static void money(ObjectNode data, Telling telling, String name) {
        telling.part(name)
                .ifPresent(amount ->
                        data.putObject(name)
                                .put("amount", amount.toPlainString())
                                .put("currency", telling.shipment().value("currency")));
    }

    private static void subs(ObjectNode data, Telling telling) {
        for (int i = 1; i <= Macros.SUBS; i++) {
            var name = "sub" + i;
            var value = telling.shipment().value(name);
            if (!value.isEmpty()) {
                data.withObjectProperty("subs").put(name, value);
            }
        }
    }

    /// What the report says of the person, by the field's name.
    static Map<String, String> person(Telling telling) {
        var person = new TreeMap<String, String>();
        Arrays.stream(Field.values())
                .filter(Field::isPersonal)
                .filter(field -> !telling.user(field).isEmpty())
                .forEach(field -> person.put(field.key(), telling.user(field)));
        return person;
    }
}
