package matchback.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import matchback.model.Params.Param;
import matchback.model.catalog.Sender;

/// Reads the fields of a postback by a sender's mapping, then by the names understood without one.
/// Door and decide share it, so both see the same values.
public final class PostbackReader {

    /// What stands in a field's place.
    public sealed interface Value {
        /// No parameter of the field is there, or only empty ones.
        record Missing() implements Value {}

        /// Only macros that nobody replaced.
        record Unresolved(String parameter) implements Value {}

        /// The one value; the same value under several names is one.
        record Filled(String parameter, String text) implements Value {}

        /// Several filled parameters that differ, or text that is not well-formed.
        record Unreadable(String parameter, String problem) implements Value {}
    }

    /// The click id a request carries.
    public sealed interface ClickIdFinding {
        record Found(ClickId id, String parameter) implements ClickIdFinding {}

        /// @param value what stood there, cut to [#VALUE_CHARS_MAX]; empty when nothing did
        record NotFound(Reason reason, String parameter, String value) implements ClickIdFinding {}
    }

    /// Longest value that is kept of a click id that is none.
    public static final int VALUE_CHARS_MAX = 200;

    private final Params params;
    private final Optional<Sender> sender;
    private final Set<String> claimed;

    /// @param sender whose mapping is used; empty for the names without mapping alone
    public PostbackReader(Params params, Optional<Sender> sender) {
        this.params = params;
        this.sender = sender;
        this.claimed = new HashSet<>(sender.map(s -> s.parameters().values()).orElse(List.of()));
    }

    /// The field's value: the mapped parameter if it is filled, else the first filled one by name.
    /// Under one name the values must agree.
    public Value read(Field field) {
        String unresolved = "";
        for (var name : names(field)) {
            Optional<Param> filled = Optional.empty();
            for (var param : params.named(name)) {
                if (!param.isIntact()) {
                    return new Value.Unreadable(name, "is not well-formed UTF-8");
                }
                if (!param.isFilled()) {
                    unresolved = param.value().isBlank() ? unresolved : name;
                } else if (filled.isPresent() && !filled.get().value().equals(param.value())) {
                    return new Value.Unreadable(name, "is there twice with different values");
                } else {
                    filled = Optional.of(param);
                }
            }
            if (filled.isPresent()) {
                return new Value.Filled(name, filled.get().value().strip());
            }
        }
        return unresolved.isEmpty() ? new Value.Missing() : new Value.Unresolved(unresolved);
    }

    /// The text of a filled field, else empty.
    public Optional<String> text(Field field) {
        return read(field) instanceof Value.Filled(_, var text)
                ? Optional.of(text)
                : Optional.empty();
    }

    /// Finds the click id: the first filled value that is no macro. Two different authentic ids in
    /// one request contradict each other.
    ///
    /// @param nowMillis when the request was received
    public ClickIdFinding clickId(ClickIds ids, long nowMillis) {
        Optional<Param> first = Optional.empty();
        String unresolved = "";
        var authentic = new HashSet<ClickId>();
        for (var name : names(Field.CLICKID)) {
            for (var param : params.named(name)) {
                if (!param.isFilled()) {
                    unresolved =
                            param.value().isBlank() || !unresolved.isEmpty() ? unresolved : name;
                    continue;
                }
                first = first.isEmpty() ? Optional.of(param) : first;
                if (ids.read(param.value().strip(), nowMillis)
                        instanceof ClickIds.Reading.Authentic(var id)) {
                    authentic.add(id);
                }
            }
        }
        if (first.isEmpty()) {
            return unresolved.isEmpty()
                    ? new ClickIdFinding.NotFound(Reason.MISSING_CLICK_ID, "", "")
                    : new ClickIdFinding.NotFound(
                            Reason.UNRESOLVED_MACRO, unresolved, cut(params.first(unresolved)));
        }
        var param = first.get();
        if (authentic.size() > 1) {
            return new ClickIdFinding.NotFound(
                    Reason.MALFORMED_REQUEST, param.name(), cut(param.value()));
        }
        return switch (ids.read(param.value().strip(), nowMillis)) {
            case ClickIds.Reading.Authentic(var id) -> new ClickIdFinding.Found(id, param.name());
            case ClickIds.Reading.Refused(var reason) ->
                    new ClickIdFinding.NotFound(reason, param.name(), cut(param.value()));
        };
    }

    /// The name under which a field is found for certain: the mapped one, else the first that no
    /// other field was mapped to.
    public String nameOf(Field field) {
        return names(field).stream().findFirst().orElse(field.key());
    }

    /// Names in the order they are tried. A parameter the sender maps to another field is not also
    /// read as this one.
    private List<String> names(Field field) {
        var mapped = sender.map(s -> s.parameters().get(field.key()));
        if (claimed.isEmpty() && mapped.isEmpty()) {
            return field.names();
        }
        var names = new ArrayList<String>();
        mapped.ifPresent(names::add);
        for (var name : field.names()) {
            if (!claimed.contains(name)) {
                names.add(name);
            }
        }
        return names;
    }

    private static String cut(String value) {
        return Cut.atMost(VALUE_CHARS_MAX, value);
    }
}
