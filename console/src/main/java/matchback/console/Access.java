package matchback.console;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who may in: callers of the API by `Authorization: Bearer`, people by a session cookie that they
/// get for the same token.
///
/// A session is a signed text in a cookie and stands nowhere else; it ends after [#SESSION], at
/// logout, and when its token is no longer one. Safe for use by many threads.
public final class Access {
    public static final Duration SESSION = Duration.ofHours(12);

    /// Name of the form field, and of the header, that carries [#csrfToken].
    public static final String CSRF_FIELD = "csrf";

    public static final String CSRF_HEADER = "X-CSRF-Token";

    private static final String COOKIE = "matchback_session";
    private static final String BEARER = "bearer ";

    private final ConsoleContext context;
    private final boolean secureCookies;
    private final Sessions sessions;
    private final LoginThrottle throttle;

    /// What became of an attempt to log in.
    public sealed interface Login {
        /// The cookie is in the response.
        record Done() implements Login {}

        record WrongToken() implements Login {}

        /// @param pause until the next attempt is looked at
        record Throttled(Duration pause) implements Login {}
    }

    public Access(ConsoleContext context, ConsoleConfig config) {
        this.context = context;
        this.secureCookies = config.tls() != null;
        this.sessions =
                new Sessions(context.fingerprints(), context.random(), context.clock(), SESSION);
        this.throttle = new LoginThrottle(context.clock());
    }

    /// Whether the caller showed an admin's token or has a session.
    public boolean isAuthorised(RoutingContext ctx) {
        return hasToken(ctx) || session(ctx).isPresent();
    }

    /// Whether the caller showed an admin's token in this very request.
    public boolean hasToken(RoutingContext ctx) {
        var header = ctx.request().getHeader(HttpHeaders.AUTHORIZATION);
        return header != null
                && header.toLowerCase(Locale.ROOT).startsWith(BEARER)
                && isAdmin(context.fingerprints().of(header.substring(BEARER.length()).strip()));
    }

    /// Opens a session if the token is an admin's.
    public Login login(RoutingContext ctx, String token) {
        var caller = ctx.request().remoteAddress().hostAddress();
        var wait = throttle.waitOf(caller);
        if (wait.isPresent()) {
            return new Login.Throttled(wait.get());
        }
        var fingerprint = context.fingerprints().of(token.strip());
        if (!isAdmin(fingerprint)) {
            throttle.failed(caller);
            return new Login.WrongToken();
        }
        throttle.succeeded(caller);
        ctx.response().addCookie(cookie(sessions.open(fingerprint), SESSION));
        return new Login.Done();
    }

    /// Ends the session, also for whoever kept a copy of the cookie.
    public void logout(RoutingContext ctx) {
        session(ctx).ifPresent(sessions::close);
        ctx.response().addCookie(cookie("", Duration.ZERO));
    }

    /// What a form of this session must send back in [#CSRF_FIELD]; empty without a session.
    public String csrfToken(RoutingContext ctx) {
        return session(ctx).map(sessions::csrfToken).orElse("");
    }

    /// Whether a form was sent by a page of ours: from the same site and, within a session, with
    /// its [#csrfToken]. The answer to one that was not is 403.
    public boolean requireCsrf(RoutingContext ctx) {
        var site = ctx.request().getHeader("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            return false;
        }
        var session = session(ctx);
        if (session.isEmpty()) {
            return true;
        }
        var header = ctx.request().getHeader(CSRF_HEADER);
        var sent = header == null ? ctx.request().getFormAttribute(CSRF_FIELD) : header;
        return sent != null && same(sessions.csrfToken(session.get()), sent);
    }

    private Optional<Sessions.Session> session(RoutingContext ctx) {
        @Nullable Cookie cookie = ctx.request().getCookie(COOKIE);
        return cookie == null
                ? Optional.empty()
                : sessions.read(cookie.getValue()).filter(s -> isAdmin(s.fingerprint()));
    }

    private boolean isAdmin(String fingerprint) {
        boolean found = false;
        for (var admin : context.adminFingerprints().get()) {
            found |= same(admin, fingerprint);
        }
        return found;
    }

    private Cookie cookie(String value, Duration age) {
        return Cookie.cookie(COOKIE, value)
                .setPath("/")
                .setHttpOnly(true)
                .setSecure(secureCookies)
                .setSameSite(CookieSameSite.STRICT)
                .setMaxAge(age.toSeconds());
    }

    private static boolean same(String expected, String found) {
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.UTF_8), found.getBytes(StandardCharsets.UTF_8));
    }
}
