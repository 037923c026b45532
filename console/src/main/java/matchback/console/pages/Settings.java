package matchback.console.pages;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import java.time.Duration;
import java.time.ZoneId;

/// How a reader wants times and colours; kept in cookies of their browser.
final class Settings {
    private static final Duration AGE = Duration.ofDays(365);

    void show(Visit visit) {
        var zones =
                ZoneId.getAvailableZoneIds().stream()
                        .filter(name -> name.equals("UTC") || name.contains("/"))
                        .filter(name -> !name.startsWith("Etc/") && !name.startsWith("SystemV/"))
                        .sorted()
                        .toList();
        var frame = visit.frame(visit.texts().of("settings.title"), Section.NONE);
        var back = Visit.ownPath(visit.param("back"));
        visit.show(visit.site().templates().settings(new SettingsPage(frame, back, zones)));
    }

    void save(Visit visit) {
        var theme = visit.form("theme");
        if (Visit.THEMES.contains(theme)) {
            remember(visit, Visit.THEME_COOKIE, theme);
        }
        var zone = visit.form("zone");
        if (ZoneId.getAvailableZoneIds().contains(zone)) {
            // A slash would have to be quoted in a cookie.
            remember(visit, Visit.ZONE_COOKIE, zone.replace('/', '~'));
        }
        visit.goTo(Visit.ownPath(visit.form("back")));
    }

    private static void remember(Visit visit, String name, String value) {
        visit.ctx()
                .response()
                .addCookie(
                        Cookie.cookie(name, value)
                                .setPath("/")
                                .setHttpOnly(true)
                                .setSameSite(CookieSameSite.LAX)
                                .setMaxAge(AGE.toSeconds()));
    }
}
