package matchback.console.pages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import matchback.console.api.Json;
import matchback.console.pages.FormField.Area;
import matchback.console.pages.FormField.Choice;
import matchback.console.pages.FormField.Picks;
import matchback.console.pages.FormField.Text;
import matchback.model.catalog.Campaign;
import matchback.model.catalog.Destination.Moment;
import matchback.model.catalog.Destination.Sum;
import matchback.model.catalog.DestinationType;
import matchback.model.catalog.DestinationType.Setting;
import matchback.model.catalog.Entity;
import matchback.model.catalog.Offer;
import matchback.model.catalog.TrafficSource;

/// The form of a destination: what its type has to know, and what it hears of.
record DestinationForm() implements EntityForm {
    private static final String TYPE = "type";
    private static final String SETTINGS = "settings";
    private static final String SECRETS = "secrets";
    private static final String BROWSER_EVENTS = "browserEvents";
    private static final String MOMENTS = "moments";
    private static final String SCOPE = "scope";
    private static final String CONDITIONS = "conditions";
    private static final String SUM = "sum";
    private static final String PACE = "pace";
    private static final String EVENT_NAMES = "eventNames";
    private static final String EVENT_TYPES = "eventTypes";
    private static final List<String> CONDITION_NUMBERS = List.of("percent", "delaySeconds");
    private static final List<String> PACES = List.of("concurrency", "perSecond");

    @Override
    public Section section() {
        return Section.DESTINATIONS;
    }

    @Override
    public String path() {
        return "destinations";
    }

    /// A destination of the type that was chosen; of none when it was not.
    @Override
    public ObjectNode start(Visit visit) {
        var document = Json.object();
        var type = visit.site().context().desk().type(visit.param(TYPE));
        type.ifPresent(known -> {
            document.put(TYPE, known.type());
            var moments = document.putArray(MOMENTS);
            if (known.moments().contains(Moment.APPROVED)) {
                moments.add(Moment.APPROVED.word());
            }
            document.putObject(SUM).put("of", "payout").put("percent", 100);
            document.putObject(CONDITIONS).put("percent", 100);
        });
        return document;
    }

    @Override
    public List<FormPage.Group> groups(Filling filling) {
        var texts = filling.visit().texts();
        var named = filling.text(TYPE);
        var type = filling.visit().site().context().desk().type(named);
        var naming = new ArrayList<>(filling.naming());
        naming.add(
                filling.choice(
                        TYPE,
                        List.of(Option.of(named, type.map(DestinationType::name).orElse(named)))));
        var groups = new ArrayList<FormPage.Group>();
        groups.add(new FormPage.Group(texts.of("destinations.group"), "", naming));
        type.ifPresent(known -> {
            groups.add(
                    new FormPage.Group(
                            texts.of("destinations.connection"),
                            texts.of("destinations.connection_hint", "docs/" + known.page()),
                            known.settings().stream().map(s -> setting(filling, s)).toList()));
            if (known.moments().isEmpty()) {
                // It hears of no conversions: there is nothing more to choose.
                return;
            }
            groups.add(
                    new FormPage.Group(
                            texts.of("destinations.hears"),
                            texts.of("destinations.hears_hint"),
                            hears(filling, known)));
            groups.add(
                    new FormPage.Group(
                            texts.of("destinations.whose"),
                            texts.of("destinations.whose_hint"),
                            whose(filling)));
            groups.add(
                    new FormPage.Group(texts.of("destinations.words"), "", words(filling, known)));
        });
        return groups;
    }

    private static FormField setting(Filling filling, Setting setting) {
        var holder = setting.isSecret() ? SECRETS : SETTINGS;
        var name = holder + '.' + setting.name();
        var value =
                setting.isSecret()
                        ? ""
                        : filling.document().path(SETTINGS).path(setting.name()).asText("");
        boolean isKept = filling.document().path(SECRETS).has(setting.name());
        var hint =
                isKept
                        ? filling.visit().texts().of("destinations.secret_kept")
                                + ' '
                                + setting.hint()
                        : setting.hint();
        var error = filling.error(name);
        if (!setting.choices().isEmpty()) {
            var options = new ArrayList<Option>();
            options.add(
                    Option.of(
                            "",
                            setting.standard().isEmpty()
                                    ? Formats.MISSING
                                    : filling.visit()
                                            .texts()
                                            .of("destinations.standard", setting.standard())));
            setting.choices().forEach(choice -> options.add(Option.of(choice, choice)));
            return new Choice(name, setting.label(), value, options, hint, error);
        }
        return setting.hasLines()
                ? new Area(name, setting.label(), value, hint, error, setting.standard())
                : new Text(
                        name,
                        setting.label(),
                        value,
                        hint,
                        error,
                        isKept ? "••••••••" : setting.standard(),
                        setting.isSecret() ? "password" : "text",
                        setting.name().startsWith("url"),
                        setting.isRequired() && !isKept);
    }

    private static List<FormField> hears(Filling filling, DestinationType type) {
        var texts = filling.visit().texts();
        var chosen = words(filling.document().path(MOMENTS));
        var picks =
                Arrays.stream(Moment.values())
                        .filter(type.moments()::contains)
                        .map(moment ->
                                new Option(
                                        moment.word(),
                                        texts.of("destinations.moment." + moment.word()),
                                        chosen.contains(moment.word())))
                        .toList();
        var sum = filling.document().path(SUM);
        return List.of(
                new Picks(
                        MOMENTS,
                        filling.label(MOMENTS),
                        picks,
                        filling.hint(MOMENTS),
                        filling.errorWithin(MOMENTS)),
                new Choice(
                        "sum.of",
                        filling.label("sum.of"),
                        sum.path("of").asText("payout"),
                        Arrays.stream(Sum.Of.values())
                                .map(of -> of.name().toLowerCase(Locale.ROOT))
                                .map(of -> Option.of(of, texts.of("destinations.sum." + of)))
                                .toList(),
                        filling.hint("sum.of"),
                        filling.error("sum.of")),
                number(filling, SUM, "percent"),
                new Text(
                        BROWSER_EVENTS,
                        filling.label(BROWSER_EVENTS),
                        String.join(", ", words(filling.document().path(BROWSER_EVENTS))),
                        filling.hint(BROWSER_EVENTS),
                        filling.errorWithin(BROWSER_EVENTS),
                        "page_view, view_content",
                        "text",
                        false,
                        false));
    }

    private static FormField number(Filling filling, String holder, String field) {
        var value = filling.document().path(holder).path(field);
        var name = holder + '.' + field;
        return new Text(
                name,
                filling.label(name),
                value.isNull() ? "" : value.asText(""),
                filling.hint(name),
                filling.error(name),
                "",
                "text",
                false,
                false);
    }

    private static List<FormField> whose(Filling filling) {
        var types = words(filling.document().path(CONDITIONS).path(EVENT_TYPES));
        var name = CONDITIONS + '.' + EVENT_TYPES;
        return List.of(
                picks(filling, "campaigns", Campaign.class),
                picks(filling, "sources", TrafficSource.class),
                picks(filling, "offers", Offer.class),
                new Text(
                        name,
                        filling.label(name),
                        String.join(", ", types),
                        filling.hint(name),
                        filling.errorWithin(name),
                        "sale, deposit",
                        "text",
                        false,
                        false),
                number(filling, CONDITIONS, "payoutMin"),
                number(filling, CONDITIONS, "percent"),
                number(filling, CONDITIONS, "delaySeconds"));
    }

    private static <E extends Entity> FormField picks(
            Filling filling, String field, Class<E> kind) {
        var chosen = words(filling.document().path(SCOPE).path(field));
        var name = SCOPE + '.' + field;
        return new Picks(
                name,
                filling.label(name),
                Options.all(filling.visit(), kind).stream()
                        .map(o -> new Option(o.value(), o.label(), chosen.contains(o.value())))
                        .toList(),
                filling.hint(name),
                filling.errorWithin(name));
    }

    private static List<FormField> words(Filling filling, DestinationType type) {
        var standard =
                new TreeMap<>(type.eventNames())
                        .entrySet().stream()
                                .map(entry -> entry.getKey() + " = " + entry.getValue())
                                .collect(Collectors.joining("\n"));
        return List.of(
                new Area(
                        EVENT_NAMES,
                        filling.label(EVENT_NAMES),
                        Documents.lines(filling.document(), EVENT_NAMES),
                        filling.hint(EVENT_NAMES),
                        filling.errorWithin(EVENT_NAMES),
                        standard),
                number(filling, PACE, "concurrency"),
                number(filling, PACE, "perSecond"));
    }

    private static List<String> words(JsonNode list) {
        var words = new ArrayList<String>();
        list.forEach(word -> words.add(word.asText()));
        return words;
    }

    @Override
    public void read(Visit visit, ObjectNode document) {
        Documents.putText(visit, document, "name");
        if (!document.has(TYPE)) {
            Documents.putText(visit, document, TYPE);
        }
        var type = visit.site().context().desk().type(Documents.text(document, TYPE));
        readConnection(visit, document, type);
        putAll(document, MOMENTS, visit.forms(MOMENTS));
        putAll(
                document,
                BROWSER_EVENTS,
                Arrays.stream(visit.form(BROWSER_EVENTS).split("[,\\s]+", -1)).toList());
        var sum = document.withObject(SUM);
        sum.put(
                "of",
                Optional.of(visit.form("sum.of")).filter(of -> !of.isEmpty()).orElse("payout"));
        Documents.putNumber(sum, "percent", visit.form("sum.percent"));
        var scope = document.withObject(SCOPE);
        for (var field : List.of("campaigns", "sources", "offers")) {
            putAll(scope, field, visit.forms(SCOPE + '.' + field));
        }
        readConditions(visit, document.withObject(CONDITIONS));
        Documents.putLines(document, EVENT_NAMES, visit.form(EVENT_NAMES));
        var pace = document.withObject(PACE);
        PACES.forEach(field -> Documents.putNumber(pace, field, visit.form(PACE + '.' + field)));
    }

    private static void readConnection(
            Visit visit, ObjectNode document, Optional<DestinationType> type) {
        var settings = type.map(DestinationType::settings).orElse(List.of());
        var open = settings.stream().filter(s -> !s.isSecret()).map(Setting::name).toList();
        Documents.putPairs(visit, document, SETTINGS, open);
        var secrets = document.withObject(SECRETS);
        for (var setting : settings) {
            var given = visit.form(SECRETS + '.' + setting.name());
            // Left empty, the one that is there stays.
            if (setting.isSecret() && !given.isEmpty()) {
                secrets.put(setting.name(), given);
            }
        }
    }

    private static void readConditions(Visit visit, ObjectNode conditions) {
        putAll(
                conditions,
                EVENT_TYPES,
                Arrays.stream(visit.form(CONDITIONS + '.' + EVENT_TYPES).split("[,\\s]+", -1))
                        .toList());
        var least = visit.form(CONDITIONS + ".payoutMin");
        if (least.isEmpty()) {
            conditions.remove("payoutMin");
        } else {
            conditions.put("payoutMin", least);
        }
        CONDITION_NUMBERS.forEach(field ->
                Documents.putNumber(conditions, field, visit.form(CONDITIONS + '.' + field)));
    }

    private static void putAll(ObjectNode holder, String field, List<String> words) {
        var list = holder.putArray(field);
        words.stream().filter(word -> !word.isEmpty()).forEach(list::add);
    }
}
