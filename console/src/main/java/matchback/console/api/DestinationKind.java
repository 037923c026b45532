package matchback.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import matchback.console.DeliveryDesk;
import matchback.model.EventTypes;
import matchback.model.Money;
import matchback.model.catalog.Campaign;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.Destination;
import matchback.model.catalog.Destination.Conditions;
import matchback.model.catalog.Destination.Moment;
import matchback.model.catalog.Destination.Pace;
import matchback.model.catalog.Destination.Scope;
import matchback.model.catalog.Destination.Sum;
import matchback.model.catalog.DestinationType;
import matchback.model.catalog.DestinationType.Setting;
import matchback.model.catalog.Entity;
import matchback.model.catalog.Offer;
import matchback.model.catalog.TrafficSource;
import matchback.model.net.AddressGuard;
import matchback.model.net.TargetUrl;
import org.jspecify.annotations.Nullable;

/// `/destinations`
///
/// @param desk knows the kinds of destinations
/// @param guard refuses URLs on addresses of this machine and network
record DestinationKind(DeliveryDesk desk, AddressGuard guard) implements Kind<Destination> {
    /// Stands in the place of a secret that is there; sent back, it stays as it is.
    static final String SET = "set";

    static final String BROWSER_EVENTS = "browserEvents";
    private static final int ENTRIES_MAX = 100;
    private static final int KEY_CHARS_MAX = 64;
    private static final int SECRET_CHARS_MAX = 16_384;

    @Override
    public String path() {
        return "destinations";
    }

    @Override
    public String word() {
        return "destination";
    }

    @Override
    public Class<Destination> type() {
        return Destination.class;
    }

    @Override
    public List<FieldSpec> fields() {
        return DestinationFields.all();
    }

    @Override
    public Optional<Destination> read(Form form, Draft<Destination> draft) {
        var type = destinationType(form, draft);
        if (type.isEmpty()) {
            return Optional.empty();
        }
        var before = draft.before();
        return Optional.of(
                new Destination(
                        draft.key(),
                        draft.name(),
                        type.get().type(),
                        settings(form, type.get()),
                        secrets(form, type.get(), draft),
                        scope(form, draft.catalog()),
                        conditions(form),
                        moments(form, type.get()),
                        sum(form),
                        form.texts("eventNames", ENTRIES_MAX, KEY_CHARS_MAX),
                        pace(form),
                        form.flag("paused", before != null && before.paused()),
                        false,
                        browserEvents(form)));
    }

    private Optional<DestinationType> destinationType(Form form, Draft<Destination> draft) {
        var known = desk.types().stream().map(DestinationType::type).collect(Collectors.toSet());
        var before = draft.before();
        var named = form.text("type", KEY_CHARS_MAX);
        if (before != null) {
            named.filter(name -> !name.equals(before.type()))
                    .ifPresent(name ->
                            form.problem(
                                    "type",
                                    "A destination's type never changes; it is " + before.type()));
            var type = desk.type(before.type());
            if (type.isEmpty()) {
                form.problem("type", "This version has no adapter for " + before.type());
            }
            return type;
        }
        if (named.isEmpty()) {
            form.problem(
                    "type",
                    "Which kind of destination it is; one of "
                            + String.join(", ", known.stream().sorted().toList()));
            return Optional.empty();
        }
        var type = desk.type(named.get());
        if (type.isEmpty()) {
            form.problem(
                    "type",
                    "\"" + named.get() + "\" is not known" + Nearest.hint(named.get(), known));
        }
        return type;
    }

    private Map<String, String> settings(Form form, DestinationType type) {
        var known = names(type, false);
        var given = form.texts("settings", ENTRIES_MAX, Setting.CHARS_MAX);
        given.keySet().stream()
                .filter(name -> !known.contains(name))
                .forEach(name ->
                        form.problem(
                                "settings." + name,
                                names(type, true).contains(name)
                                        ? "This is a secret: it belongs under secrets"
                                        : "Unknown setting" + Nearest.hint(name, known)));
        given.keySet().retainAll(known);
        for (var setting : type.settings()) {
            if (!setting.isSecret()) {
                var value = given.getOrDefault(setting.name(), "");
                problem(setting, value)
                        .ifPresent(problem ->
                                form.problem("settings." + setting.name(), "It " + problem));
            }
        }
        return given;
    }

    private Optional<String> problem(Setting setting, String value) {
        var problem = setting.problem(value);
        boolean isUrl = value.startsWith("http://") || value.startsWith("https://");
        return problem.isEmpty() && isUrl
                ? TargetUrl.problem(value, guard).map(message -> "cannot be used: " + message)
                : problem;
    }

    private static Set<String> names(DestinationType type, boolean isSecret) {
        return type.settings().stream()
                .filter(setting -> setting.isSecret() == isSecret)
                .map(Setting::name)
                .collect(Collectors.toSet());
    }

    /// Sealed anew where one is given, kept where none is, dropped where null stands.
    private static Map<String, String> secrets(
            Form form, DestinationType type, Draft<Destination> draft) {
        var before = draft.before();
        var sealed = new HashMap<>(before == null ? Map.of() : before.sealedSecrets());
        var known = names(type, true);
        sealed.keySet().retainAll(known);
        var given = form.form("secrets");
        given.ifPresent(inner -> inner.onlyFields(known));
        for (var setting : type.settings()) {
            if (setting.isSecret()) {
                given.ifPresent(inner -> secret(inner, setting, draft, sealed));
                if (setting.isRequired() && !sealed.containsKey(setting.name())) {
                    form.problem("secrets." + setting.name(), "It is missing: " + setting.hint());
                }
            }
        }
        return sealed;
    }

    private static void secret(
            Form form, Setting setting, Draft<Destination> draft, Map<String, String> sealed) {
        var name = setting.name();
        if (form.isNull(name)) {
            sealed.remove(name);
            return;
        }
        var value = form.raw(name).map(JsonNode::asText).map(String::strip).orElse("");
        if (value.isEmpty() || value.equals(SET)) {
            return;
        }
        if (value.length() > SECRET_CHARS_MAX) {
            form.problem(name, value.length() + " characters; at most " + SECRET_CHARS_MAX);
            return;
        }
        // A key file is pasted as it is; between its values line breaks mean nothing.
        var line = value.startsWith("{") ? value.replaceAll("[\\r\\n\\t]+", " ") : value;
        setting.problem(line).ifPresent(problem -> form.problem(name, "It " + problem));
        var owner = "destination/" + draft.key() + '/' + name;
        sealed.put(name, draft.tokens().seal(line, owner));
    }

    private static Scope scope(Form form, Catalog catalog) {
        var inner = form.form("scope");
        inner.ifPresent(scope -> scope.onlyFields(Set.of("campaigns", "sources", "offers")));
        return inner.map(scope ->
                        new Scope(
                                keys(scope, "campaigns", Campaign.class, catalog),
                                keys(scope, "sources", TrafficSource.class, catalog),
                                keys(scope, "offers", Offer.class, catalog)))
                .orElse(Scope.ALL);
    }

    private static List<String> keys(
            Form form, String field, Class<? extends Entity> kind, Catalog catalog) {
        var known = catalog.all(kind).keySet();
        var keys = form.list(field, ENTRIES_MAX, KEY_CHARS_MAX);
        for (int i = 0; i < keys.size(); i++) {
            if (!known.contains(keys.get(i))) {
                form.problem(
                        field + '[' + i + ']',
                        "\"" + keys.get(i) + "\" is not known" + Nearest.hint(keys.get(i), known));
            }
        }
        return keys.stream().distinct().toList();
    }

    private static Conditions conditions(Form form) {
        var inner = form.form("conditions");
        inner.ifPresent(conditions ->
                conditions.onlyFields(
                        Set.of("eventTypes", "payoutMin", "percent", "delaySeconds")));
        return inner.map(conditions ->
                        new Conditions(
                                conditions.list("eventTypes", ENTRIES_MAX, KEY_CHARS_MAX).stream()
                                        .distinct()
                                        .toList(),
                                conditions.micros("payoutMin").orElse(0L),
                                conditions.number("percent", 1, 100, 100),
                                conditions.number(
                                        "delaySeconds", 0, (int) Conditions.DELAY_SECONDS_MAX, 0)))
                .orElse(Conditions.NONE);
    }

    private static Set<Moment> moments(Form form, DestinationType type) {
        if (type.moments().isEmpty()) {
            if (!form.list("moments", Moment.values().length, KEY_CHARS_MAX).isEmpty()) {
                form.problem("moments", "Must be empty: " + type.name() + " hears of none");
            }
            return Set.of();
        }
        if (!form.has("moments")) {
            return EnumSet.of(Moment.APPROVED);
        }
        var moments = EnumSet.noneOf(Moment.class);
        var words = form.list("moments", Moment.values().length, KEY_CHARS_MAX);
        for (int i = 0; i < words.size(); i++) {
            var named = words.get(i);
            var moment =
                    Arrays.stream(Moment.values()).filter(m -> m.word().equals(named)).findFirst();
            if (moment.isEmpty()) {
                form.problem(
                        "moments[" + i + ']',
                        "\"" + named + "\" is not known" + Nearest.hint(named, momentWords()));
            } else if (!type.moments().contains(moment.get())) {
                form.problem(
                        "moments[" + i + ']',
                        type.name() + " cannot be told of " + named + " ones");
            } else {
                moments.add(moment.get());
            }
        }
        if (moments.size() == words.size() && moments.stream().noneMatch(Moment::isFirstWord)) {
            form.problem(
                    "moments",
                    "Must have pending or approved: nobody is told what becomes of a conversion"
                            + " that he never heard of");
        }
        return moments;
    }

    private static Set<String> browserEvents(Form form) {
        var names = form.list(BROWSER_EVENTS, Destination.BROWSER_EVENTS_MAX, KEY_CHARS_MAX);
        for (int i = 0; i < names.size(); i++) {
            if (!EventTypes.isWellFormed(names.get(i))) {
                form.problem(
                        BROWSER_EVENTS + '[' + i + ']',
                        "\"" + names.get(i) + "\"; a name has 1 to 40 of a-z, 0-9 and underscore");
            }
        }
        return Set.copyOf(names);
    }

    static Set<String> momentWords() {
        return Arrays.stream(Moment.values())
                .map(Moment::word)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static Sum sum(Form form) {
        var inner = form.form("sum");
        inner.ifPresent(sum -> sum.onlyFields(Set.of("of", "percent")));
        return inner.map(sum ->
                        new Sum(
                                sum.word("of", Set.of("payout", "value", "none"))
                                        .map(word -> Sum.Of.valueOf(word.toUpperCase(Locale.ROOT)))
                                        .orElse(Sum.Of.PAYOUT),
                                sum.number("percent", 1, 100, 100)))
                .orElse(Sum.PAYOUT);
    }

    private static Pace pace(Form form) {
        var inner = form.form("pace");
        inner.ifPresent(pace -> pace.onlyFields(Set.of("concurrency", "perSecond")));
        return inner.map(pace ->
                        new Pace(
                                limit(pace, "concurrency", DestinationFields.CONCURRENCY_MAX),
                                limit(pace, "perSecond", DestinationFields.PER_SECOND_MAX)))
                .orElse(Pace.DEFAULT);
    }

    private static @Nullable Integer limit(Form form, String field, int max) {
        return form.has(field) ? (Integer) form.number(field, 1, max, 1) : null;
    }

    @Override
    public void write(Destination destination, Catalog catalog, String token, ObjectNode node) {
        node.put("type", destination.type());
        putAll(node.putObject("settings"), destination.settings());
        var secrets = node.putObject("secrets");
        destination.sealedSecrets().keySet().stream()
                .sorted()
                .forEach(name -> secrets.put(name, SET));
        var scope = node.putObject("scope");
        destination.scope().campaigns().forEach(scope.putArray("campaigns")::add);
        destination.scope().sources().forEach(scope.putArray("sources")::add);
        destination.scope().offers().forEach(scope.putArray("offers")::add);
        var conditions = node.putObject("conditions");
        destination.conditions().eventTypes().forEach(conditions.putArray("eventTypes")::add);
        conditions
                .put("payoutMin", Money.plain(destination.conditions().payoutMinMicros()))
                .put("percent", destination.conditions().percent())
                .put("delaySeconds", destination.conditions().delaySeconds());
        var moments = node.putArray("moments");
        destination.moments().forEach(moment -> moments.add(moment.word()));
        destination.sights().forEach(node.putArray(BROWSER_EVENTS)::add);
        node.putObject("sum")
                .put("of", destination.sum().of().name().toLowerCase(Locale.ROOT))
                .put("percent", destination.sum().percent());
        putAll(node.putObject("eventNames"), destination.eventNames());
        node.putObject("pace")
                .put("concurrency", destination.pace().concurrencyMax())
                .put("perSecond", destination.pace().perSecondMax());
        node.put("paused", destination.paused());
    }

    private static void putAll(ObjectNode node, Map<String, String> values) {
        new TreeMap<>(values).forEach(node::put);
    }

    @Override
    public List<String> references(String key, Catalog catalog) {
        return List.of();
    }

    @Override
    public Destination archived(Destination destination) {
        return destination.with(destination.paused(), true);
    }
}
