package matchback.console.pages;

import java.util.List;

/// All who hear of conversions, and how each is doing.
///
/// @param sources traffic sources that are told by their own postback
record DestinationsPage(
        Frame frame, List<DestinationRow> rows, List<DestinationRow> sources, Nothing nothing) {}
