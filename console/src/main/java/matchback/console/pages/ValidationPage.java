package matchback.console.pages;

import java.util.List;

/// Validation: what was found, what is held because of it, and what the checks do.
///
/// @param said what was done just now; empty for nothing
/// @param problem why it was not; empty for nothing
/// @param work what was judged, in a sentence
/// @param budget how many were held without need, in a sentence
/// @param isOverBudget whether that is too many
/// @param found the preview in a sentence; empty without one
/// @param signs what the preview found first
public record ValidationPage(
        Frame frame,
        String said,
        String problem,
        String work,
        String budget,
        boolean isOverBudget,
        List<ConversionRow> rows,
        List<Held> quarantines,
        List<Check> checks,
        String publisher,
        List<Option> publishers,
        String holdHours,
        List<Option> sources,
        String from,
        String to,
        String found,
        List<Sign> signs) {

    /// A quarantine that holds.
    ///
    /// @param queue what waits because of it
    public record Held(
            String key, String name, String check, String evidence, When until, String queue) {}

    /// @param found how many conversions of the last 30 days
    /// @param approved how many were held as this and then approved
    /// @param rejected and how many rejected
    /// @param preview how many it would have found; empty without a preview
    public record Check(
            String word,
            String name,
            String text,
            String mode,
            String certainty,
            String least,
            String error,
            String found,
            String approved,
            String rejected,
            String preview) {}

    public record Sign(
            When at, String clickHref, String publisher, String check, String evidence) {}
}
