package matchback.console.people;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import matchback.console.ConsoleConfig;
import matchback.console.ConsoleContext;
import matchback.console.people.LoginThrottle.Common;
import matchback.console.people.Sessions.Session;
import matchback.model.catalog.User;
import org.jspecify.annotations.Nullable;

/// Who makes a request: callers of the API by `Authorization: Bearer`, people by the cookie of a
/// session that they opened with their password or with the installation's token.
///
/// What a user or token may do is read from the newest catalog at each request, so a change holds
/// at once. Safe for use by many threads; [#login] and what ends sessions block.
public final class Access {
    /// Name of the form field, and of the header, that carries [#csrfToken].
    public static final String CSRF_FIELD = "csrf";

    public static final String CSRF_HEADER = "X-CSRF-Token";

    /// A password that somebody else set opens nothing after this.
    public static final Duration GIVEN_AGE = Duration.ofDays(7);

    /// So long a browser counts as known to an account after a login.
    private static final Duration DEVICE_AGE = Duration.ofDays(180);

    private static final String SESSION_COOKIE = "matchback_session";
    private static final String DEVICE_COOKIE = "matchback_device";

    /// Browsers take a cookie of such a name only from the very host, and only over TLS.
    private static final String HOST_PREFIX = "__Host-";

    private static final String BEARER = "bearer ";
    private static final String LIVE = "/api/v1/live";
    private static final String WAITING = "/waiting";
    private static final int DEVICE_BYTES = 12;

    private final ConsoleContext context;
    private final boolean isSecure;
    private final Sessions sessions;
    private final LoginThrottle throttle;
    private final TokenUses uses;

    /// What became of an attempt to log in.
    public sealed interface Login {
        /// The cookie is in the response.
        record Done() implements Login {}

        /// Login, password or token is wrong; which of them is not said.
        record Wrong() implements Login {}

        /// The password is right, but was set by somebody else and too long ago.
        record Stale() implements Login {}

        /// @param pause until the next attempt is looked at
        record Throttled(Duration pause) implements Login {}
    }

    public Access(ConsoleContext context, ConsoleConfig config) {
        var cabinet = context.handover().cabinet();
        this.context = context;
        this.isSecure = config.isReachedByTls();
        this.sessions =
                new Sessions(cabinet, context.fingerprints(), context.random(), context.clock());
        this.throttle = new LoginThrottle(context.clock());
        this.uses = new TokenUses(cabinet, context.clock());
    }

    /// Who shows a token in this very request, or has a session; empty for a stranger.
    public Optional<Caller> caller(RoutingContext ctx) {
        var bearer = bearer(ctx);
        return bearer.isPresent() ? bearer : sessionCaller(ctx);
    }

    /// Who shows a token in this very request.
    public Optional<Caller> bearer(RoutingContext ctx) {
        var header = ctx.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null || !header.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return Optional.empty();
        }
        var fingerprint = context.fingerprints().of(header.substring(BEARER.length()).strip());
        if (isAdmin(fingerprint)) {
            return Optional.of(Caller.ADMIN_TOKEN);
        }
        var catalog = context.ledger().catalog();
        var caller = Caller.ofToken(catalog, fingerprint, context.clock().millis());
        if (caller.isPresent()) {
            catalog.tokenOf(fingerprint).ifPresent(token -> uses.used(token.key()));
        }
        return caller;
    }

    private Optional<Caller> sessionCaller(RoutingContext ctx) {
        return session(ctx).flatMap(this::callerOf);
    }

    private Optional<Caller> callerOf(Session session) {
        if (session.user().isEmpty()) {
            return isAdmin(session.proof()) ? Optional.of(Caller.ADMIN_SESSION) : Optional.empty();
        }
        return context.ledger()
                .catalog()
                .user(session.user())
                .filter(user -> !user.archived() && session.proof().equals(proof(user)))
                .map(Caller::of);
    }

    /// A session ends with the password that opened it.
    private static String proof(User user) {
        return Long.toString(user.passwordAt());
    }

    /// When a token was last shown, in epoch milliseconds; 0 for never. Exact to some minutes after
    /// a restart.
    public long lastUsed(String token) {
        return uses.of(token);
    }

    /// Opens a session if the token is the installation's.
    public Login login(RoutingContext ctx, String token) {
        var commons = LoginThrottle.token(address(ctx));
        var wait = throttle.waitOf(commons);
        if (wait.isPresent()) {
            return new Login.Throttled(wait.get());
        }
        var fingerprint = context.fingerprints().of(token.strip());
        if (!isAdmin(fingerprint)) {
            throttle.failed(commons);
            return new Login.Wrong();
        }
        throttle.succeeded(commons);
        open(ctx, "", fingerprint);
        return new Login.Done();
    }

    /// Opens a session if login and password are a user's. Takes as long when there is none.
    public Login login(RoutingContext ctx, String login, String password) {
        var name = login.strip().toLowerCase(Locale.ROOT);
        var commons = commons(ctx, name);
        var wait = throttle.waitOf(commons);
        if (wait.isPresent()) {
            return new Login.Throttled(wait.get());
        }
        var user = context.ledger().catalog().user(name).filter(found -> !found.archived());
        boolean isRight = isRight(user, password);
        if (user.isEmpty() || !isRight) {
            throttle.failed(commons);
            return new Login.Wrong();
        }
        throttle.succeeded(commons);
        if (isStale(user.get())) {
            return new Login.Stale();
        }
        open(ctx, user.get().key(), proof(user.get()));
        ctx.response().addCookie(cookie(DEVICE_COOKIE, device(ctx, name), DEVICE_AGE));
        return new Login.Done();
    }

    private static boolean isRight(Optional<User> user, String password) {
        if (user.isEmpty() || password.length() > Passwords.CHARS_MAX) {
            Passwords.waste(password.substring(0, Math.min(password.length(), 64)));
            return false;
        }
        return Passwords.matches(password, user.get().password());
    }

    private boolean isStale(User user) {
        return user.passwordGiven()
                && context.clock().millis() - user.passwordAt() > GIVEN_AGE.toMillis();
    }

    /// Whether a password is a user's, slowed down as logins are.
    public Login check(RoutingContext ctx, User user, String password) {
        var commons = commons(ctx, user.key());
        var wait = throttle.waitOf(commons);
        if (wait.isPresent()) {
            return new Login.Throttled(wait.get());
        }
        if (!isRight(Optional.of(user), password)) {
            throttle.failed(commons);
            return new Login.Wrong();
        }
        throttle.succeeded(commons);
        return new Login.Done();
    }

    /// Opens a session for a user whose password was just changed; the others ended with the old.
    public void reopen(RoutingContext ctx, User user) {
        open(ctx, user.key(), proof(user));
    }

    /// A new session at each login; the browser's former one ends.
    private void open(RoutingContext ctx, String user, String proof) {
        session(ctx).ifPresent(before -> sessions.close(List.of(before)));
        ctx.response().addCookie(cookie(SESSION_COOKIE, sessions.open(user, proof), Sessions.AGE));
    }

    /// Ends the session, also for whoever kept a copy of the cookie.
    public void logout(RoutingContext ctx) {
        session(ctx).ifPresent(session -> sessions.close(List.of(session)));
        ctx.response().addCookie(cookie(SESSION_COOKIE, "", Duration.ZERO));
    }

    /// Ends all sessions of whoever has this one, on all their machines.
    public void logoutEverywhere(RoutingContext ctx) {
        session(ctx).ifPresent(session -> sessions.close(sessions.of(session.user())));
        ctx.response().addCookie(cookie(SESSION_COOKIE, "", Duration.ZERO));
    }

    /// Ends all sessions of a user.
    public void endSessions(String user) {
        sessions.close(sessions.of(user));
    }

    /// How many sessions a user has open; empty: of the installation's token.
    public int openSessions(String user) {
        return (int) sessions.of(user).stream().filter(one -> callerOf(one).isPresent()).count();
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

    private Optional<Session> session(RoutingContext ctx) {
        @Nullable Cookie cookie = ctx.request().getCookie(name(SESSION_COOKIE));
        if (cookie == null) {
            return Optional.empty();
        }
        var found =
                isByItself(ctx)
                        ? sessions.look(cookie.getValue())
                        : sessions.read(cookie.getValue());
        return found.filter(session -> callerOf(session).isPresent());
    }

    /// Whether the page asks and nobody at it: some keep themselves up to date, and a screen that
    /// was left alone must not stay open for ever.
    private static boolean isByItself(RoutingContext ctx) {
        var path = ctx.normalizedPath();
        return path.equals(LIVE)
                || ((path.equals("/") || path.endsWith(WAITING))
                        && ctx.request().getHeader("HX-Request") != null);
    }

    private List<Common> commons(RoutingContext ctx, String login) {
        return knownDevice(ctx, login)
                .map(device -> LoginThrottle.known(login, device))
                .orElseGet(() -> LoginThrottle.unknown(login, address(ctx)));
    }

    /// The id of a browser that was logged in to the account before: `id.login.signature`.
    private Optional<String> knownDevice(RoutingContext ctx, String login) {
        @Nullable Cookie cookie = ctx.request().getCookie(name(DEVICE_COOKIE));
        var parts = cookie == null ? new String[0] : cookie.getValue().split("\\.", -1);
        return parts.length == 3
                        && parts[1].equals(login)
                        && same(signature(parts[0], login), parts[2])
                ? Optional.of(parts[0])
                : Optional.empty();
    }

    private String device(RoutingContext ctx, String login) {
        var id =
                knownDevice(ctx, login)
                        .orElseGet(() -> {
                            var bytes = new byte[DEVICE_BYTES];
                            context.random().nextBytes(bytes);
                            return java.util.HexFormat.of().formatHex(bytes);
                        });
        return id + '.' + login + '.' + signature(id, login);
    }

    private String signature(String device, String login) {
        return context.fingerprints().of("console device " + device + ' ' + login);
    }

    private static String address(RoutingContext ctx) {
        return ctx.request().remoteAddress().hostAddress();
    }

    private boolean isAdmin(String fingerprint) {
        boolean found = false;
        for (var admin : context.adminFingerprints().get()) {
            found |= same(admin, fingerprint);
        }
        return found;
    }

    private String name(String cookie) {
        return isSecure ? HOST_PREFIX + cookie : cookie;
    }

    private Cookie cookie(String name, String value, Duration age) {
        return Cookie.cookie(name(name), value)
                .setPath("/")
                .setHttpOnly(true)
                .setSecure(isSecure)
                .setSameSite(CookieSameSite.STRICT)
                .setMaxAge(age.toSeconds());
    }

    private static boolean same(String expected, String found) {
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.UTF_8), found.getBytes(StandardCharsets.UTF_8));
    }
}
