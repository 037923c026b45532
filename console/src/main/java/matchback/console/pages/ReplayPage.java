package matchback.console.pages;

import java.util.List;

/// Asks what is to be decided again, and lists the last replays.
///
/// @param busy path of a replay that runs; empty for none
/// @param problem why none was begun; empty for none
/// @param rows newest first
public record ReplayPage(
        Frame frame,
        List<FormField> fields,
        String busy,
        String problem,
        List<Row> rows,
        Nothing nothing) {

    /// @param period in the reader's zone
    /// @param state its word
    public record Row(
            String href, When at, String period, String state, String changed, String note) {}
}
