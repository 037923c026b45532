package matchback.console.pages;

import java.util.List;

/// What is wrong just now, and was lately.
///
/// @param untold messages that destinations have not taken yet, as a sentence; empty for none
/// @param listeners whether anybody is told outside the console, as a sentence
record AlertsPage(
        Frame frame,
        List<AlertRow> open,
        List<AlertRow> past,
        String listeners,
        String untold,
        Nothing nothing) {}
