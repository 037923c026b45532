package matchback.console.pages;

/// How one destination is doing, in a list.
///
/// @param type what kind it is
/// @param standing word of its state
/// @param oldest age of the oldest that waits; empty when none does
/// @param accepted percent of the last day's that were taken; – when there were none
/// @param last the last answer; empty before the first
public record DestinationRow(
        String name,
        String href,
        String key,
        String type,
        String standing,
        String waiting,
        String oldest,
        String accepted,
        String last) {}
