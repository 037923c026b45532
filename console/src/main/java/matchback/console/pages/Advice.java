package matchback.console.pages;

import java.util.Comparator;
import matchback.model.catalog.Campaign;

/// Commands that bring the first events: what empty pages offer to run.
final class Advice {
    private Advice() {}

    /// Opens the first campaign's tracking link; empty without a campaign.
    static String click(Visit visit) {
        return visit.catalog().all(Campaign.class).values().stream()
                .filter(campaign -> !campaign.archived())
                .min(Comparator.comparingInt(Campaign::number))
                .map(campaign -> click(visit, campaign))
                .orElse("");
    }

    static String click(Visit visit, Campaign campaign) {
        return "curl -si '" + visit.site().config().clickUrl(campaign) + "' | grep -i location";
    }

    /// Reports a conversion; the click id is to be put in.
    static String postback(Visit visit) {
        return postback(visit, "CLICK_ID");
    }

    /// Reports a conversion at a sender's own address; the click id is to be put in. Empty without
    /// an address.
    static String report(String postbackUrl) {
        return postbackUrl.isEmpty()
                ? ""
                : "curl '" + postbackUrl + "?clickid=CLICK_ID&payout=1.00&txid=TEST1'";
    }

    static String postback(Visit visit, String clickId) {
        return "curl '"
                + visit.site().config().publicUrl()
                + "/postback?clickid="
                + clickId
                + "&payout=12.50&txid=TEST1'";
    }
}
