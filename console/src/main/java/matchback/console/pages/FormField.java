package matchback.console.pages;

import java.util.List;

/// One field of a form. An error is empty where there is none.
public sealed interface FormField {

    /// @param type of the input, for example `text`
    record Text(
            String name,
            String label,
            String value,
            String hint,
            String error,
            String placeholder,
            String type,
            boolean isWide,
            boolean isRequired)
            implements FormField {}

    record Choice(
            String name,
            String label,
            String value,
            List<Option> options,
            String hint,
            String error)
            implements FormField {}

    record Check(String name, String label, boolean isChecked, String hint) implements FormField {}

    /// Any number of values out of a list.
    record Picks(String name, String label, List<Option> options, String hint, String error)
            implements FormField {}

    /// Several lines.
    record Area(
            String name, String label, String value, String hint, String error, String placeholder)
            implements FormField {}

    /// Names that are fixed, each with a value.
    record Pairs(String name, String label, String hint, List<Pair> pairs) implements FormField {}

    record Pair(String name, String label, String value, String error) {}

    /// Offers with weights.
    record Weights(String label, String hint, List<Option> offers, List<Weight> rows)
            implements FormField {}

    record Weight(String offer, String weight, String error) {}
}
