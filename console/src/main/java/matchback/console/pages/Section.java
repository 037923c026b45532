package matchback.console.pages;

import java.util.List;
import java.util.Locale;

/// The rooms of the console, as the rail lists them.
public enum Section {
    OVERVIEW("/"),
    REPORT("/report"),
    ALERTS("/alerts"),
    FEEDS("/feeds"),
    CONVERSIONS("/conversions"),
    POSTBACKS("/postbacks"),
    HELD("/held"),
    DELIVERIES("/deliveries"),
    DESTINATIONS("/destinations"),
    SUMS("/sums"),
    COSTS("/costs"),
    UPLOAD("/upload"),
    REPLAY("/replay"),
    VALIDATION("/validation"),
    CAMPAIGNS("/campaigns"),
    LANDERS("/landers"),
    OFFERS("/offers"),
    SOURCES("/sources"),
    SENDERS("/senders"),
    APPLE("/apple"),
    RATES("/rates"),
    /// Reached from the old links.
    OLD_TRACKERS("/old-trackers"),
    /// Pages that stand in no room: settings, errors.
    NONE("");

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
                                    RATES)));

    private final String path;

    Section(String path) {
        this.path = path;
    }

    public String path() {
        return path;
    }

    /// Key of its name and name of its icon.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
