package matchback.console.pages;

import java.util.List;

/// A conversion in a list.
///
/// @param suspicions words of the checks it is suspected by
public record ConversionRow(
        String id,
        When at,
        String campaign,
        String campaignHref,
        String offer,
        String source,
        String sender,
        String event,
        String status,
        Cash payout,
        String txid,
        String feed,
        String clickId,
        List<String> suspicions,
        String evidence) {

    /// The page that tells its story: its click's, or its report's when there is none.
    public String href() {
        return clickId.isEmpty() ? "/postbacks/" + id : clickHref();
    }

    public String clickHref() {
        return "/clicks/" + Visit.encode(clickId);
    }

    public String clickShort() {
        return Formats.shortId(clickId);
    }
}
