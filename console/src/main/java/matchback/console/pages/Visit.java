package matchback.console.pages;

import gg.jte.models.runtime.JteModel;
import gg.jte.output.StringOutput;
import io.vertx.core.http.Cookie;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import matchback.console.people.Caller;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.User;
import org.jspecify.annotations.Nullable;

/// One request for a page: what was asked, by whom, and how they want times and colours shown.
final class Visit {
    static final String THEME_COOKIE = "matchback_theme";
    static final String ZONE_COOKIE = "matchback_zone";
    static final Set<String> THEMES = Set.of("auto", "light", "dark");

    private final Site site;
    private final RoutingContext ctx;
    private final @Nullable Caller caller;
    private final Formats formats;

    Visit(Site site, RoutingContext ctx) {
        this.site = site;
        this.ctx = ctx;
        this.caller = site.access().caller(ctx).orElse(null);
        this.formats =
                new Formats(
                        zone(),
                        site.context().clock().millis(),
                        site.texts(),
                        caller != null && caller.moneyMasked());
    }

    Site site() {
        return site;
    }

    RoutingContext ctx() {
        return ctx;
    }

    /// Whoever asks; empty for a stranger.
    Optional<Caller> caller() {
        return Optional.ofNullable(caller);
    }

    /// Who asks, as the ledger names them; only pages of those who are logged in want to know.
    String by() {
        return Objects.requireNonNull(caller, "a stranger changes something").by();
    }

    /// Who did something, in words.
    String nameOf(String by) {
        return Caller.name(catalog(), by);
    }

    Formats formats() {
        return formats;
    }

    Texts texts() {
        return site.texts();
    }

    Catalog catalog() {
        return site.context().ledger().catalog();
    }

    String reportCurrency() {
        return site.config().reportCurrency();
    }

    /// The first value of a query parameter, stripped; empty when there is none.
    String param(String name) {
        var values = ctx.queryParam(name);
        return values.isEmpty() ? "" : values.getFirst().strip();
    }

    List<String> params(String name) {
        return ctx.queryParam(name).stream()
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    String pathParam(String name) {
        var value = ctx.pathParam(name);
        return value == null ? "" : value;
    }

    /// A field of the posted form; empty when there is none.
    String form(String name) {
        var value = ctx.request().getFormAttribute(name);
        return value == null ? "" : value.strip();
    }

    List<String> forms(String name) {
        return ctx.request().formAttributes().getAll(name).stream().map(String::strip).toList();
    }

    Frame frame(String title, Section section) {
        return new Frame(
                title,
                section,
                ctx.request().uri(),
                site.access().csrfToken(ctx),
                theme(),
                formats.zone().getId(),
                site.context().version(),
                site.texts(),
                site.assets(),
                site.held(),
                site.context().alerts().open().size(),
                who());
    }

    private Frame.Who who() {
        return caller == null
                ? Frame.Who.STRANGER
                : new Frame.Who(
                        catalog()
                                .user(caller.user())
                                .map(User::name)
                                .orElse(texts().of("account.installation")),
                        caller.isPasswordDue() ? Set.of() : caller.permissions(),
                        caller.moneyMasked());
    }

    private String theme() {
        var cookie = cookie(THEME_COOKIE);
        return THEMES.contains(cookie) ? cookie : "auto";
    }

    private ZoneId zone() {
        var cookie = cookie(ZONE_COOKIE).replace('~', '/');
        return zone(cookie, site.config().zone());
    }

    static ZoneId zone(String name, ZoneId otherwise) {
        try {
            return named(name.isEmpty() ? otherwise : ZoneId.of(name));
        } catch (DateTimeException _) {
            return named(otherwise);
        }
    }

    /// Browsers and people know UTC by this name only.
    private static ZoneId named(ZoneId zone) {
        return zone.getId().equals("Z") ? ZoneId.of("UTC") : zone;
    }

    private String cookie(String name) {
        Cookie cookie = ctx.request().getCookie(name);
        return cookie == null ? "" : cookie.getValue();
    }

    /// This page's path with some query parameters changed; an empty value takes one away.
    String with(Map<String, String> changes) {
        var all = new LinkedHashMap<String, List<String>>();
        changes.forEach(
                (name, value) -> all.put(name, value.isEmpty() ? List.of() : List.of(value)));
        return withAll(all);
    }

    /// The same for parameters that may have several values; none takes one away.
    String withAll(Map<String, List<String>> changes) {
        var all = new LinkedHashMap<String, List<String>>();
        ctx.queryParams().forEach(entry -> all.put(entry.getKey(), params(entry.getKey())));
        all.putAll(changes);
        var query = new StringBuilder();
        all.forEach((name, values) ->
                values.forEach(value ->
                        query.append(query.isEmpty() ? '?' : '&')
                                .append(encode(name))
                                .append('=')
                                .append(encode(value))));
        return ctx.request().path() + query;
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    void show(JteModel page) {
        show(200, page);
    }

    void show(int status, JteModel page) {
        var out = new StringOutput(32 * 1024);
        page.render(out);
        ctx.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "text/html; charset=utf-8")
                .putHeader("Cache-Control", "no-store")
                .end(site.prefix().putInto(out.toString()));
    }

    /// Sends the browser on with a GET.
    void goTo(String path) {
        ctx.response().setStatusCode(303).putHeader("Location", path).end();
    }

    /// A path of ours, or the overview for anything that could lead elsewhere.
    static String ownPath(String path) {
        boolean own =
                path.startsWith("/")
                        && !path.startsWith("//")
                        && path.chars().allMatch(c -> c > ' ' && c < 0x7F && c != '\\');
        return own ? path : "/";
    }
}
