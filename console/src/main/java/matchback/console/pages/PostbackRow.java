package matchback.console.pages;

import java.util.List;

/// A postback in a list.
///
/// @param message what happened and what exactly was found
/// @param warnings codes
public record PostbackRow(
        When at,
        String href,
        String decision,
        String reason,
        String message,
        List<String> warnings,
        String sender,
        String event,
        String txid,
        Cash payout,
        String clickId) {

    public String clickHref() {
        return "/clicks/" + Visit.encode(clickId);
    }

    public String clickShort() {
        return Formats.shortId(clickId);
    }
}
