package matchback.model;

import java.util.LinkedHashSet;
import java.util.Set;

/// Names of the macros that our own URL templates may use.
public final class Macros {
    /// Number of sub parameters of a click: sub1 to sub20.
    public static final int SUBS = 20;

    /// In offer URLs.
    public static final Set<String> CLICK;

    /// In postback URLs of traffic sources and other destinations.
    public static final Set<String> CONVERSION;

    static {
        var click = new LinkedHashSet<String>();
        click.add("clickid");
        click.add("externalid");
        click.add("campaign");
        click.add("source");
        click.add("offer");
        click.add("creative");
        click.add("cost");
        for (int i = 1; i <= SUBS; i++) {
            click.add("sub" + i);
        }
        CLICK = Set.copyOf(click);
        click.add("payout");
        click.add("currency");
        click.add("value");
        click.add("txid");
        click.add("event");
        click.add("status");
        click.add("event_id");
        click.add("conversion_id");
        click.add("click_time");
        click.add("conversion_time");
        CONVERSION = Set.copyOf(click);
    }

    private Macros() {}
}
