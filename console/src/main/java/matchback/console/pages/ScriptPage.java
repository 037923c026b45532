package matchback.console.pages;

import java.util.List;

/// What to put on the pages of one campaign.
///
/// @param seen whether a page told something lately, and when
/// @param isSeen whether one has at all
record ScriptPage(
        Frame frame,
        String campaign,
        String campaignHref,
        String path,
        String seen,
        boolean isSeen,
        List<Snippet> snippets) {

    /// @param id in the page
    /// @param text what it is for
    record Snippet(String id, String title, String text, String code) {}
}
