package matchback.console.pages;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// What stands around every page.
///
/// @param title of the page, for the browser's tab
/// @param here path and query of this page, to come back to
/// @param csrf what every form sends back
/// @param theme `auto`, `light` or `dark`
/// @param zone name of the zone in which times are shown
/// @param version of the program
/// @param alertCount alerts that are open
public record Frame(
        String title,
        Section section,
        String here,
        String csrf,
        String theme,
        String zone,
        String version,
        Texts texts,
        Assets assets,
        HeldCount heldCount,
        int alertCount) {

    /// How many postbacks wait for a person; empty for none.
    public String held() {
        long count = heldCount.count();
        return count == 0 ? "" : Long.toString(count);
    }

    /// How many alerts are open; empty for none.
    public String alerts() {
        return alertCount == 0 ? "" : Integer.toString(alertCount);
    }

    /// [#here] as the value of a query parameter.
    public String hereEncoded() {
        return URLEncoder.encode(here, StandardCharsets.UTF_8);
    }

    /// [#zone] as the value of a query parameter.
    public String zoneEncoded() {
        return URLEncoder.encode(zone, StandardCharsets.UTF_8);
    }

    public String asset(String name) {
        return assets.path(name);
    }
}
