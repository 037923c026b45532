package matchback.console.pages;

import static matchback.model.catalog.Permission.CATALOG_READ;
import static matchback.model.catalog.Permission.HAND_IN;
import static matchback.model.catalog.Permission.LOGS;
import static matchback.model.catalog.Permission.REPORTS;
import static matchback.model.catalog.Permission.TRY;

import java.util.List;
import java.util.Locale;
import matchback.model.catalog.Permission;

/// The rooms of the console, as the rail lists them.
public enum Section {
    OVERVIEW("/", REPORTS),
    REPORT("/report", REPORTS),
    ALERTS("/alerts", REPORTS),
    FEEDS("/feeds", REPORTS),
    CONVERSIONS("/conversions", REPORTS),
    POSTBACKS("/postbacks", LOGS),
    HELD("/held", LOGS, true),
    DELIVERIES("/deliveries", LOGS),
    DESTINATIONS("/destinations", CATALOG_READ),
    SUMS("/sums", REPORTS),
    COSTS("/costs", REPORTS, true),
    UPLOAD("/upload", HAND_IN, true),
    REPLAY("/replay", TRY, true),
    VALIDATION("/validation", REPORTS),
    CAMPAIGNS("/campaigns", CATALOG_READ),
    LANDERS("/landers", CATALOG_READ),
    OFFERS("/offers", CATALOG_READ),
    SOURCES("/sources", CATALOG_READ),
    SENDERS("/senders", CATALOG_READ),
    APPLE("/apple", CATALOG_READ),
    RATES("/rates", CATALOG_READ),
    PEOPLE("/people", Permission.PEOPLE),
    /// Reached from the old links.
    OLD_TRACKERS("/old-trackers", CATALOG_READ),
    /// Pages that stand in no room: settings, errors.
    NONE("", REPORTS);

    /// Rooms that belong together, with the key of their heading.
    public record Group(String textKey, List<Section> sections) {}

    public static final List<Group> GROUPS =
            List.of(
                    new Group("nav.numbers", List.of(OVERVIEW, REPORT, FEEDS, COSTS, ALERTS)),
                    new Group(
                            "nav.events",
                            List.of(
                                    CONVERSIONS,
                                    POSTBACKS,
                                    HELD,
                                    VALIDATION,
                                    DELIVERIES,
                                    SUMS,
                                    UPLOAD,
                                    REPLAY)),
                    new Group(
                            "nav.setup",
                            List.of(
                                    CAMPAIGNS,
                                    LANDERS,
                                    OFFERS,
                                    SOURCES,
                                    SENDERS,
                                    DESTINATIONS,
                                    APPLE,
                                    RATES,
                                    PEOPLE)));

    private final String path;
    private final Permission needs;
    private final boolean isMoney;

    Section(String path, Permission needs) {
        this(path, needs, false);
    }

    Section(String path, Permission needs, boolean isMoney) {
        this.path = path;
        this.needs = needs;
        this.isMoney = isMoney;
    }

    /// Who sees it in the rail; the table of rights says who may enter.
    Permission needs() {
        return needs;
    }

    /// Whether it is closed to those from whom money is hidden.
    boolean isMoney() {
        return isMoney;
    }

    public String path() {
        return path;
    }

    /// Key of its name and name of its icon.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
