package matchback.console.pages;

import java.util.List;

/// What to copy where once a campaign is made, and whether it works.
///
/// @param trackingLink with the source's macros
/// @param hasSecret whether the addresses hold one, which is shown this once
/// @param testCommand that reports a conversion, with `CLICK_ID` in the place of its click
record FirstMadePage(
        Frame frame,
        String title,
        String campaignHref,
        String trackingLink,
        List<SavedPage.Address> addresses,
        boolean hasSecret,
        String testCommand,
        Waiting waiting) {}
