package matchback.console.bench;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import matchback.model.Field;
import matchback.model.Params;
import matchback.model.UnfilledMacro;

/// A postback held against the URL that was given to whoever sends it, parameter by parameter.
///
/// @param lines those of the template in its order, then those that it does not have
public record Comparison(List<Line> lines) {

    public enum Found {
        /// It is there and filled.
        AS_MEANT,
        /// It is not there, or it is empty.
        MISSING,
        /// Its macro was not replaced.
        UNFILLED,
        /// The template does not have it.
        EXTRA;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// @param template what stands in the template; empty for an extra one
    /// @param arrived empty for a missing one
    public record Line(String parameter, String template, String arrived, Found found) {}

    public Comparison {
        lines = List.copyOf(lines);
    }

    /// Tokens and signatures are no part of a template and not held against it.
    ///
    /// @param template a query with macros
    static Comparison of(String template, Params arrived) {
        var lines = new ArrayList<Line>();
        var names = new LinkedHashSet<String>();
        for (var param : Params.ofQuery(template).list()) {
            names.add(param.name());
            var value = arrived.first(param.name());
            lines.add(new Line(param.name(), param.value(), value, found(value)));
        }
        for (var param : arrived.list()) {
            if (names.add(param.name()) && !isSecret(param.name())) {
                lines.add(new Line(param.name(), "", param.value(), Found.EXTRA));
            }
        }
        return new Comparison(lines);
    }

    private static Found found(String value) {
        if (value.isBlank()) {
            return Found.MISSING;
        }
        return UnfilledMacro.isOne(value) ? Found.UNFILLED : Found.AS_MEANT;
    }

    private static boolean isSecret(String name) {
        for (var field : Field.values()) {
            if (field.isSecret() && field.names().contains(name)) {
                return true;
            }
        }
        return false;
    }
}
