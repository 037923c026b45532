package matchback.console.pages;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One destination: how it is doing, what to do about it, and what a test event came to.
///
/// @param title its name
/// @param standing word of its state
/// @param advice what the state means and what to do; empty when all is well
/// @param base where its actions are posted below
/// @param canChange whether it can be edited, paused and tested here; a traffic source's own
///   postback belongs to its source
/// @param facts how it is set up
/// @param figures how it is doing
/// @param dead why letters are dead
/// @param backfillHref where it is told of the past; empty when it cannot be
/// @param coverage how much is known of the people behind what is told
/// @param trial what came of the test event that was just sent; null for none
record DestinationPage(
        Frame frame,
        String title,
        String type,
        String standing,
        String advice,
        String base,
        String editHref,
        String deliveriesHref,
        boolean canChange,
        boolean isPaused,
        boolean isResumable,
        List<Detail> facts,
        List<Detail> figures,
        List<Dead> dead,
        String backfillHref,
        List<Covered> coverage,
        @Nullable Trial trial) {

    /// @param href where they are sent again
    record Dead(String status, String note, String count, String href) {}

    /// @param advice how to raise it
    record Covered(String field, String percent, String advice) {}

    /// @param result word of what came of it, `taken` or `refused` for example
    /// @param request line, headers and body as they were sent, secrets masked; empty when nothing
    ///   was
    record Trial(String result, String note, String request, String answer, long millis) {}
}
