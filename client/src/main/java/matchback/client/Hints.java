package matchback.client;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What is odd about a report, for the dry run: it would be sent, and may not do what was meant.
final class Hints {
    private static final int CLICK_ID_CHARS = 32;
    private static final Pattern THIS_MACHINE =
            Pattern.compile("localhost|127\\..*|\\[::1]", Pattern.CASE_INSENSITIVE);

    private Hints() {}

    /// @param isProven whether a token or a signature goes with it
    static List<String> of(URI url, boolean isProven, Conversion conversion) {
        var hints = new ArrayList<String>();
        int length = conversion.clickId().length();
        if (length != 0 && length != CLICK_ID_CHARS) {
            hints.add(
                    "clickid has %d characters and Matchback's own have %d: is it the right parameter of the landing page?"
                            .formatted(length, CLICK_ID_CHARS));
        }
        if (!conversion.fields().containsKey("payout")) {
            hints.add("no payout: the offer's default counts");
        }
        if (!isProven) {
            hints.add(
                    "neither token nor signature: anybody who knows the URL could report the same");
        }
        if ("http".equals(url.getScheme()) && !THIS_MACHINE.matcher(url.getHost()).matches()) {
            hints.add("http: whoever is on the way can read and change it; use https");
        }
        return hints;
    }
}
