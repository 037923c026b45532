package matchback.console.pages;

import java.util.List;
import matchback.console.api.OldLinks.Refused;

/// The links of other trackers, and where more are put in.
///
/// @param text that was put in
/// @param problem why nothing of it can be read; empty otherwise
/// @param done what became of it, or would; empty before
/// @param trackers that were used before
/// @param canTake whether it was looked at and can be taken
record OldLinksPage(
        Frame frame,
        String text,
        String problem,
        String done,
        boolean canTake,
        List<Refused> errors,
        List<Link> links,
        List<Tracker> trackers) {

    /// @param isOver whether its last day is past
    record Tracker(String name, String url, String lastDay, boolean isOver, String href) {}

    record Link(String link, String campaign, String href) {}
}
