package matchback.ledger;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import matchback.model.Subject;

/// Some of the clicks: those that have all of these values.
///
/// @param values by the word of a column that clicks have, at least one; `-` for clicks without one
public record CostSlice(Map<String, String> values) {
    public static final int VALUES_MAX = 5;

    private static final int KEPT_MAX = 64;

    public CostSlice {
        values = Map.copyOf(values);
    }

    /// Equal slices are one subject: what is stated for one is ordered, and replaces each other.
    public Subject subject() {
        var digest = PersonalCodec.sha256(text().getBytes(StandardCharsets.UTF_8));
        return new Subject("cost:" + HexFormat.of().formatHex(digest).substring(0, KEPT_MAX));
    }

    /// Which columns it has values for, in the order of their words: `campaign,sub1`.
    public String shape() {
        return String.join(",", new TreeMap<>(values).keySet());
    }

    /// For people: `campaign=spring, sub1=a`.
    public String text() {
        return new TreeMap<>(values)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + '=' + entry.getValue())
                        .collect(Collectors.joining(", "));
    }
}
