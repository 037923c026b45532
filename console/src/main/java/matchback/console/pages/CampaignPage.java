package matchback.console.pages;

import java.util.List;
import matchback.console.pages.ThingsPage.NumberCell;

/// One campaign: what to copy where, its offers, its numbers.
///
/// @param clickUrl the tracking link with what the traffic source should add to it
/// @param postbacks the URLs its senders call
/// @param sourcePostback what the traffic source is told with; empty when it is not told
/// @param tryIt a command that makes a click
record CampaignPage(
        Frame frame,
        String key,
        String name,
        boolean isPaused,
        boolean isArchived,
        String editHref,
        String reportHref,
        List<Preset> presets,
        String clickUrl,
        List<Postback> postbacks,
        String sourcePostback,
        String sourceName,
        String sourceHref,
        List<Detail> facts,
        List<String> metricNames,
        List<NumberCell> numbers,
        List<PathShare> paths,
        List<Share> offers,
        String tryIt,
        Waiting waiting) {

    /// @param warning why it should be looked at; empty for nothing
    record Postback(String sender, String senderHref, String url, String warning) {}

    /// @param weight and
    /// @param percent of the campaign's own offers; – for one that only paths have
    record Share(
            String name, String href, String weight, String percent, List<NumberCell> numbers) {}

    /// @param who whom it takes
    record PathShare(
            String name,
            String href,
            String who,
            boolean isPaused,
            List<RoutePage.Part> landers,
            List<RoutePage.Part> offers,
            List<NumberCell> numbers) {}
}
