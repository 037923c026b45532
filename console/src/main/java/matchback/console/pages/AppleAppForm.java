package matchback.console.pages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import matchback.console.api.Json;
import matchback.model.catalog.Campaign;

/// The form of an app whose installs Apple reports. Its lists are lines: `5239 = summer`, and `2
/// high = purchase 4.99`.
record AppleAppForm() implements EntityForm {
    private static final String SOURCES = "sources";
    private static final String VALUES = "values";
    private static final String FORWARDS = "forwardUrls";
    private static final String FALLBACK = "fallbackCampaign";
    private static final String WINDOW = "window";

    /// Window, value, event and revenue.
    private static final Pattern VALUE =
            Pattern.compile(
                    "(?:([1-3])\\s+)?([^=]*?)\\s*=\\s*(\\S*)(?:\\s+(\\S+))?", Pattern.DOTALL);

    @Override
    public Section section() {
        return Section.APPLE;
    }

    @Override
    public String path() {
        return "apple-apps";
    }

    /// Where the app of this id is added.
    static String adding(long appId) {
        return Section.APPLE.path() + "/new?app=" + appId;
    }

    @Override
    public ObjectNode start(Visit visit) {
        return Json.object().put("key", visit.param("app"));
    }

    @Override
    public List<FormPage.Group> groups(Filling filling) {
        var texts = filling.visit().texts();
        var campaigns = new ArrayList<Option>();
        campaigns.add(Option.of("", texts.of("apple.no_fallback")));
        campaigns.addAll(Options.inUse(filling.visit(), Campaign.class));
        return List.of(
                new FormPage.Group(texts.of("apple.group"), "", naming(filling)),
                new FormPage.Group(
                        texts.of("apple.sources_group"),
                        "",
                        List.of(
                                area(
                                        filling,
                                        SOURCES,
                                        sources(filling.document()),
                                        "5239 = summer"),
                                filling.choice(FALLBACK, campaigns))),
                new FormPage.Group(
                        texts.of("apple.values_group"),
                        "",
                        List.of(
                                area(
                                        filling,
                                        VALUES,
                                        values(filling.document()),
                                        "0-9 = install\n10-63 = purchase 4.99\n2 high = rebill 2"),
                                new FormField.Text(
                                        "currency",
                                        filling.label("currency"),
                                        filling.text("currency"),
                                        texts.of("apple.currency_hint"),
                                        filling.error("currency"),
                                        "",
                                        "text",
                                        false,
                                        false))),
                new FormPage.Group(
                        texts.of("apple.copies_group"),
                        "",
                        List.of(
                                area(
                                        filling,
                                        FORWARDS,
                                        forwards(filling.document()),
                                        "https://mmp.example/skadnetwork"),
                                filling.check("acceptDevelopment"))));
    }

    private static List<FormField> naming(Filling filling) {
        var name = filling.text("name", false, true);
        if (!filling.isNew()) {
            return List.of(name);
        }
        var texts = filling.visit().texts();
        return List.of(
                name,
                new FormField.Text(
                        "key",
                        texts.of("apple.app_id"),
                        filling.text("key"),
                        texts.of("apple.app_id_hint"),
                        filling.error("key"),
                        "525463029",
                        "text",
                        false,
                        true));
    }

    private static FormField area(Filling filling, String field, String lines, String placeholder) {
        return new FormField.Area(
                field,
                filling.label(field),
                lines,
                filling.hint(field),
                filling.errorWithin(field),
                placeholder);
    }

    private static String sources(ObjectNode document) {
        var lines = new StringBuilder();
        for (var source : document.path(SOURCES)) {
            var network = Documents.text(source, "network");
            lines.append(network)
                    .append(network.isEmpty() ? "" : " ")
                    .append(Documents.text(source, "identifier"))
                    .append(" = ")
                    .append(Documents.text(source, "campaign"))
                    .append('\n');
        }
        return lines.toString();
    }

    private static String values(ObjectNode document) {
        var lines = new StringBuilder();
        for (var value : document.path(VALUES)) {
            var window = Documents.text(value, WINDOW);
            lines.append(window)
                    .append(window.isEmpty() ? "" : " ")
                    .append(Documents.text(value, "value"))
                    .append(" = ")
                    .append(Documents.text(value, "event"))
                    .append(' ')
                    .append(Documents.text(value, "revenue"))
                    .append('\n');
        }
        return lines.toString();
    }

    private static String forwards(ObjectNode document) {
        var lines = new StringBuilder();
        for (JsonNode url : document.path(FORWARDS)) {
            lines.append(url.asText()).append('\n');
        }
        return lines.toString();
    }

    @Override
    public void read(Visit visit, ObjectNode document) {
        Documents.putText(visit, document, "name", FALLBACK, "currency");
        Documents.putFlag(visit, document, "acceptDevelopment");
        var sources = document.putArray(SOURCES);
        lines(visit, SOURCES).forEach(line -> source(line, sources.addObject()));
        var values = document.putArray(VALUES);
        lines(visit, VALUES).forEach(line -> value(line, values.addObject()));
        var forwards = document.putArray(FORWARDS);
        lines(visit, FORWARDS).forEach(forwards::add);
    }

    private static List<String> lines(Visit visit, String field) {
        return visit.form(field)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /// What is not of the form is put where the API's rules complain about it.
    private static void source(String line, ObjectNode source) {
        int equals = line.indexOf('=');
        var left = (equals < 0 ? line : line.substring(0, equals)).strip();
        int space = left.lastIndexOf(' ');
        if (space > 0) {
            source.put("network", left.substring(0, space).strip());
        }
        source.put("identifier", left.substring(space + 1));
        if (equals >= 0) {
            source.put("campaign", line.substring(equals + 1).strip());
        }
    }

    private static void value(String line, ObjectNode value) {
        var parts = VALUE.matcher(line);
        if (!parts.matches()) {
            value.put("value", line);
            return;
        }
        if (parts.group(1) != null) {
            value.put(WINDOW, Integer.parseInt(parts.group(1)));
        }
        value.put("value", parts.group(2).strip()).put("event", parts.group(3));
        if (parts.group(4) != null) {
            value.put("revenue", parts.group(4));
        }
    }
}
