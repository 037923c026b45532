package matchback.console.pages;

import java.util.List;

/// An alert.
///
/// @param href page that shows what it is about
/// @param until when it was over; empty while it is open
public record AlertRow(
        String kind,
        String headline,
        List<String> evidence,
        String href,
        When since,
        String until) {}
