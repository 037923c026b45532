package matchback.console.csv;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import matchback.model.Field;
import matchback.model.catalog.Sender;

/// Which field each column of a file fills.
///
/// @param names of the columns
/// @param fields key of the field for each column; empty for a column that is only kept
public record Columns(List<String> names, List<String> fields) {

    /// The fields that a column can fill.
    public static final List<Field> FILLABLE =
            Arrays.stream(Field.values())
                    .filter(field -> !field.isSecret())
                    .filter(field ->
                            switch (field) {
                                case RETURN,
                                        SALE_STATUS,
                                        LEAD_STATUS,
                                        REJECTED_STATUS,
                                        IGNORE_STATUS ->
                                        false;
                                default -> true;
                            })
                    .toList();

    /// How people head their columns, besides the names of parameters.
    private static final Map<Field, List<String>> HEADINGS =
            new EnumMap<>(
                    Map.of(
                            Field.CLICKID,
                            List.of("click", "clickref", "tracker_click_id", "sub1", "aff_sub"),
                            Field.PAYOUT,
                            List.of("commission", "earnings", "earning", "reward", "price"),
                            Field.VALUE,
                            List.of("order_amount", "order_total", "sale", "total"),
                            Field.TXID,
                            List.of(
                                    "transaction",
                                    "conversion_id",
                                    "lead_id",
                                    "action_id",
                                    "order",
                                    "order_number"),
                            Field.STATUS,
                            List.of("state", "conversion_status"),
                            Field.EVENT,
                            List.of("event_type", "goal_name", "conversion_type"),
                            Field.EVENT_TIME,
                            List.of(
                                    "time",
                                    "date",
                                    "datetime",
                                    "date_time",
                                    "timestamp",
                                    "created",
                                    "created_at",
                                    "conversion_time",
                                    "conversion_date")));

    public Columns {
        names = List.copyOf(names);
        fields = List.copyOf(fields);
        if (names.size() != fields.size()) {
            throw new IllegalArgumentException(
                    names.size() + " columns and " + fields.size() + " fields");
        }
    }

    /// What the columns probably mean: by the sender's mapping, then by the names of parameters,
    /// then by what people call them. A field is filled by one column, the first that fits.
    public static Columns guess(List<String> names, Optional<Sender> sender) {
        var fields = new ArrayList<String>();
        var taken = new HashSet<Field>();
        for (var name : names) {
            var field = field(name, sender).filter(taken::add);
            fields.add(field.map(Field::key).orElse(""));
        }
        return new Columns(names, fields);
    }

    private static Optional<Field> field(String heading, Optional<Sender> sender) {
        for (var mapped : sender.map(Sender::parameters).orElse(Map.of()).entrySet()) {
            if (mapped.getValue().equalsIgnoreCase(heading.strip())) {
                return Field.ofKey(mapped.getKey()).filter(FILLABLE::contains);
            }
        }
        var word = word(heading);
        return FILLABLE.stream()
                .filter(field -> field.names().contains(word))
                .findFirst()
                .or(() ->
                        FILLABLE.stream()
                                .filter(field ->
                                        HEADINGS.getOrDefault(field, List.of()).contains(word))
                                .findFirst());
    }

    private static String word(String heading) {
        return heading.strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{Alnum}]+", "_")
                .replaceAll("^_|_$", "");
    }

    /// With a field filled by a column, and by no other.
    ///
    /// @param column its index
    Columns with(Field field, int column) {
        var changed = new ArrayList<String>();
        for (int i = 0; i < fields.size(); i++) {
            var before = fields.get(i);
            changed.add(i == column ? field.key() : before.equals(field.key()) ? "" : before);
        }
        return new Columns(names, changed);
    }

    /// With fields filled by the columns of these names. Throws [CsvFile.Unreadable] for a name
    /// that no column has.
    public Columns with(Map<Field, String> chosen) {
        var columns = this;
        for (var entry : chosen.entrySet()) {
            int index = names.indexOf(entry.getValue());
            if (index < 0) {
                throw new CsvFile.Unreadable(
                        "There is no column \""
                                + entry.getValue()
                                + "\"; there are "
                                + String.join(", ", names));
            }
            columns = columns.with(entry.getKey(), index);
        }
        return columns;
    }

    /// What is wrong, in one sentence; empty for nothing.
    public String problem() {
        var seen = new HashSet<String>();
        for (var field : fields) {
            if (!field.isEmpty() && !seen.add(field)) {
                return "Two columns fill the field " + field;
            }
        }
        return seen.contains(Field.CLICKID.key())
                ? ""
                : "No column has the click id; without it no row can be matched";
    }
}
