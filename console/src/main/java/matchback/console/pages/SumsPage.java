package matchback.console.pages;

import java.util.List;

/// Whether every postback has become something: received = the sum of the decisions.
record SumsPage(Frame frame, List<Preset> presets, List<Sum> rows, Sum totals, Nothing nothing) {

    /// @param counts received and the five decisions
    /// @param isEqual whether they add up
    record Sum(String sender, String day, List<String> counts, boolean isEqual) {}
}
