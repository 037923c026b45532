package matchback.console.pages;

import java.util.List;

/// Users and tokens.
///
/// @param done what was just done; empty for nothing
record PeoplePage(
        Frame frame, String done, List<Row> users, Nothing nothing, List<TokenRow> tokens) {

    /// @param role in words
    /// @param state word of a tag: what they have still to do; empty for nothing
    record Row(
            String key,
            String name,
            String role,
            boolean isMasked,
            String state,
            int sessions,
            int tokens) {}
}
