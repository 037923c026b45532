package matchback.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import matchback.console.ConsoleContext;
import matchback.console.DeliveryDesk.Aftermath;
import matchback.console.DeliveryDesk.Flow;
import matchback.ledger.Column;
import matchback.ledger.Fact;
import matchback.ledger.PersonalBlock;
import matchback.ledger.Snapshot;
import matchback.ledger.state.DeliveryState;
import matchback.ledger.state.SubjectState;
import matchback.model.Field;
import matchback.model.PlatformClickId;
import matchback.model.Subject;
import matchback.report.Item.DeliveryItem;
import matchback.report.ListQuery;
import org.jspecify.annotations.Nullable;

/// How one destination is doing: what waits, what came of the last day's deliveries, why letters
/// are dead, and how much is known of the people behind what is told.
public final class DestinationHealthReport {
    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration DEAD_LOOK_BACK = Duration.ofDays(30);
    private static final int REASONS_MAX = 10;
    private static final int COVERAGE_MAX = 200;

    /// One delivery with what is known of the person.
    private record Known(
            DeliveryState delivery,
            Optional<PersonalBlock> visitor,
            Optional<PersonalBlock> report) {
        boolean user(Field field) {
            return report.map(PersonalBlock::userData)
                    .filter(data -> data.containsKey(field.key()))
                    .isPresent();
        }

        boolean visitorHas(Predicate<PersonalBlock> what) {
            return visitor.filter(what).isPresent();
        }

        boolean value(String macro) {
            return !delivery.values().getOrDefault(macro, "").isEmpty();
        }
    }

    private static final Map<String, Predicate<Known>> FIELDS = fields();

    private static Map<String, Predicate<Known>> fields() {
        var fields = new LinkedHashMap<String, Predicate<Known>>();
        fields.put("externalId", known -> known.value("externalid"));
        fields.put(
                "platformClickId", known -> known.visitorHas(DestinationHealthReport::hasClickId));
        fields.put("email", known -> known.user(Field.EMAIL));
        fields.put("phone", known -> known.user(Field.PHONE));
        fields.put("name", known -> known.user(Field.LAST_NAME));
        fields.put("userId", known -> known.user(Field.EXTERNAL_USER));
        fields.put(
                "address",
                known ->
                        known.user(Field.USER_ADDRESS)
                                || known.visitorHas(block -> !block.address().isEmpty()));
        fields.put(
                "userAgent",
                known ->
                        known.user(Field.USER_AGENT)
                                || known.visitorHas(block -> !block.userAgent().isEmpty()));
        fields.put("browserCookie", known -> known.user(Field.FBP) || known.user(Field.TTP));
        fields.put("pageUrl", known -> known.user(Field.PAGE_URL));
        fields.put("value", known -> known.value("value"));
        return fields;
    }

    private static boolean hasClickId(PersonalBlock visitor) {
        return !PlatformClickId.all(visitor.target()).isEmpty();
    }

    private final ConsoleContext context;

    public DestinationHealthReport(ConsoleContext context) {
        this.context = context;
    }

    public ObjectNode of(String address) {
        var node = flow(context.desk().flow(address));
        var now = context.clock().instant();
        node.set("lastDay", lastDay(address, now.minus(DAY)));
        node.set("dead", dead(address, now.minus(DEAD_LOOK_BACK)));
        node.set("coverage", coverage(address));
        return node;
    }

    static ObjectNode flow(Flow flow) {
        var node = Json.object();
        node.put("destination", flow.address()).put("standing", flow.standing());
        Json.putTime(node, "nextAt", flow.nextAt());
        node.put("underWay", flow.underWay()).put("waiting", flow.waiting());
        node.put("moreWaiting", flow.hasMore());
        Json.putTime(node, "oldestAt", flow.oldestAt());
        Json.putTime(node, "tokenUntil", flow.tokenUntil());
        putAftermath(node, flow.aftermath());
        var last = flow.last();
        if (last == null) {
            return node.putNull("last");
        }
        var attempt = node.putObject("last");
        Json.putTime(attempt, "at", last.at());
        attempt.put("result", last.result()).put("httpStatus", last.httpStatus());
        Json.putText(attempt, "note", last.note());
        return node;
    }

    private static void putAftermath(ObjectNode node, @Nullable Aftermath aftermath) {
        if (aftermath == null) {
            node.putNull("afterwards");
            return;
        }
        var afterwards = node.putObject("afterwards");
        afterwards.put("open", aftermath.open()).put("succeeded", aftermath.succeeded());
        afterwards.put("failed", aftermath.failed().values().stream().mapToLong(n -> n).sum());
        var reasons = afterwards.putArray("reasons");
        aftermath.failed().entrySet().stream()
                .sorted(
                        Map.Entry.<String, Long>comparingByValue()
                                .reversed()
                                .thenComparing(Map.Entry.comparingByKey()))
                .forEach(reason ->
                        reasons.addObject()
                                .put("reason", reason.getKey())
                                .put("count", reason.getValue()));
        afterwards.put("untold", aftermath.untold());
    }

    private ObjectNode lastDay(String address, Instant from) {
        long delivered = context.reports().count(query(address, "delivered", from, 1));
        long dead = context.reports().count(query(address, "dead", from, 1));
        long waiting = context.reports().count(query(address, "waiting", from, 1));
        var node = Json.object();
        node.put("delivered", delivered).put("dead", dead).put("waiting", waiting);
        if (delivered + dead == 0) {
            return node.putNull("acceptedPercent");
        }
        return node.put("acceptedPercent", percent(delivered, delivered + dead));
    }

    private static int percent(long part, long all) {
        return (int) (part * 100 / all);
    }

    private ObjectNode dead(String address, Instant from) {
        var query = query(address, "dead", from, ListQuery.LIMIT_MAX);
        var letters = context.reports().deliveries(query).items();
        var why = new DeadReasons();
        letters.forEach(why::add);
        var node = Json.object();
        node.put("count", context.reports().count(query));
        var reasons = node.putArray("reasons");
        for (var reason : why.frequent(REASONS_MAX)) {
            var entry = reasons.addObject();
            entry.put("httpStatus", reason.httpStatus());
            Json.putText(entry, "note", reason.note());
            entry.put("count", reason.count());
        }
        return node;
    }

    private ObjectNode coverage(String address) {
        var query = query(address, "", null, COVERAGE_MAX);
        var known = new ArrayList<Known>();
        try (var snapshot = context.ledger().snapshot()) {
            for (var item : context.reports().deliveries(query).items()) {
                known(snapshot, item).ifPresent(known::add);
            }
        }
        var node = Json.object();
        node.put("deliveries", known.size());
        var percents = node.putArray("fields");
        if (!known.isEmpty()) {
            FIELDS.forEach((name, has) ->
                    percents.addObject()
                            .put("field", name)
                            .put(
                                    "percent",
                                    percent(known.stream().filter(has).count(), known.size())));
        }
        return node;
    }

    private static Optional<Known> known(Snapshot snapshot, DeliveryItem item) {
        if (item.clickId().isEmpty()) {
            return Optional.empty();
        }
        var subject = new Subject(item.clickId());
        var state = new SubjectState(snapshot.state(subject), subject);
        return state.delivery(item.number())
                .map(delivery ->
                        new Known(
                                delivery,
                                state.click().flatMap(c -> snapshot.personal(c.recordId())),
                                snapshot.personal(delivery.cause())));
    }

    /// @param state empty: any
    private static ListQuery query(
            String address, String state, @Nullable Instant from, int limit) {
        var filters = new HashMap<Column, String>();
        filters.put(Column.DESTINATION, address);
        if (!state.isEmpty()) {
            filters.put(Column.DELIVERY_STATE, state);
        }
        return new ListQuery(
                Fact.Kind.DELIVERY,
                from,
                null,
                filters,
                null,
                "",
                ListQuery.Sort.NEWEST_FIRST,
                limit,
                null);
    }
}
