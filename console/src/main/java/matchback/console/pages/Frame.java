package matchback.console.pages;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import matchback.model.catalog.Permission;

/// What stands around every page.
///
/// @param title of the page, for the browser's tab
/// @param here path and query of this page, to come back to
/// @param csrf what every form sends back
/// @param theme `auto`, `light` or `dark`
/// @param zone name of the zone in which times are shown
/// @param version of the program
/// @param alertCount alerts that are open
/// @param who looks at it
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
        int alertCount,
        Who who) {

    /// Whoever looks at the page.
    ///
    /// @param name in words
    /// @param moneyMasked whether amounts are hidden from them
    public record Who(String name, Set<Permission> permissions, boolean moneyMasked) {
        static final Who STRANGER = new Who("", Set.of(), true);
    }

    /// Whether they may do something.
    ///
    /// @param permission its word
    public boolean may(String permission) {
        return Permission.ofWord(permission).filter(who.permissions()::contains).isPresent();
    }

    /// Whether they may save a form of this section.
    public boolean maySave() {
        return may(
                (section == Section.PEOPLE ? Permission.PEOPLE : Permission.CATALOG_WRITE).word());
    }

    /// The rooms they may enter, as the rail lists them.
    public List<Section.Group> groups() {
        return Section.GROUPS.stream()
                .map(group ->
                        new Section.Group(
                                group.textKey(),
                                group.sections().stream().filter(this::isOpen).toList()))
                .filter(group -> !group.sections().isEmpty())
                .toList();
    }

    private boolean isOpen(Section section) {
        return who.permissions().contains(section.needs())
                && !(section.isMoney() && who.moneyMasked());
    }

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
