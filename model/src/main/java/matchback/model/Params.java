package matchback.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// The parameters of a request in the order they came: names may repeat, nothing is dropped.
public record Params(List<Param> list) {
    /// Most parameters that are read from one request; the rest stays in the raw request only.
    public static final int COUNT_MAX = 200;

    public static final Params EMPTY = new Params(List.of());

    /// @param isIntact whether name and value were well-formed text
    public record Param(String name, String value, boolean isIntact) {

        public boolean isFilled() {
            return !value.isBlank() && !UnfilledMacro.isOne(value);
        }
    }

    public Params {
        list = List.copyOf(list);
    }

    /// Reads `a=1&b=2` as it stands in a query string or a form; never fails.
    public static Params ofQuery(String query) {
        if (query.isEmpty()) {
            return EMPTY;
        }
        var list = new ArrayList<Param>();
        int from = 0;
        while (from <= query.length() && list.size() < COUNT_MAX) {
            int end = query.indexOf('&', from);
            end = end < 0 ? query.length() : end;
            if (end > from) {
                list.add(param(query, from, end));
            }
            from = end + 1;
        }
        return new Params(list);
    }

    private static Param param(String query, int from, int end) {
        int equals = query.indexOf('=', from);
        boolean hasValue = equals >= 0 && equals < end;
        var name = Percent.decode(query.substring(from, hasValue ? equals : end), true);
        var value = Percent.decode(hasValue ? query.substring(equals + 1, end) : "", true);
        return new Param(name.text(), value.text(), name.isIntact() && value.isIntact());
    }

    public Params and(Params more) {
        if (more.list.isEmpty()) {
            return this;
        }
        var all = new ArrayList<>(list);
        all.addAll(more.list);
        return new Params(all);
    }

    /// Those whose name the filter takes.
    public Params only(Predicate<String> names) {
        return new Params(list.stream().filter(param -> names.test(param.name())).toList());
    }

    /// All parameters of a name, in order; names are compared exactly.
    public List<Param> named(String name) {
        var found = new ArrayList<Param>(1);
        for (var param : list) {
            if (param.name().equals(name)) {
                found.add(param);
            }
        }
        return found;
    }

    /// The first value of a name, or the empty text.
    public String first(String name) {
        for (var param : list) {
            if (param.name().equals(name)) {
                return param.value();
            }
        }
        return "";
    }
}
