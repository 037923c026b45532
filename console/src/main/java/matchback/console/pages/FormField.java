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

    /// @param key of the offer or lander; empty for a row to be filled
    /// @param share in percent; empty where there is none yet
    record Weight(String key, String weight, String share, String error) {}

    /// Paths of a campaign.
    ///
    /// @param traits what rules can ask for
    /// @param focus index of the path to write in next; -1 for none
    record Paths(
            String error,
            List<Option> traits,
            List<Option> landers,
            List<Option> offers,
            List<PathRow> rows,
            int focus)
            implements FormField {}

    /// @param isDefault whether it has no rules
    /// @param share in percent, among the paths without rules; empty for none
    record PathRow(
            int index,
            String name,
            String weight,
            String clicksPerDay,
            boolean isPaused,
            boolean isDefault,
            String share,
            List<RuleRow> rules,
            List<Weight> landers,
            List<Weight> offers,
            String nameError,
            String weightError,
            String clicksError,
            String offersError) {}

    /// @param values with commas
    record RuleRow(String trait, boolean isNot, String values, String error) {}
}
