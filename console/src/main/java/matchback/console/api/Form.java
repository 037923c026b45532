package matchback.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import matchback.model.Money;

/// Reads the fields of a JSON object and collects everything that is wrong with them, so that the
/// caller is told all of it at once. A field that is null counts as missing.
final class Form {
    private static final Pattern DECIMAL = Pattern.compile("\\d{1,40}(\\.\\d{1,40})?");
    private static final int DIGITS_MAX = 60;

    private final JsonNode node;
    private final String path;
    private final List<FieldProblem> problems;

    Form(ObjectNode node) {
        this(node, "", new ArrayList<>());
    }

    private Form(JsonNode node, String path, List<FieldProblem> problems) {
        this.node = node;
        this.path = path;
        this.problems = problems;
    }

    /// What is read.
    JsonNode node() {
        return node;
    }

    List<FieldProblem> problems() {
        return List.copyOf(problems);
    }

    void problem(String field, String message) {
        problems.add(new FieldProblem(path + field, message));
    }

    /// Names every field that is not one of these, with the nearest that is.
    void onlyFields(Set<String> known) {
        node.fieldNames()
                .forEachRemaining(name -> {
                    if (!known.contains(name)) {
                        problem(cut(name), "Unknown field" + Nearest.hint(name, known));
                    }
                });
    }

    /// The names of all fields that are not null, when they are not too many.
    List<String> names(int countMax) {
        var names =
                node.properties().stream()
                        .filter(entry -> !entry.getValue().isNull())
                        .map(Map.Entry::getKey)
                        .toList();
        if (names.size() <= countMax) {
            return names;
        }
        var whole = path.isEmpty() ? "" : path.substring(0, path.length() - 1);
        problems.add(new FieldProblem(whole, names.size() + " entries; at most " + countMax));
        return List.of();
    }

    boolean has(String field) {
        return node.hasNonNull(field);
    }

    /// Whether null stands there.
    boolean isNull(String field) {
        var value = node.get(field);
        return value != null && value.isNull();
    }

    /// A text without control characters, stripped; empty texts count as missing.
    Optional<String> text(String field, int charsMax) {
        return typed(field, JsonNode::isTextual, "a text")
                .map(value -> value.asText().strip())
                .filter(text -> !text.isEmpty())
                .filter(text -> isFit(field, text, charsMax));
    }

    private boolean isFit(String field, String text, int charsMax) {
        if (text.length() > charsMax) {
            problem(field, text.length() + " characters; at most " + charsMax);
            return false;
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            problem(field, "A control character stands in the text");
            return false;
        }
        return true;
    }

    /// One of a few words.
    Optional<String> word(String field, Set<String> words) {
        return text(field, 40)
                .filter(word -> {
                    if (!words.contains(word)) {
                        problem(field, "\"" + word + "\" is not known" + Nearest.hint(word, words));
                    }
                    return words.contains(word);
                });
    }

    boolean flag(String field, boolean otherwise) {
        return typed(field, JsonNode::isBoolean, "true or false")
                .map(JsonNode::asBoolean)
                .orElse(otherwise);
    }

    int number(String field, int min, int max, int otherwise) {
        var number =
                typed(field, JsonNode::isNumber, "a number")
                        .map(JsonNode::decimalValue)
                        .filter(value -> {
                            boolean good = isWhole(value, min, max);
                            if (!good) {
                                problem(field, "A whole number from " + min + " to " + max);
                            }
                            return good;
                        });
        return number.map(BigDecimal::intValueExact).orElse(otherwise);
    }

    private static boolean isWhole(BigDecimal value, int min, int max) {
        return isSmall(value)
                && value.stripTrailingZeros().scale() <= 0
                && value.compareTo(BigDecimal.valueOf(min)) >= 0
                && value.compareTo(BigDecimal.valueOf(max)) <= 0;
    }

    /// An amount of money in millionths: a decimal as text or number, not negative, at most twelve
    /// digits before and six after the point.
    Optional<Long> micros(String field) {
        return decimal(field)
                .filter(value -> {
                    boolean good =
                            value.stripTrailingZeros().scale() <= 6
                                    && value.movePointRight(6)
                                                    .compareTo(BigDecimal.valueOf(Money.MICROS_MAX))
                                            <= 0;
                    if (!good) {
                        problem(
                                field,
                                "An amount has at most 12 digits before and 6 after the"
                                        + " point");
                    }
                    return good;
                })
                .map(value -> value.movePointRight(6).longValueExact());
    }

    /// A decimal that is not negative, as text or number.
    Optional<BigDecimal> decimal(String field) {
        var value = node.get(field);
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        if (value.isTextual() && DECIMAL.matcher(value.asText().strip()).matches()) {
            return Optional.of(new BigDecimal(value.asText().strip()));
        }
        if (value.isNumber()
                && value.decimalValue().signum() >= 0
                && isSmall(value.decimalValue())) {
            return Optional.of(value.decimalValue());
        }
        problem(field, "A plain decimal that is not negative is expected, such as \"12.50\"");
        return Optional.empty();
    }

    /// Whether digits and scale are of a size that arithmetic is safe with.
    private static boolean isSmall(BigDecimal value) {
        return value.precision() <= DIGITS_MAX && Math.abs(value.scale()) <= DIGITS_MAX;
    }

    Optional<String> currency(String field) {
        return text(field, 40)
                .flatMap(text -> {
                    var code = Money.currency(text);
                    if (code.isEmpty()) {
                        problem(field, "\"" + text + "\" is no ISO 4217 currency code");
                    }
                    return code;
                });
    }

    /// An object of texts; entries whose values are null or empty are left out.
    Map<String, String> texts(String field, int countMax, int charsMax) {
        var value = typed(field, JsonNode::isObject, "an object").orElse(null);
        var texts = new LinkedHashMap<String, String>();
        if (value == null) {
            return texts;
        }
        if (value.size() > countMax) {
            problem(field, value.size() + " entries; at most " + countMax);
            return texts;
        }
        var inner = new Form(value, path + field + '.', problems);
        value.fieldNames()
                .forEachRemaining(name -> {
                    if (inner.isFit(cut(name), name, charsMax)) {
                        inner.text(name, charsMax).ifPresent(text -> texts.put(name, text));
                    }
                });
        return texts;
    }

    /// A list of texts.
    List<String> list(String field, int countMax, int charsMax) {
        var texts = new ArrayList<String>();
        var values = elements(field, countMax);
        for (int i = 0; i < values.size(); i++) {
            var name = field + '[' + i + ']';
            var value = values.get(i);
            if (!value.isTextual() || value.asText().isBlank()) {
                problem(name, "A text is expected");
            } else if (isFit(name, value.asText().strip(), charsMax)) {
                texts.add(value.asText().strip());
            }
        }
        return texts;
    }

    /// A list of objects.
    List<Form> forms(String field, int countMax) {
        var forms = new ArrayList<Form>();
        var values = elements(field, countMax);
        for (int i = 0; i < values.size(); i++) {
            var name = field + '[' + i + ']';
            if (values.get(i).isObject()) {
                forms.add(new Form(values.get(i), path + name + '.', problems));
            } else {
                problem(name, "An object is expected");
            }
        }
        return forms;
    }

    /// An object within this one.
    Optional<Form> form(String field) {
        return typed(field, JsonNode::isObject, "an object")
                .map(value -> new Form(value, path + field + '.', problems));
    }

    Optional<JsonNode> raw(String field) {
        return Optional.ofNullable(node.get(field)).filter(value -> !value.isNull());
    }

    private List<JsonNode> elements(String field, int countMax) {
        var list = new ArrayList<JsonNode>();
        typed(field, JsonNode::isArray, "a list").ifPresent(value -> value.forEach(list::add));
        if (list.size() > countMax) {
            problem(field, list.size() + " entries; at most " + countMax);
            return List.of();
        }
        return list;
    }

    private Optional<JsonNode> typed(
            String field, java.util.function.Predicate<JsonNode> type, String expected) {
        var value = node.get(field);
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        if (!type.test(value)) {
            problem(field, "Of type " + Json.typeOf(value) + "; expected is " + expected);
            return Optional.empty();
        }
        return Optional.of(value);
    }

    private static String cut(String name) {
        return name.length() <= 64 ? name : name.substring(0, 64) + "…";
    }
}
