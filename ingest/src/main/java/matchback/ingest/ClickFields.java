package matchback.ingest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import matchback.model.Macros;
import matchback.model.Params;
import matchback.model.Params.Param;
import matchback.model.catalog.TrafficSource;

/// What a tracking link's query tells of a click, read by its traffic source's mapping. A macro
/// that nobody filled counts as empty; values that are too long are cut, a click is never refused.
///
/// @param subs those that are filled, `sub1` to `sub20`
/// @param unknown parameters that no field reads, in order
record ClickFields(
        String externalId,
        String cost,
        String creative,
        Map<String, String> subs,
        List<Param> unknown) {

    /// Longest value that is kept.
    static final int VALUE_CHARS_MAX = 512;

    private static final List<String> FIELDS = fields();
    private static final int SUBS_FROM = 3;

    /// Which parameter name fills which fields. Made once for each source and catalog version.
    static final class Reader {
        private final Map<String, List<Integer>> fieldsByName = new HashMap<>();

        Reader(Optional<TrafficSource> source) {
            for (int i = 0; i < FIELDS.size(); i++) {
                var field = FIELDS.get(i);
                var name = source.map(s -> s.parameterOf(field)).orElse(field);
                fieldsByName.computeIfAbsent(name, _ -> new ArrayList<>(1)).add(i);
            }
        }

        ClickFields read(Params params) {
            var values = new String[FIELDS.size()];
            var unknown = new ArrayList<Param>();
            for (var param : params.list()) {
                var fields = fieldsByName.get(param.name());
                if (fields == null) {
                    unknown.add(param);
                } else if (param.isFilled()) {
                    for (int field : fields) {
                        values[field] = values[field] == null ? kept(param.value()) : values[field];
                    }
                }
            }
            var subs = new LinkedHashMap<String, String>();
            for (int i = SUBS_FROM; i < values.length; i++) {
                if (values[i] != null) {
                    subs.put(FIELDS.get(i), values[i]);
                }
            }
            return new ClickFields(
                    orEmpty(values[0]), orEmpty(values[1]), orEmpty(values[2]), subs, unknown);
        }

        private static String orEmpty(@org.jspecify.annotations.Nullable String value) {
            return value == null ? "" : value;
        }
    }

    private static List<String> fields() {
        var fields = new ArrayList<String>();
        fields.add(TrafficSource.EXTERNAL_ID);
        fields.add(TrafficSource.COST);
        fields.add(TrafficSource.CREATIVE);
        for (int i = 1; i <= Macros.SUBS; i++) {
            fields.add("sub" + i);
        }
        return List.copyOf(fields);
    }

    /// The value as it is stored: cut, never in the middle of a character, and without NUL, which
    /// stores of text cannot hold.
    static String kept(String value) {
        var whole = value.indexOf('\0') < 0 ? value : value.replace('\0', '\uFFFD');
        return cut(whole, VALUE_CHARS_MAX);
    }

    static String cut(String value, int charsMax) {
        if (value.length() <= charsMax) {
            return value;
        }
        int end = Character.isHighSurrogate(value.charAt(charsMax - 1)) ? charsMax - 1 : charsMax;
        return value.substring(0, end);
    }
}
