package matchback.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpMethod;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;
import matchback.console.ConsoleConfig;
import matchback.console.ConsoleContext;
import matchback.console.api.Idempotency.Claim;
import matchback.ledger.intake.Row;
import matchback.ledger.intake.Row.Header;
import matchback.model.Decision;
import matchback.model.Feed;
import matchback.model.Field;
import matchback.model.RecordId;
import matchback.model.RecordIds;

/// Takes conversions as JSON, one or many in a call. Each is decided, stored and answered as a
/// postback is; the caller's token stands for what its sender would have to prove.
final class ConversionsApi {
    /// Conversions in one call.
    static final int ITEMS_MAX = 1000;

    private static final String LIST = "conversions";
    private static final String SENDER = "sender";
    private static final int SENDER_CHARS_MAX = 64;

    private final ConsoleContext context;
    private final RecordIds ids;
    private final Handing handing;
    private final Once once;

    /// One conversion of a call.
    private record Item(String sender, byte[] body) {}

    ConversionsApi(ConsoleContext context, Once once) {
        this.context = context;
        this.ids = new RecordIds(context.clock(), context.random());
        this.handing = new Handing(context.handover().intake(), context.ledger());
        this.once = once;
    }

    List<Operation> operations() {
        return List.of(
                Operation.of(
                                HttpMethod.POST,
                                ConsoleConfig.CONVERSIONS_PATH,
                                "handInConversions",
                                "conversions",
                                "Hand in a conversion, or up to " + ITEMS_MAX + " of them",
                                this::handIn)
                        .query(SENDER, Schema.text("Key of the sender of those that name none"))
                        .header(Once.KEY, Once.schema())
                        .request("Conversions")
                        .answers(200, "HandedList"));
    }

    static Map<String, ObjectNode> schemas() {
        var schemas = new TreeMap<String, ObjectNode>();
        var fields = new ArrayList<FieldSpec>();
        fields.add(FieldSpec.optional(SENDER, Schema.text("Key of the sender", SENDER_CHARS_MAX)));
        for (var field : Field.values()) {
            if (!field.isSecret() && field != Field.RETURN) {
                fields.add(FieldSpec.optional(field.key(), value(field)));
            }
        }
        schemas.put(
                "HandedIn",
                Schema.object("A conversion, in the parameters of a postback", fields)
                        .put("additionalProperties", true));
        var many =
                Schema.object(
                        "Several conversions",
                        List.of(
                                FieldSpec.optional(
                                        SENDER, Schema.text("Key of the sender of all of them")),
                                FieldSpec.required(
                                        LIST,
                                        Schema.list("The conversions", Schema.ref("HandedIn"))
                                                .put("maxItems", ITEMS_MAX))));
        var all = Json.object().put("description", "One conversion, or several");
        all.putArray("anyOf")
                .add(Schema.ref("HandedIn"))
                .add(many)
                .add(
                        Schema.list("The conversions", Schema.ref("HandedIn"))
                                .put("maxItems", ITEMS_MAX));
        schemas.put("Conversions", all);
        return schemas;
    }

    private static ObjectNode value(Field field) {
        var node = Json.object();
        node.putArray("type").add("string").add("number");
        return node.put("description", "As in a postback: " + field.names().getFirst());
    }

    private Answer handIn(Call call) {
        return switch (Json.parseListed(call.body(), LIST)) {
            case Json.Parsed.Malformed malformed -> Json.problem(malformed);
            case Json.Parsed.Value(var body) -> handIn(call, body);
        };
    }

    private Answer handIn(Call call, ObjectNode body) {
        boolean isList = body.has(LIST);
        var form = new Form(body);
        var items = isList ? items(call, form) : List.of(item(call, form, body));
        var key = Once.key(call, form);
        if (!form.problems().isEmpty()) {
            return Answer.invalid(form.problems());
        }
        if (key.isEmpty()) {
            return done(items, isList, call, _ -> ids.next()).orElseGet(Once::notStored);
        }
        return once(call, key, items, isList);
    }

    private List<Item> items(Call call, Form form) {
        form.onlyFields(Set.of(LIST, SENDER));
        var otherwise = form.text(SENDER, SENDER_CHARS_MAX).or(() -> call.query(SENDER)).orElse("");
        var items = new ArrayList<Item>();
        for (var one : form.forms(LIST, ITEMS_MAX)) {
            items.add(
                    new Item(
                            one.text(SENDER, SENDER_CHARS_MAX).orElse(otherwise),
                            Json.bytes(one.node())));
        }
        if (items.isEmpty() && form.problems().isEmpty()) {
            form.problem(LIST, "At least one conversion is expected");
        }
        return items;
    }

    private static Item item(Call call, Form form, ObjectNode body) {
        var sender = form.text(SENDER, SENDER_CHARS_MAX).or(() -> call.query(SENDER)).orElse("");
        return new Item(sender, Json.bytes(body));
    }

    private Answer once(Call call, String key, List<Item> items, boolean isList) {
        var asked =
                Idempotency.sha256(
                        call.body(),
                        new byte[1],
                        call.query(SENDER).orElse("").getBytes(StandardCharsets.UTF_8));
        return once.answer(key, asked, mine -> done(items, isList, call, index -> id(mine, index)));
    }

    private static RecordId id(Claim.Mine mine, int index) {
        var number = ByteBuffer.allocate(Integer.BYTES).putInt(index).array();
        return RecordId.derived(mine.begunAt(), Idempotency.sha256(mine.digest(), number));
    }

    /// Empty when not all of them could be stored.
    private Optional<Answer> done(
            List<Item> items, boolean isList, Call call, IntFunction<RecordId> idOf) {
        var rows = new ArrayList<Row>();
        for (int i = 0; i < items.size(); i++) {
            rows.add(row(items.get(i), idOf.apply(i), call));
        }
        return handing.all(rows).map(done -> isList ? listed(done) : single(done.getFirst()));
    }

    private Row row(Item item, RecordId id, Call call) {
        var request = call.context().request();
        var address = request.remoteAddress();
        return new Row(
                id,
                context.clock().millis(),
                Feed.API,
                item.sender(),
                "POST",
                ConsoleConfig.CONVERSIONS_PATH,
                List.of(
                        new Header("Content-Type", Answer.JSON),
                        new Header("User-Agent", call.header("User-Agent"))),
                address == null ? "" : address.hostAddress(),
                item.body());
    }

    private static Answer single(Handing.Done done) {
        return Answer.json(done.reason().httpStatus(), done.answer());
    }

    private static Answer listed(List<Handing.Done> all) {
        var node = Json.object();
        var counts = node.putObject("counts");
        for (var decision : Decision.values()) {
            counts.put(
                    decision.word(),
                    all.stream().filter(done -> done.reason().decision() == decision).count());
        }
        var items = node.putArray("items");
        for (int i = 0; i < all.size(); i++) {
            JsonNode answer = all.get(i).answer();
            items.add(Json.object().put("index", i).setAll((ObjectNode) answer));
        }
        return Answer.json(node);
    }
}
