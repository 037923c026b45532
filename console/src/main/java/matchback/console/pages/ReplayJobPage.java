package matchback.console.pages;

import java.util.List;

/// One replay: how far it is, what it would change, and what it changed.
///
/// @param path of this page
/// @param about what is decided again, one sentence
/// @param state its word
/// @param isRunning whether the page looks again by itself
/// @param progress one sentence; empty when nothing runs
/// @param notice what became of it or why it cannot be applied; empty for nothing
/// @param tone of the notice: counted, held or refused
/// @param sums what would be different, before and after; empty until there is a preview
/// @param reasons how many decisions change
/// @param changes the first of those decisions
/// @param more how many there are beside them, one sentence; empty for none
/// @param skipped what is left as it is
/// @param apply what applying does, one sentence; empty when there is nothing to apply
/// @param isAsking whether the person is asked once more
/// @param again whether what changed since is to be tried out again on the way
public record ReplayJobPage(
        Frame frame,
        String path,
        String about,
        String state,
        boolean isRunning,
        String progress,
        String notice,
        String tone,
        List<Sum> sums,
        List<Reasons> reasons,
        List<Change> changes,
        String more,
        List<Skipped> skipped,
        String apply,
        boolean isAsking,
        boolean again) {

    /// @param difference empty where it says nothing
    public record Sum(String label, String before, String after, String difference) {}

    public record Reasons(String before, String after, String count) {}

    public record Change(
            String href,
            When at,
            String sender,
            String clickBefore,
            String clickAfter,
            Side before,
            Side after) {}

    /// @param status its word, or empty
    public record Side(String reason, String status, Cash payout) {}

    public record Skipped(String subject, String why) {}
}
