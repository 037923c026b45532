package matchback.console.pages;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a person may ask of a destination for many conversions at once: first chosen, then looked
/// at, then done.
///
/// @param text what it does
/// @param crumbHref page of the destination
/// @param action where it is looked at by GET, and done by POST
/// @param fields what is chosen
/// @param problem what is wrong with it; empty for nothing
/// @param done what was just done; empty for nothing
/// @param preview what would be done; null before anybody looked
record WishPage(
        Frame frame,
        String title,
        String text,
        String crumb,
        String crumbHref,
        String action,
        List<FormField> fields,
        String problem,
        String done,
        @Nullable Preview preview) {

    /// @param sentence what would be done
    /// @param heading over the rows
    /// @param hidden names and values that are sent along
    /// @param button what does it; empty when there is nothing to do
    record Preview(
            String sentence,
            String heading,
            List<Row> rows,
            Map<String, String> hidden,
            String button) {}

    /// @param word short, such as a status
    record Row(String word, String text, String count) {}
}
