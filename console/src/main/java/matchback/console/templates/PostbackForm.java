package matchback.console.templates;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import matchback.model.Field;
import matchback.model.Percent;
import matchback.model.catalog.Sender;

/// The postback that a sender sends: where to, with which parameters, and an example of the values.
///
/// @param path of the tracking listener, with `{key}` for what names the sender
/// @param query with the macros of whoever sends it
/// @param offerParameter of the offer URL, whose value the sender sends back; empty for any
/// @param values an example value by macro; [Template#CLICK_ID] stands for a click id
public record PostbackForm(
        String path, String query, String offerParameter, Map<String, String> values) {
    private static final String KEY = "{key}";
    private static final String PATH = "/postback/" + KEY;
    private static final Comparator<String> LONGEST_FIRST =
            Comparator.comparingInt(String::length).reversed();

    /// What a sender without a template is asked to send, with example values.
    private static final Map<Field, String> PLAIN = new LinkedHashMap<>();

    static {
        PLAIN.put(Field.CLICKID, Template.CLICK_ID);
        PLAIN.put(Field.PAYOUT, "12.50");
        PLAIN.put(Field.CURRENCY, "USD");
        PLAIN.put(Field.TXID, "TEST1");
        PLAIN.put(Field.STATUS, "approved");
    }

    public PostbackForm {
        values = Map.copyOf(values);
    }

    /// As the sender's own template has it, else with our fields as macros.
    public static PostbackForm of(Sender sender) {
        return Optional.ofNullable(sender.template())
                .flatMap(Templates.catalogue()::find)
                .map(template -> of(sender, template))
                .orElseGet(() -> plain(sender));
    }

    public static PostbackForm of(Sender sender, Template template) {
        var query =
                Stream.of(template.postbackQuery().split("&", -1))
                        .map(pair -> renamed(sender, pair))
                        .collect(Collectors.joining("&"));
        return new PostbackForm(
                template.paths().stream()
                        .findFirst()
                        .filter(path -> path.contains(KEY))
                        .orElse(PATH),
                query,
                template.offerParameter(),
                template.vector().filled());
    }

    private static PostbackForm plain(Sender sender) {
        var values = new LinkedHashMap<String, String>();
        PLAIN.forEach((field, value) -> values.put(macro(field), value));
        sender.defaultCurrency().ifPresent(code -> values.put(macro(Field.CURRENCY), code));
        return new PostbackForm(
                PATH,
                PLAIN.keySet().stream()
                        .map(field -> parameter(sender, field) + '=' + macro(field))
                        .collect(Collectors.joining("&")),
                "",
                values);
    }

    private static String macro(Field field) {
        return '{' + field.key() + '}';
    }

    /// The name that a sender's mapping has for a field, as it stands in a URL.
    public static String parameter(Sender sender, Field field) {
        return Percent.encode(sender.parameters().getOrDefault(field.key(), field.key()));
    }

    /// A parameter of the template under the name that the sender's mapping has for it.
    private static String renamed(Sender sender, String pair) {
        int equals = pair.indexOf('=');
        return Field.ofKey(pair.substring(0, equals))
                .filter(field -> sender.parameters().containsKey(field.key()))
                .map(field -> parameter(sender, field) + pair.substring(equals))
                .orElse(pair);
    }

    /// The macros in the order in which they stand in the query.
    public List<String> macros() {
        return values.keySet().stream()
                .filter(query::contains)
                .sorted(Comparator.comparingInt(query::indexOf))
                .toList();
    }

    /// The same with other values for some macros.
    public PostbackForm with(Map<String, String> others) {
        var all = new LinkedHashMap<>(values);
        others.forEach((macro, value) -> all.computeIfPresent(macro, (_, _) -> value));
        return new PostbackForm(path, query, offerParameter, all);
    }

    public PostbackForm at(String otherPath) {
        return new PostbackForm(otherPath, query, offerParameter, values);
    }

    /// Path and query with the macros.
    ///
    /// @param sender what names it in the path
    public String url(String sender) {
        return path.replace(KEY, sender) + '?' + query;
    }

    /// Path and query as they are sent: each macro that is known replaced by its value, encoded.
    ///
    /// @param sender what names it in the path
    /// @param clickId takes the place of [Template#CLICK_ID]
    public String target(String sender, String clickId) {
        return path.replace(KEY, sender) + '?' + filled(query, values, clickId);
    }

    static String filled(String query, Map<String, String> values, String clickId) {
        var filled = query;
        for (var macro : values.keySet().stream().sorted(LONGEST_FIRST).toList()) {
            var value = values.getOrDefault(macro, "");
            var text = value.equals(Template.CLICK_ID) ? clickId : value;
            filled = filled.replace(macro, Percent.encode(text));
        }
        return filled;
    }
}
