package matchback.console.pages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import matchback.console.api.Json;
import matchback.console.pages.EntityForm.Filling;
import matchback.console.pages.FormField.PathRow;
import matchback.console.pages.FormField.Paths;
import matchback.console.pages.FormField.RuleRow;
import matchback.console.pages.FormField.Weight;
import matchback.model.catalog.Condition;
import matchback.model.catalog.Lander;
import matchback.model.catalog.Offer;
import matchback.model.catalog.RoutePath;

/// The paths of a campaign as rows of a form, and back. Every list ends in an empty row; buttons of
/// the form add, move and take away whole paths, without any script.
final class PathRows {
    /// Name of the buttons that change the rows and save nothing.
    static final String ARRANGE = "arrange";

    /// Stands for "straight to the offer" among the landers.
    static final String DIRECT = "*direct";

    private static final String PATHS = "paths";
    private static final String OFFERS = "offers";
    private static final String LANDERS = "landers";
    private static final String RULES = "rules";
    private static final String WEIGHT = "weight";

    private PathRows() {}

    static Paths paths(Filling filling) {
        var visit = filling.visit();
        var texts = visit.texts();
        var landers = new ArrayList<Option>();
        landers.add(Option.of(DIRECT, texts.of("paths.direct")));
        landers.addAll(Options.inUse(visit, Lander.class));
        var all = filling.document().path(PATHS);
        long sum = 0;
        for (var path : all) {
            sum += isDefault(path) ? weight(path) : 0;
        }
        var rows = new ArrayList<PathRow>();
        for (int i = 0; i < all.size(); i++) {
            rows.add(row(filling, all.path(i), i, sum));
        }
        return new Paths(
                filling.errorWithin(PATHS),
                Condition.TRAITS.stream()
                        .map(trait -> Option.of(trait, label(texts, trait)))
                        .toList(),
                landers,
                Options.inUse(visit, Offer.class),
                rows,
                focus(visit, rows.size()));
    }

    static String label(Texts texts, String trait) {
        return texts.orElse("trait." + trait, texts.orElse("dimension." + trait, trait));
    }

    private static boolean isDefault(JsonNode path) {
        return path.path(RULES).isEmpty() && !path.path("paused").asBoolean();
    }

    /// A weight that is left out counts 1; one that is no number counts nothing here, and the rules
    /// say what is wrong with it.
    private static long weight(JsonNode of) {
        var weight = of.path(WEIGHT);
        return weight.isMissingNode() || weight.isNull() ? 1 : Math.max(weight.asLong(0), 0);
    }

    private static PathRow row(Filling filling, JsonNode path, int i, long sum) {
        var at = PATHS + '[' + i + ']';
        var formats = filling.visit().formats();
        return new PathRow(
                i,
                path.path("name").asText(""),
                Documents.text(path, WEIGHT),
                Documents.text(path, "clicksPerDay"),
                path.path("paused").asBoolean(),
                path.path(RULES).isEmpty(),
                isDefault(path) && sum > 0 ? formats.percent(weight(path), sum) : "",
                rules(filling, path, at),
                weights(filling, path, at, LANDERS, "lander"),
                weights(filling, path, at, OFFERS, "offer"),
                filling.error(at + ".name"),
                filling.error(at + '.' + WEIGHT),
                filling.error(at + ".clicksPerDay"),
                filling.error(at + '.' + OFFERS));
    }

    private static List<RuleRow> rules(Filling filling, JsonNode path, String at) {
        var rows = new ArrayList<RuleRow>();
        var rules = path.path(RULES);
        for (int i = 0; i < rules.size(); i++) {
            var rule = rules.path(i);
            var values = new ArrayList<String>();
            rule.path("values").forEach(value -> values.add(value.asText()));
            rows.add(
                    new RuleRow(
                            rule.path("trait").asText(""),
                            rule.path("not").asBoolean(),
                            String.join(", ", values),
                            filling.errorWithin(at + '.' + RULES + '[' + i + ']')));
        }
        rows.add(new RuleRow("", false, "", ""));
        return rows;
    }

    private static List<Weight> weights(
            Filling filling, JsonNode path, String at, String list, String word) {
        var entries = path.path(list);
        long sum = 0;
        for (var entry : entries) {
            sum += weight(entry);
        }
        var rows = new ArrayList<Weight>();
        for (int i = 0; i < entries.size(); i++) {
            var entry = entries.path(i);
            var key = Documents.text(entry, word);
            rows.add(
                    new Weight(
                            key.isEmpty() && list.equals(LANDERS) ? DIRECT : key,
                            Documents.text(entry, WEIGHT),
                            sum == 0 ? "" : filling.visit().formats().percent(weight(entry), sum),
                            filling.errorWithin(at + '.' + list + '[' + i + ']')));
        }
        rows.add(new Weight("", "", "", ""));
        return rows;
    }

    /// The path that was just added or moved; -1 for none.
    private static int focus(Visit visit, int count) {
        var wish = Wish.of(visit.form(ARRANGE), count);
        return switch (wish.verb()) {
            case "add" -> count - 1;
            case "up" -> Math.max(wish.index() - 1, 0);
            case "down" -> Math.min(wish.index() + 1, count - 1);
            default -> -1;
        };
    }

    /// What a button says, such as `up:2`.
    ///
    /// @param index of a path that is there; else the verb is empty
    private record Wish(String verb, int index) {
        static Wish of(String text, int count) {
            int colon = text.indexOf(':');
            if (colon < 0) {
                return new Wish(text, 0);
            }
            var number = text.substring(colon + 1);
            int index = number.matches("\\d{1,3}") ? Integer.parseInt(number) : count;
            return index < count ? new Wish(text.substring(0, colon), index) : new Wish("", 0);
        }
    }

    /// Does to the paths of a document what a button says.
    static void arrange(Visit visit, ObjectNode document) {
        var paths = document.withArray(PATHS);
        var wish = Wish.of(visit.form(ARRANGE), paths.size());
        switch (wish.verb()) {
            case "add" -> {
                if (paths.size() < RoutePath.COUNT_MAX) {
                    paths.addObject();
                }
            }
            case "remove" -> paths.remove(wish.index());
            case "up" -> move(paths, wish.index(), wish.index() - 1);
            case "down" -> move(paths, wish.index(), wish.index() + 1);
            default -> {
                // A button that is none of ours changes nothing.
            }
        }
    }

    private static void move(ArrayNode paths, int from, int to) {
        if (to >= 0 && to < paths.size()) {
            paths.insert(to, paths.remove(from));
        }
    }

    /// Puts the rows that were sent into the document. A path in which nothing stands is left out,
    /// unless rows are only arranged.
    static void read(Visit visit, ObjectNode document) {
        var paths = document.putArray(PATHS);
        var count = visit.form(PATHS);
        int rows = count.matches("\\d{1,3}") ? Integer.parseInt(count) : 0;
        boolean isArranging = !visit.form(ARRANGE).isEmpty();
        for (int i = 0; i < Math.min(rows, RoutePath.COUNT_MAX); i++) {
            var path = path(visit, PATHS + '.' + i + '.');
            boolean isBlank =
                    path.path("name").asText().isEmpty()
                            && path.path(RULES).isEmpty()
                            && path.path(LANDERS).isEmpty()
                            && path.path(OFFERS).isEmpty();
            if (isArranging || !isBlank) {
                paths.add(path);
            }
        }
    }

    private static ObjectNode path(Visit visit, String at) {
        var path = Json.object();
        path.put("name", visit.form(at + "name"));
        Documents.putNumber(path, WEIGHT, visit.form(at + WEIGHT));
        Documents.putNumber(path, "clicksPerDay", visit.form(at + "clicksPerDay"));
        path.put("paused", visit.form(at + "paused").equals("true"));
        rules(visit, at, path.putArray(RULES));
        weights(
                visit.forms(at + "lander"),
                visit.forms(at + "landerWeight"),
                "lander",
                path.putArray(LANDERS));
        weights(
                visit.forms(at + "offer"),
                visit.forms(at + "offerWeight"),
                "offer",
                path.putArray(OFFERS));
        return path;
    }

    private static void rules(Visit visit, String at, ArrayNode rules) {
        var traits = visit.forms(at + "trait");
        var nots = visit.forms(at + "not");
        var values = visit.forms(at + "values");
        for (int i = 0; i < traits.size(); i++) {
            if (!traits.get(i).isEmpty()) {
                var rule = rules.addObject();
                rule.put("trait", traits.get(i));
                rule.put("not", i < nots.size() && nots.get(i).equals("true"));
                var list = rule.putArray("values");
                for (var value : (i < values.size() ? values.get(i) : "").split(",", -1)) {
                    if (!value.isBlank()) {
                        list.add(value.strip());
                    }
                }
            }
        }
    }

    static void weights(List<String> keys, List<String> weights, String word, ArrayNode entries) {
        for (int i = 0; i < keys.size(); i++) {
            if (!keys.get(i).isEmpty()) {
                var entry = entries.addObject();
                if (keys.get(i).equals(DIRECT)) {
                    entry.putNull(word);
                } else {
                    entry.put(word, keys.get(i));
                }
                Documents.putNumber(entry, WEIGHT, i < weights.size() ? weights.get(i) : "");
            }
        }
    }
}
