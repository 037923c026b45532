package matchback.console.pages;

import java.util.List;

/// Where one conversion is changed by hand.
///
/// @param about what it is now: type, txid, status and payout
/// @param back the page of its click
/// @param problem what stands against the change and belongs to no field; empty for nothing
record EditPage(
        Frame frame,
        String title,
        String about,
        String action,
        String back,
        List<FormField> fields,
        String problem) {}
