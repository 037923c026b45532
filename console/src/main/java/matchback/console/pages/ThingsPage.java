package matchback.console.pages;

import java.util.List;

/// A list of things configured, with their numbers in a period.
///
/// @param headers of the cells after the name
/// @param numberHeaders of the numbers after those
/// @param totals of the numbers
record ThingsPage(
        Frame frame,
        String title,
        String sub,
        String addHref,
        String addLabel,
        List<Preset> presets,
        List<String> headers,
        List<String> numberHeaders,
        List<Thing> rows,
        List<NumberCell> totals,
        Nothing nothing) {

    /// @param tags words shown beside the name
    /// @param copy a URL worth copying, under the name; empty for none
    record Thing(
            String key,
            String name,
            String href,
            List<String> tags,
            String copy,
            List<String> cells,
            List<NumberCell> numbers) {}

    /// @param tone style
    record NumberCell(String text, String tone) {}
}
