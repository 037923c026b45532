package matchback.console.pages;

import java.util.List;

/// What was stated of costs, with the ways to state more.
///
/// @param presets periods that the figures can be of
/// @param figures of the period: what it cost, and how much of that is known
/// @param problem with what was asked last; empty for none
/// @param fields of the form for one statement
/// @param fileFields of the form for a file
record CostsPage(
        Frame frame,
        List<Preset> presets,
        List<Figure> figures,
        List<Statement> statements,
        Pager pager,
        Nothing nothing,
        String problem,
        List<FormField> fields,
        List<FormField> fileFields,
        String fileLimits) {

    record Figure(String label, String value, String note) {}

    /// @param undo where it is taken back; empty when it is not in force
    record Statement(
            String period,
            String zone,
            List<Part> slice,
            Cash amount,
            Cash cost,
            String rate,
            String mode,
            String state,
            String tone,
            When at,
            String by,
            String note,
            String undo) {}

    /// @param dimension in words
    record Part(String dimension, String value) {}
}
